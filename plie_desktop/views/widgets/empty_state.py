"""What a place shows when there is nothing in it: why, and the first thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label


class EmptyState(QWidget):
    """An icon, a sentence, a hint and one act.

    Signals:
        acted: the act was chosen.
    """

    acted = Signal()

    def __init__(
        self,
        icon: str,
        sentence: str,
        hint: str = "",
        action: str = "",
        *,
        action_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        icons.dress(self._picture, icon, "primary", 40)
        self._sentence = Label(sentence, "section", wrap=True)
        self._hint = Label(hint, "muted", wrap=True)
        self._act = Button(action, "primary", action_icon)
        self._act.clicked.connect(self.acted)
        self._hint.setVisible(bool(hint))
        self._act.setVisible(bool(action))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch()
        column.addWidget(self._picture, 0, centre)
        for words in (self._sentence, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addSpacing(8)
        column.addWidget(self._act, 0, centre)
        column.addStretch()

    def set_words(self, sentence: str, hint: str = "") -> None:
        self._sentence.setText(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
