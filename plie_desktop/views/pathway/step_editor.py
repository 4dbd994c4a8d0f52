"""Adding or changing one step, in the page and not in a dialog."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from plie_desktop.models.domain.step import STEP_STATE_LABELS, StepState
from plie_desktop.text import Words
from plie_desktop.views.pathway.drafts import TypedStep, renewed
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.choice_buttons import Choice
from plie_desktop.views.widgets.code_search import CodeSearch
from plie_desktop.views.widgets.combo import Combo
from plie_desktop.views.widgets.date_field import DateField
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.long_text import LongText
from plie_desktop.views.widgets.open_list import OpenList
from plie_desktop.views.widgets.text_field import TextField

if TYPE_CHECKING:
    from uuid import UUID

_LONGEST: Final = 160
_LONGEST_NOTE: Final = 2_000
_COMPUTED: Final = "ATT"
"""A stretch without a step: the program counts it, nobody types it in."""


class _StepTypes(CodeSearch):
    """The kinds of step that people plan."""

    def suggest(self, typed: str) -> tuple[Choice, ...]:
        return tuple(choice for choice in super().suggest(typed) if choice.code != _COMPUTED)


class StepEditor(Card):
    """The fields of one step, kept by one explicit act: a step is one thing.

    Signals:
        submitted: the step is to be kept.
        dropped: what is typed is to be forgotten.
    """

    submitted = Signal()
    dropped = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words = words
        self._before = TypedStep()
        self._step_id: UUID | None = None
        states = [Choice(state, words.say(STEP_STATE_LABELS[state])) for state in StepState]
        self._type = OpenList(_StepTypes("step_types", words), words)
        self._called = TextField(_LONGEST)
        self._operator = TextField(_LONGEST)
        self._place = TextField(_LONGEST)
        self._starts_on = DateField(words)
        self._ends_on = DateField(words)
        self._state = Combo(states)
        self._note = LongText(words, _LONGEST_NOTE, lines=(2, 6))
        optional = words.say("facultatif")
        self.rows = {
            "type_code": FieldRow(words.say("Type d’étape"), self._type),
            "title": FieldRow(words.say("Intitulé"), self._called, mark=optional),
            "operator": FieldRow(words.say("Avec qui"), self._operator, mark=optional),
            "place": FieldRow(words.say("Lieu"), self._place, mark=optional),
            "starts_on": FieldRow(words.say("Premier jour"), self._starts_on),
            "ends_on": FieldRow(words.say("Dernier jour"), self._ends_on),
            "state": FieldRow(words.say("Où en est-elle ?"), self._state),
            "note": FieldRow(
                words.say("Note de suivi"),
                self._note,
                words.say("Elle n’est pas imprimée sur le plan."),
                mark=optional,
            ),
        }
        self._problem = Label("", "error", wrap=True)
        self._keep = Button(words.say("Ajouter l’étape"), "primary", "check")
        self._drop = Button(words.say("Annuler"))
        self._keep.clicked.connect(self.submitted)
        self._drop.clicked.connect(self.dropped)
        self._lay_out()
        self.show_typed(TypedStep())

    def show_typed(self, typed: TypedStep, before: TypedStep | None = None) -> None:
        """Show a step, or the fields as they were left; `before` is what they showed at first."""
        self._before = before or typed
        self._step_id = typed.step_id
        is_new = typed.step_id is None
        say = self._words.say
        self.set_title(say("Nouvelle étape") if is_new else say("Changer l’étape"))
        self._keep.set_words(say("Ajouter l’étape") if is_new else say("Enregistrer"))
        self._fill(typed)
        self._type.setCursorPosition(0)
        self.clear_problems()

    def before(self) -> TypedStep:
        """What the fields showed when the editor was opened."""
        return self._before

    def renew(self, kept: TypedStep) -> None:
        """Others may have changed this step: fields the person has not touched follow them."""
        if kept != self._before and kept.step_id == self._step_id:
            self._fill(renewed(self.typed(), self._before, kept))
            self._before = kept

    def typed(self) -> TypedStep:
        """The fields as they stand."""
        return TypedStep(
            self._step_id,
            self._type.value(),
            self._called.value(),
            self._operator.value(),
            self._place.value(),
            self._starts_on.value(),
            self._ends_on.value(),
            StepState(self._state.value()),
            self._note.value(),
        )

    def show_problem(self, key: str, sentence: str) -> None:
        """Say why the step was not kept, under the field it is about where there is one."""
        self.clear_problems()
        row = self.rows.get(key)
        if row is None:
            self._problem.setText(sentence)
            self._problem.show()
        else:
            row.set_problem(sentence)
            row.control.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_problems(self) -> None:
        self._problem.hide()
        for row in self.rows.values():
            row.set_problem("")

    def take_keyboard(self) -> None:
        """Put the keyboard in the first field that is still empty."""
        empty = (row for row in self.rows.values() if not row.control.value())
        row = next(empty, self.rows["type_code"])
        row.control.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self, typed: TypedStep) -> None:
        self._type.set_value(typed.type_code)
        self._called.set_value(typed.title)
        self._operator.set_value(typed.operator)
        self._place.set_value(typed.place)
        self._starts_on.set_value(typed.starts_on)
        self._ends_on.set_value(typed.ends_on)
        self._state.set_value(typed.state)
        self._note.set_value(typed.note)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(14)
        top = Qt.AlignmentFlag.AlignTop
        places = {
            "type_code": (0, 0, 2),
            "title": (0, 2, 2),
            "operator": (1, 0, 2),
            "place": (1, 2, 2),
            "starts_on": (2, 0, 1),
            "ends_on": (2, 1, 1),
            "state": (2, 2, 2),
            "note": (3, 0, 4),
        }
        for key, (line, column, span) in places.items():
            grid.addWidget(self.rows[key], line, column, 1, span, top)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(Label(self._words.say("Sans dernier jour, l’étape reste ouverte."), "help"))
        acts.addStretch(1)
        acts.addWidget(self._drop)
        acts.addWidget(self._keep)
        self.body.addLayout(grid)
        self.body.addWidget(self._problem)
        self.body.addLayout(acts)
