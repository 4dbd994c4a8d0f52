"""The pathway as a picture and as a table, and what changes it."""

from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from plie_desktop.models.domain.pathway import Gap, Objective, Pathway
from plie_desktop.models.domain.step import Step
from plie_desktop.text import N_, Words
from plie_desktop.views.pathway.drafts import Draft, TypedObjective, TypedStep, typed_from
from plie_desktop.views.pathway.meetings import Meetings
from plie_desktop.views.pathway.objectives import Objectives
from plie_desktop.views.pathway.step_editor import StepEditor
from plie_desktop.views.pathway.table import StepTable, StepView
from plie_desktop.views.pathway.timeline import Timeline
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.empty_state import EmptyState
from plie_desktop.views.widgets.page_header import PageHeader
from plie_desktop.views.widgets.wrap_layout import WrapLayout

_PROPOSED: Final = (
    ("DIA-INI", N_("Bilan")),
    ("FOR-LAN", N_("Français")),
    ("FRE-MOB", N_("Mobilité")),
    ("PRO-PMS", N_("Immersion")),
)
_SIDE_BY_SIDE: Final = 760
"""Least width, at 100 % text, for the two cards beside each other."""


class PathwayPage(QWidget):
    """Shows one pathway and reports what is to be kept.

    Signals:
        step_submitted: the step in the editor is to be kept.
        objective_submitted, meeting_submitted: the same for their lines.
        meeting_told(Interview, str): what became of a meeting.
        file_wanted, plan_wanted: to the other pages of this person.
    """

    step_submitted = Signal()
    objective_submitted = Signal()
    meeting_submitted = Signal()
    meeting_told = Signal(object, str)
    file_wanted = Signal()
    plan_wanted = Signal()

    acts = frozenset({Act.PRINT, Act.GO_ON})

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pathway")
        self._words = words
        self._has_steps = False
        self._header = PageHeader("", words.say("Parcours"))
        self.banner = Banner(words)
        self._timeline = Timeline(words)
        self._table = StepTable(words, self)
        self._view = StepView(words, self._table)
        self.editor = StepEditor(words)
        self.objectives = Objectives(words)
        self.meetings = Meetings(words)
        self._picture = Card()
        self._none = Card()
        self._new = Button(words.say("Nouvelle étape"), "primary", "add")
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        say = self._words.say
        file, plan = Button(say("Dossier"), "plain", "person"), Button(say("Plan"), "plain", "plan")
        file.clicked.connect(self.file_wanted)
        plan.clicked.connect(self.plan_wanted)
        for act in (file, plan, self._new):
            self._header.add_act(act)
        self._picture.body.setContentsMargins(16, 10, 16, 12)
        self._picture.body.addWidget(self._timeline)
        self._fill_none()
        self._pair.setSpacing(16)
        self._pair.addWidget(self.objectives, 1)
        self._pair.addWidget(self.meetings, 1)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(20, 4, 20, 20)
        inner.setSpacing(14)
        for part in (self._picture, self._none, self.editor, self._view):
            inner.addWidget(part)
        inner.addLayout(self._pair)
        inner.addStretch(1)
        self._scroll = Scroll(content)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 8)
        head.setSpacing(12)
        head.addWidget(self._header)
        head.addWidget(self.banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.editor.hide()
        self._none.hide()

    def _fill_none(self) -> None:
        say = self._words.say
        empty = EmptyState("pathway", say("Aucune étape"), say("Proposez un premier pas :"))
        self._none.body.setContentsMargins(16, 0, 16, 16)
        self._none.body.setSpacing(0)
        self._none.body.addWidget(empty)
        line = QWidget()
        choices = WrapLayout(line)
        for code, label in _PROPOSED:
            button = Button(say(label), "plain", "add")
            button.clicked.connect(partial(self.open_step, TypedStep(type_code=code)))
            choices.addWidget(button)
        self._none.body.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)

    def _connect(self) -> None:
        self._new.clicked.connect(self.open_new)
        self._view.new_wanted.connect(self.open_new)
        self._view.opened.connect(self._open_row)
        self._view.chosen.connect(self._mark_row)
        self._timeline.chosen.connect(self.open_kept)
        self.editor.submitted.connect(self.step_submitted)
        self.editor.dropped.connect(self.shut_step)
        self.objectives.submitted.connect(self.objective_submitted)
        self.objectives.change_wanted.connect(self._change_objective)
        self.objectives.dropped.connect(self._drop_objective)
        self.meetings.submitted.connect(self.meeting_submitted)
        self.meetings.told.connect(self.meeting_told)

    def show_person(self, name: str) -> None:
        self._header.set_title(name, self._words.say("Parcours"))

    def show_pathway(self, pathway: Pathway, today: date) -> None:
        """Show a pathway as it stands today; the row that was current stays so."""
        current = self._current()
        self._timeline.show_pathway(pathway, today)
        self._table.show_pathway(pathway)
        anything = bool(pathway.steps or pathway.gaps)
        self._picture.setVisible(anything)
        self._view.setVisible(anything)
        self._none.setVisible(not pathway.steps and self.editor.isHidden())
        self._has_steps = bool(pathway.steps)
        self.objectives.show_objectives(pathway.objectives)
        self.meetings.show_meetings(pathway.interviews)
        ids = [row.id if isinstance(row, Step) else None for row in self._table.rows]
        if current is not None and current in ids:
            self._view.go_to(ids.index(current))

    def show_draft(self, draft: Draft) -> None:
        """Show what was being typed about this person."""
        self.objectives.show_typed(draft.objective)
        self.meetings.show_typed(draft.meeting)
        if draft.step is None:
            self.shut_step()
        else:
            self._show_editor(draft.step)

    def draft(self) -> Draft:
        """What is being typed now."""
        step = None if self.editor.isHidden() else self.editor.typed()
        return Draft(step, self.objectives.typed(), self.meetings.typed())

    def open_new(self) -> None:
        """Open the editor on a new step, or go back to the one being typed."""
        if self.editor.isHidden():
            self.open_step(TypedStep())
        else:
            self._bring(self.editor)
            self.editor.take_keyboard()

    def open_kept(self, step: Step) -> None:
        """Open the editor on a step that is kept."""
        self.open_step(typed_from(step))

    def open_step(self, typed: TypedStep) -> None:
        """Open the editor and put the keyboard in it."""
        self._show_editor(typed)
        self.editor.take_keyboard()

    def shut_step(self) -> None:
        """Close the editor and forget what is typed in it."""
        focused = QApplication.focusWidget()
        has_keyboard = focused is not None and self.editor.isAncestorOf(focused)
        self.editor.hide()
        self.editor.show_typed(TypedStep())
        self._new.show()
        self._none.setVisible(not self._has_steps)
        if has_keyboard:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard in the step being typed, in the table, or on the first act."""
        if not self.editor.isHidden():
            self.editor.take_keyboard()
            return
        self._view.go_to(max(0, self._view.row()))
        target = self._new if self._view.isHidden() else self._view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_act(self, act: Act) -> None:
        """Ctrl+P prepares the plan; Ctrl+Enter keeps the step being typed."""
        if act is Act.PRINT:
            self.plan_wanted.emit()
        elif not self.editor.isHidden():
            self.step_submitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= looks.scaled(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._pair.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def _show_editor(self, typed: TypedStep) -> None:
        self.editor.show_typed(typed)
        self.editor.show()
        self._new.hide()
        self._none.hide()
        self._bring(self.editor)

    def _bring(self, widget: QWidget) -> None:
        # The layout gives the editor its place in a later turn.
        QTimer.singleShot(0, self, partial(self._scroll.ensureWidgetVisible, widget, 0, 12))

    def _open_row(self, row: int) -> None:
        wanted = self._table.rows[row]
        if isinstance(wanted, Gap):
            self.open_step(TypedStep(starts_on=wanted.starts_on.isoformat()))
        else:
            self.open_kept(wanted)

    def _mark_row(self, row: int) -> None:
        current = self._table.rows[row]
        self._timeline.show_current(current if isinstance(current, Step) else None)

    def _current(self) -> UUID | None:
        row = self._view.row()
        current = self._table.rows[row] if 0 <= row < len(self._table.rows) else None
        return current.id if isinstance(current, Step) else None

    def _change_objective(self, objective: Objective) -> None:
        self.objectives.show_typed(TypedObjective(objective.id, objective.words))
        self.objectives.take_keyboard()

    def _drop_objective(self) -> None:
        self.objectives.show_typed(TypedObjective())
