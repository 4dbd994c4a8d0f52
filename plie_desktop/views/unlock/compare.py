"""The words that this laptop and headquarters both show after an enrolment."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label


class Compare(QWidget):
    """Two people read the same words to each other: then nobody stands between.

    Signals:
        agreed: they are the same.
    """

    agreed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Label("", "section", wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame = QFrame()
        frame.setProperty("role", "card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.addWidget(self._said)
        self._go_on = Button(words.say("Ce sont les mêmes mots"), "primary")
        self._go_on.clicked.connect(self.agreed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Label(words.say("Ce portable est inscrit"), "title", wrap=True))
        column.addWidget(
            Label(
                words.say(
                    "Lisez ces mots à votre coordination, par téléphone. "
                    "S’ils ne sont pas les mêmes des deux côtés, arrêtez-vous et dites-le."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(frame)
        column.addWidget(self._go_on, 0, Qt.AlignmentFlag.AlignLeft)

    def show_words(self, words: Sequence[str]) -> None:
        """Show the words and put the keyboard on the button."""
        self._said.setText(" · ".join(words))
        self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """What is shown to be read out."""
        return self._said.text()
