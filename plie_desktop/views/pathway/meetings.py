"""Meetings with the referent: those kept, what became of them, and the line that adds one."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.models.domain.pathway import INTERVIEW_STATE_LABELS, Interview
from plie_desktop.text import Words
from plie_desktop.views.pathway.drafts import TypedMeeting
from plie_desktop.views.pathway.hour_field import HourField
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.choice_buttons import Choice
from plie_desktop.views.widgets.combo import Combo
from plie_desktop.views.widgets.date_field import DateField
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.meeting_words import meeting_moment
from plie_desktop.views.widgets.text_field import TextField

if TYPE_CHECKING:
    from uuid import UUID

_LONGEST: Final = 160
_MOST: Final = 6
"""The latest ones; older ones say nothing about what to do next."""


class Meetings(Card):
    """The meetings, soonest last, and the fields of a new one.

    Signals:
        submitted: the meeting being typed is to be kept.
        told(Interview, str): what became of one; the code of an `InterviewState`.
    """

    submitted = Signal()
    told = Signal(object, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words.say("Rendez-vous"), parent)
        self._words = words
        self._speech = Speech(words)
        self._states: dict[UUID, Combo] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._day = DateField(words)
        self._hour = HourField(words)
        self._place = TextField(_LONGEST)
        self.rows = {
            "day": FieldRow(words.say("Jour"), self._day),
            "hour": FieldRow(words.say("Heure"), self._hour),
            "place": FieldRow(words.say("Lieu du rendez-vous"), self._place),
        }
        keep = Button(words.say("Ajouter le rendez-vous"), "plain", "add")
        keep.clicked.connect(self.submitted)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.rows["day"], 0, 0)
        grid.addWidget(self.rows["hour"], 0, 1)
        grid.addWidget(self.rows["place"], 1, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(keep)
        self.body.addLayout(self._lines)
        self.body.addLayout(grid)
        self.body.addLayout(acts)
        self.body.addStretch(1)

    def show_meetings(self, meetings: Sequence[Interview]) -> None:
        """Show what is kept; the keyboard stays on the meeting it was on."""
        held = next((one for one, state in self._states.items() if state.hasFocus()), None)
        self._states.clear()
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = sorted(meetings, key=lambda meeting: meeting.starts_at)[-_MOST:]
        for meeting in shown:
            line = self._line(meeting)
            self._lines.addWidget(line)
            line.show()
        if not shown:
            none = Label(self._words.say("Aucun rendez-vous n’est noté."), "muted", wrap=True)
            self._lines.addWidget(none)
        if held in self._states:
            self._states[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_typed(self, typed: TypedMeeting) -> None:
        """Show the fields as they were left."""
        self._day.set_value(typed.day)
        self._hour.set_value(typed.hour)
        self._place.set_value(typed.place)
        for row in self.rows.values():
            row.set_problem("")

    def typed(self) -> TypedMeeting:
        """The fields as they stand."""
        return TypedMeeting(self._day.value(), self._hour.value(), self._place.value())

    def show_problem(self, key: str, sentence: str) -> None:
        """Say under a field why the meeting was not kept."""
        for name, row in self.rows.items():
            row.set_problem(sentence if name == key else "")

    def _line(self, meeting: Interview) -> QWidget:
        when = meeting_moment(self._speech, meeting.starts_at)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(when, wrap=True))
        if meeting.place:
            names.addWidget(Label(meeting.place, "help", wrap=True))
        state = Combo(
            [Choice(code, self._words.say(label)) for code, label in INTERVIEW_STATE_LABELS.items()]
        )
        state.set_value(meeting.state)
        state.setAccessibleName(self._words.say("Le rendez-vous du {when}", when=when))
        self._states[meeting.id] = state
        state.edited.connect(partial(self.told.emit, meeting))
        row.addLayout(names, 1)
        row.addWidget(state)
        return line
