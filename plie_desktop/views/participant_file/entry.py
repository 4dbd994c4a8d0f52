"""The pathway in short, and the day on which the person enters it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.participant_file.notes import Notes
from plie_desktop.views.participant_file.shown import NoteLine
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.date_field import DateField
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import Label


class Entry(Notes):
    """Steps of now and to come, the gap, and the act of entering.

    Signals:
        entered(str): the day given, ISO or as typed.
    """

    entered = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(
            words.say("Parcours"), words.say("Aucune étape n’est en cours ni prévue."), parent
        )
        self._since = Label("", "muted", wrap=True)
        self._day = DateField(words)
        self.row = FieldRow(words.say("Entrée en parcours le"), self._day)
        enter = Button(words.say("Faire entrer en parcours"), "plain", "check")
        enter.clicked.connect(self._enter)
        self._can_assign = True
        self._who_lets_in = Label(
            words.say(
                "L’entrée en parcours est décidée par la personne référente ou la coordination."
            ),
            "help",
            wrap=True,
        )
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(10)
        form.addWidget(self.row)
        form.addWidget(enter)
        self.body.insertWidget(1, self._since)
        self.body.addWidget(self._form)
        self.body.addWidget(self._who_lets_in)
        self._who_lets_in.hide()

    def allow(self, *, can_assign: bool) -> None:
        """Let the day of entry be given, or say who gives it."""
        self._can_assign = can_assign

    def show_entry(self, since: str, lines: Sequence[NoteLine], *, can_enter: bool) -> None:
        """Show where the pathway stands; with `can_enter`, the day can be given."""
        self._since.setText(since)
        self._since.setVisible(bool(since))
        self._form.setVisible(can_enter and self._can_assign)
        self._who_lets_in.setVisible(can_enter and not self._can_assign)
        self.row.set_problem("")
        self.show_lines(lines)

    def propose(self, day: str) -> None:
        """Put a day in the field, ISO."""
        self._day.set_value(day)

    def typed(self) -> str:
        return self._day.value()

    def _enter(self) -> None:
        self.entered.emit(self._day.value())
