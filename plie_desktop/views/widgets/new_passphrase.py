"""A passphrase in the making: one is proposed, its strength is told, it is typed twice."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plie_desktop.text import N_, Words
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.chip import ICONS
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.passphrase_box import PassphraseBox

WHY: Final = N_(
    "Elle seule ouvre ce portable : le siège ne la connaît pas. "
    "Notez-la, ailleurs que dans la sacoche."
)


class NewPassphrase(QWidget):
    """Two lines that must agree, and what the first is worth.

    Signals:
        typed(str): the passphrase at each key.
        another_asked: another proposal is wanted.
        entered: Enter was pressed in the second line.
    """

    typed = Signal(str)
    another_asked = Signal()
    entered = Signal()

    def __init__(self, words: Words, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._box = PassphraseBox(words, label)
        self._box.show_text(shown=True)
        self._box.typed.connect(self.typed)
        self._again = PassphraseBox(words, words.say("La même, une seconde fois"))
        self._box.entered.connect(self._again.take_keyboard)
        self._again.entered.connect(self.entered)
        self._picture = QLabel()
        self._strength = Label("", "help", wrap=True)
        another = Button(words.say("Proposer une autre phrase"), "quiet", "refresh")
        another.clicked.connect(self.another_asked)
        strength = QHBoxLayout()
        strength.setSpacing(8)
        strength.addWidget(self._picture)
        strength.addWidget(self._strength, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._box)
        column.addLayout(strength)
        column.addWidget(another, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._again)

    def suggest(self, passphrase: str) -> None:
        """Propose a passphrase, in clear so that it can be noted."""
        self._box.set_text(passphrase)
        self._box.show_text(shown=True)
        self._again.set_text("")

    def show_strength(self, sentence: str, *, enough: bool) -> None:
        """Say how long the passphrase would hold."""
        kind = "ok" if enough else "warning"
        icons.dress(self._picture, ICONS[kind], kind, 18)
        self._strength.setText(sentence)
        self._box.set_problem("" if enough else sentence)

    def text(self) -> str:
        """The first line as it stands."""
        return self._box.text()

    def agrees(self) -> bool:
        """Whether both lines are the same; if not, say so and have the second typed again."""
        if self._again.text() == self._box.text():
            self._again.set_problem("")
            return True
        sentence = self._words.say(
            "Les deux lignes ne sont pas pareilles. Tapez la seconde à nouveau."
        )
        self.show_strength(sentence, enough=False)
        self._again.set_problem(sentence)
        self._again.take_keyboard(select=True)
        return False

    def forget(self) -> None:
        """Leave no letter in either line."""
        self.suggest("")
        self._strength.setText("")
        icons.dress(self._picture, "")
        self._box.set_problem("")
        self._again.set_problem("")

    def take_keyboard(self, *, select: bool = False) -> None:
        """Put the keyboard in the second line, or in the first where it is to be typed again."""
        if select or not self._box.text():
            self._box.take_keyboard(select=select)
        else:
            self._again.take_keyboard()
