"""One sentence across the page: what happens, why, what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import icons, looks
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.widgets.button import Button, IconButton
from plie_desktop.views.widgets.chip import ICONS
from plie_desktop.views.widgets.label import Label


class Banner(QFrame):
    """Hidden until it has something to say; it never takes the keyboard away.

    Signals:
        acted: the button of the sentence was pressed.
    """

    acted = Signal()

    def __init__(
        self, words: Words, *, closable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._sentence = Label(wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = Button("")
        self._act.clicked.connect(self.acted)
        self._close = IconButton("close", words.say("Fermer ce message"))
        self._close.clicked.connect(self.hide)
        self._close.setVisible(closable)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self.setMinimumHeight(looks.TARGET + 10)
        self.hide()

    def tell(self, kind: str, sentence: str, action: str = "") -> None:
        """Show a sentence and have it spoken.

        Args:
            kind: info, ok, warning, error or conflict.
            sentence: translated, two sentences at most.
            action: words of the button; none without it.
        """
        icons.dress(self._picture, ICONS[kind], kind, 22)
        self._sentence.setText(sentence)
        self._act.set_words(action)
        self._act.setVisible(bool(action))
        looks.mark(self, "banner", kind)
        self.show()
        announce(self, sentence, urgent=kind == "error")

    def sentence(self) -> str:
        """What it says now; empty when it is put away."""
        return "" if self.isHidden() else self._sentence.text()

    def clear(self) -> None:
        """Put it away without telling anyone."""
        self.hide()
