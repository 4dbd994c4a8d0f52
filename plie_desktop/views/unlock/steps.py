"""The steps of the first start: two ways in, the invitation, the passphrase."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.new_passphrase import WHY, NewPassphrase


class Way(QFrame):
    """One of the two ways in: an icon, what it is, a button.

    Signals:
        taken: the person chose it.
    """

    taken = Signal()

    def __init__(
        self, icon: str, title: str, text: str, button: Button, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        picture = QLabel()
        icons.dress(picture, icon, "primary", 32)
        button.clicked.connect(self.taken)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label(title, "section", wrap=True))
        words.addWidget(Label(text, "muted", wrap=True))
        words.addSpacing(8)
        words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(20)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class FirstStart(QWidget):
    """Says what is needed and offers the two ways in.

    Signals:
        invited: the person has a code from headquarters.
        practising: the person wants to try with invented people.
    """

    invited = Signal()
    practising = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        enrol = Way(
            "send",
            words.say("Inscrire ce portable auprès du siège"),
            words.say(
                "Avec l’adresse et le code donnés par votre coordination. "
                "Une seule fois, au bureau, avec le réseau."
            ),
            Button(words.say("J’ai un code"), "primary"),
        )
        enrol.taken.connect(self.invited)
        practise = Way(
            "help",
            words.say("S’entraîner"),
            words.say("Avec des personnes inventées et sans siège. Rien ne sort de ce portable."),
            Button(words.say("M’entraîner")),
        )
        practise.taken.connect(self.practising)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Label(words.say("Première ouverture"), "title", wrap=True))
        column.addWidget(
            Label(words.say("Ce portable ne contient encore rien. Que faire ?"), wrap=True)
        )
        column.addWidget(enrol)
        column.addWidget(practise)


class Invitation(QWidget):
    """Where headquarters is, its code, and what this laptop is called.

    Signals:
        given: the three are there and the person goes on.
        left: back to the two ways in.
    """

    given = Signal()
    left = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(Label(words.say("Étape 1 sur 2"), "breadcrumb"))
        self._column.addWidget(
            Label(words.say("Inscrire ce portable auprès du siège"), "title", wrap=True)
        )
        self._column.addSpacing(12)
        self.server = self._line(words.say("Adresse du siège"), "server")
        self.server.setPlaceholderText("https://")
        self.code = self._line(words.say("Code d’invitation"), "code")
        self.device = self._line(words.say("Nom de ce portable"), "device")
        self._go_on = Button(words.say("Continuer"), "primary")
        self._go_on.clicked.connect(self._go)
        back = Button(words.say("Retour"), "quiet", "back")
        back.clicked.connect(self.left)
        self._column.addLayout(_feet(back, self._go_on))

    def take_keyboard(self) -> None:
        """Put the keyboard in the first line that lacks something, else in the code."""
        empty = [line for line in self._lines() if not line.text().strip()]
        line = empty[0] if empty else self.code
        line.setFocus()
        line.selectAll()

    def is_complete(self) -> bool:
        return all(line.text().strip() for line in self._lines())

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.server, self.code, self.device)

    def _line(self, label: str, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.returnPressed.connect(self._go)
        title = Label(label, "label")
        title.setBuddy(line)
        self._column.addWidget(title)
        self._column.addWidget(line)
        self._column.addSpacing(12)
        return line

    def _go(self) -> None:
        if self.is_complete():
            self.given.emit()
        else:
            self.take_keyboard()


class PassphraseStep(QWidget):
    """The passphrase of a new vault.

    Signals:
        typed(str): the passphrase at each key.
        another_asked: another proposal is wanted.
        given(str): both lines agree and the person goes on.
        left: one step back.
    """

    typed = Signal(str)
    another_asked = Signal()
    given = Signal(str)
    left = Signal()

    def __init__(
        self, words: Words, step: str, title: str, act: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines = NewPassphrase(words, words.say("Phrase de passe"))
        self.lines.typed.connect(self.typed)
        self.lines.another_asked.connect(self.another_asked)
        self.lines.entered.connect(self._go)
        go_on = Button(act, "primary")
        go_on.clicked.connect(self._go)
        back = Button(words.say("Retour"), "quiet", "back")
        back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if step:
            column.addWidget(Label(step, "breadcrumb"))
        column.addWidget(Label(title, "title", wrap=True))
        column.addWidget(Label(words.say(WHY), "muted", wrap=True))
        column.addSpacing(12)
        column.addWidget(self.lines)
        column.addSpacing(12)
        column.addLayout(_feet(back, go_on))

    def _go(self) -> None:
        if self.lines.agrees():
            self.given.emit(self.lines.text())


def _feet(back: Button, go_on: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 8, 0, 0)
    row.addWidget(back)
    row.addStretch()
    row.addWidget(go_on)
    return row
