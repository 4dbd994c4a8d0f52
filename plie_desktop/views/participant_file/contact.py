"""How to reach the person, and who accompanies them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from plie_desktop.text import Words
from plie_desktop.views.participant_file.shown import FileWords
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.choice_buttons import Choice
from plie_desktop.views.widgets.combo import Combo
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import Label

_NOBODY = "-"


class Contact(Card):
    """The phone in large figures, the commune, the referent, what waits to be sent.

    Who may not choose the referent reads the name, and who may.

    Signals:
        referent_chosen(str): id of the person chosen; empty for nobody.
    """

    referent_chosen = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words = words
        self._phone = Label("", "display", wrap=True)
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._commune = Label("", wrap=True)
        self._waiting = Label("", "help", wrap=True)
        self._referent = Combo(())
        self._referent.edited.connect(self._choose)
        self.row = FieldRow(words.say("Référent·e"), self._referent)
        self._named = Label("", wrap=True)
        self._who_chooses = Label(
            words.say("Seule la personne référente ou la coordination peut la changer."),
            "help",
            wrap=True,
        )
        self.body.addLayout(_beside("phone", self._phone))
        self.body.addLayout(_beside("place", self._commune))
        self.body.addWidget(self.row)
        self.body.addWidget(self._named)
        self.body.addWidget(self._who_chooses)
        self.body.addWidget(self._waiting)
        self.allow(can_assign=True)

    def allow(self, *, can_assign: bool) -> None:
        """Let the referent be chosen, or only be read."""
        self.row.setVisible(can_assign)
        self._named.setVisible(not can_assign)
        self._who_chooses.setVisible(not can_assign)

    def show_file(self, file: FileWords) -> None:
        say = self._words.say
        self._phone.setText(file.phone or say("Pas de téléphone"))
        self._phone.setAccessibleName(say("Téléphone : {phone}", phone=self._phone.text()))
        self._commune.setText(file.commune or say("Commune pas encore demandée"))
        self._waiting.setText(file.waiting)
        self._waiting.setVisible(bool(file.waiting))
        choices = [Choice(_NOBODY, say("Personne pour l’instant"))]
        choices += [Choice(one, name) for one, name in file.staff]
        self._referent.clear()
        for choice in choices:
            self._referent.addItem(choice.label, choice.code)
        self._referent.set_value(file.referent or _NOBODY)
        self._named.setText(say("Référent·e : {name}", name=self._referent.currentText()))
        self.row.set_problem("")

    def _choose(self, code: str) -> None:
        self.referent_chosen.emit("" if code == _NOBODY else code)


def _beside(icon: str, words: Label) -> QHBoxLayout:
    picture = QLabel()
    icons.dress(picture, icon, "primary")
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(picture)
    row.addWidget(words, 1)
    return row
