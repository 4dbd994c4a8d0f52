"""What the person wants, in their words: three lines at most."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.models.domain.pathway import Objective
from plie_desktop.models.domain.plan import MAX_WISHES
from plie_desktop.text import Words
from plie_desktop.views.pathway.drafts import TypedObjective
from plie_desktop.views.widgets.button import Button, IconButton
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.long_text import LongText

_LONGEST: Final = 300


class Objectives(Card):
    """The objectives, and the lines that add one or change one.

    Signals:
        submitted: the objective being typed is to be kept.
        turned: the line turned to another objective, or its change was given up.
    """

    submitted = Signal()
    turned = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words.say("Ce que la personne veut"), parent)
        self._words = words
        self._shown: tuple[Objective, ...] = ()
        self._changing = TypedObjective()
        self._can_plan = True
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._text = LongText(words, _LONGEST, lines=(2, 4))
        self.row = FieldRow(words.say("Avec ses mots"), self._text)
        self._keep = Button(words.say("Ajouter l’objectif"), "plain", "add")
        self._keep.clicked.connect(self.submitted)
        self._drop = Button(words.say("Annuler"), "quiet")
        self._drop.clicked.connect(self._give_up)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(self._drop)
        acts.addWidget(self._keep)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.row)
        self.body.addLayout(acts)
        self.body.addStretch(1)
        self.show_objectives(())

    def show_objectives(self, objectives: Sequence[Objective]) -> None:
        """Show what is kept; with three, only changing is possible."""
        self._shown = tuple(objectives)
        _empty(self._lines)
        for objective in self._shown:
            self._lines.addWidget(self._line(objective))
        if not self._shown:
            none = Label(self._words.say("Aucun objectif n’est encore écrit."), "muted", wrap=True)
            self._lines.addWidget(none)
        self._face()

    def show_typed(self, typed: TypedObjective) -> None:
        """Show the line as it was left, or an objective to change."""
        self._changing = typed
        self._text.set_value(typed.words)
        self.row.set_problem("")
        self._face()

    def typed(self) -> TypedObjective:
        """The line as it stands."""
        return TypedObjective(self._changing.objective_id, self._text.value())

    def allow(self, *, can_plan: bool) -> None:
        """Let objectives be added and changed, or only read."""
        self._can_plan = can_plan
        self.show_objectives(self._shown)

    def change(self, objective: Objective) -> None:
        """Type an objective anew; one that is being typed comes first."""
        before = (one.words for one in self._shown if one.id == self._changing.objective_id)
        if self._text.value() == next(before, ""):
            self.show_typed(TypedObjective(objective.id, objective.words))
        else:
            sentence = self._words.say(
                "Un objectif est en train d’être écrit. Enregistrez-le ou effacez-le d’abord."
            )
            self.row.set_problem(sentence, "info")
        self._text.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)
        self._text.go_to_end()
        self.turned.emit()

    def _give_up(self) -> None:
        self.show_typed(TypedObjective())
        self.turned.emit()

    def _face(self) -> None:
        changes = self._changing.objective_id is not None
        has_room = self._can_plan and (changes or len(self._shown) < MAX_WISHES)
        # What was begun before others filled the last place stays in sight.
        is_typed = self._can_plan and bool(self._text.value())
        say = self._words.say
        self._keep.set_words(say("Enregistrer") if changes else say("Ajouter l’objectif"))
        self.row.setVisible(has_room or is_typed)
        self._keep.setVisible(has_room)
        self._drop.setVisible(changes)

    def _line(self, objective: Objective) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(f"{objective.rank}.", "section"), 0)
        row.addWidget(Label(objective.words, wrap=True), 1)
        if self._can_plan:
            name = self._words.say("Changer l’objectif {rank}", rank=objective.rank)
            change = IconButton("edit", name)
            change.clicked.connect(partial(self.change, objective))
            row.addWidget(change)
        return line


def _empty(lines: QVBoxLayout) -> None:
    while item := lines.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
