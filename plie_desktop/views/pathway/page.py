"""The pathway as a picture and as a table, and what changes it."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from plie_desktop.models.domain.pathway import Pathway
from plie_desktop.models.domain.step import Step
from plie_desktop.text import Words
from plie_desktop.views.pathway.drafts import Draft, TypedStep, typed_from
from plie_desktop.views.pathway.first_steps import FirstSteps
from plie_desktop.views.pathway.meetings import Meetings
from plie_desktop.views.pathway.objectives import Objectives
from plie_desktop.views.pathway.spots import Spots
from plie_desktop.views.pathway.step_editor import StepEditor
from plie_desktop.views.pathway.table import StepView
from plie_desktop.views.pathway.timeline import Timeline
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader

_SIDE_BY_SIDE: Final = 760
"""Least width, at 100 % text, for the two cards beside each other."""


class PathwayPage(QWidget):
    """Shows one pathway and reports what is to be kept.

    Signals:
        step_submitted: the step in the editor is to be kept.
        objective_submitted, meeting_submitted: the same for their lines.
        meeting_told(Interview, str): what became of a meeting.
        typed: something was typed, or the editor opened.
        left: a field was left, or something typed was given up: it does not wait any more.
        file_wanted, plan_wanted: to the other pages of this person.
    """

    step_submitted = Signal()
    objective_submitted = Signal()
    meeting_submitted = Signal()
    meeting_told = Signal(object, str)
    typed = Signal()
    left = Signal()
    file_wanted = Signal()
    plan_wanted = Signal()

    acts = frozenset({Act.PRINT, Act.GO_ON})

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pathway")
        self._words = words
        self._has_steps = False
        self._can_plan = True
        self._header = PageHeader("", words.say("Parcours"))
        self.banner = Banner(words)
        self._timeline = Timeline(words)
        self._view = StepView(words)
        self.editor = StepEditor(words)
        self.objectives = Objectives(words)
        self.meetings = Meetings(words)
        self._picture = Card()
        self._none = FirstSteps(words)
        self._who_plans = Label(
            words.say(
                "Seule la personne référente ou la coordination planifie les étapes et les "
                "objectifs. Vous pouvez noter les rendez-vous."
            ),
            "info",
            wrap=True,
        )
        self._file = Button(words.say("Dossier"), "plain", "person")
        self._new = Button(words.say("Nouvelle étape"), "primary", "add")
        rows = {f"step.{key}": row for key, row in self.editor.rows.items()}
        rows |= {f"meeting.{key}": row for key, row in self.meetings.rows.items()}
        self.fields = Spots({**rows, "objective.words": self.objectives.row}, words, self)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        plan = Button(self._words.say("Plan"), "plain", "plan")
        self._file.clicked.connect(self.file_wanted)
        plan.clicked.connect(self.plan_wanted)
        for act in (self._file, plan, self._new):
            self._header.add_act(act)
        self._picture.body.setContentsMargins(16, 10, 16, 12)
        self._picture.body.addWidget(self._timeline)
        self._pair.setSpacing(16)
        self._pair.addWidget(self.objectives, 1)
        self._pair.addWidget(self.meetings, 1)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(20, 4, 20, 20)
        inner.setSpacing(14)
        for part in (self._who_plans, self._picture, self._none, self.editor, self._view):
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
        self._who_plans.hide()

    def _connect(self) -> None:
        self._new.clicked.connect(self.open_new)
        self._view.new_wanted.connect(self.open_new)
        self._view.step_wanted.connect(self.open_step)
        self._view.step_chosen.connect(self._timeline.show_current)
        self._timeline.chosen.connect(self.open_kept)
        self._none.wanted.connect(self.open_step)
        self.fields.edited.connect(self.typed)
        self.fields.left.connect(self.left)
        self.editor.submitted.connect(self.step_submitted)
        self.editor.dropped.connect(self._drop_step)
        self.objectives.submitted.connect(self.objective_submitted)
        self.objectives.turned.connect(self.left)
        self.meetings.submitted.connect(self.meeting_submitted)
        self.meetings.told.connect(self.meeting_told)

    def allow(self, *, can_plan: bool) -> None:
        """Show what this role may do, and say who may do the rest."""
        self._can_plan = can_plan
        self._new.setVisible(can_plan)
        self._who_plans.setVisible(not can_plan)
        self._none.allow(can_plan=can_plan)
        self.objectives.allow(can_plan=can_plan)

    def show_nobody(self) -> None:
        """Show nothing of the person before while the next one is read."""
        self.banner.clear()
        self.show_person("")
        self._file.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.hide()

    def show_person(self, name: str) -> None:
        self._header.set_title(name, self._words.say("Parcours"))

    def show_pathway(self, pathway: Pathway, today: date) -> None:
        """Show a pathway as it stands today; the row that was current stays so.

        A step being changed follows what others wrote in it, but for what was typed here.
        """
        self._timeline.show_pathway(pathway, today)
        self._view.show_pathway(pathway)
        anything = bool(pathway.steps or pathway.gaps)
        self._picture.setVisible(anything)
        self._view.setVisible(anything)
        self._none.setVisible(not pathway.steps and self.editor.isHidden())
        self._has_steps = bool(pathway.steps)
        self.objectives.show_objectives(pathway.objectives)
        self.meetings.show_meetings(pathway.interviews)
        for step in pathway.steps:
            self.editor.renew(typed_from(step))
        self._scroll.show()

    def show_draft(self, draft: Draft) -> None:
        """Show what was being typed about this person."""
        self.objectives.show_typed(draft.objective)
        self.meetings.show_typed(draft.meeting)
        if draft.step is None:
            self.shut_step()
        else:
            self._show_editor(draft.step, draft.before)
        if draft.has_words:
            say = self._words.say
            self.banner.tell("info", say("Brouillon repris. Il reste à l’enregistrer."))

    def draft(self) -> Draft:
        """What is being typed now."""
        step = None if self.editor.isHidden() else self.editor.typed()
        before, objective = self.editor.before(), self.objectives.typed()
        return Draft(step, before, objective, self.meetings.typed())

    def flush(self) -> None:
        """Hand over what is being typed."""
        self.left.emit()

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
        """Open the editor and put the keyboard in it; a step being typed comes first."""
        if not self._can_plan:
            return
        if self.editor.isHidden() or self.editor.typed() == self.editor.before():
            self._show_editor(typed)
            self.typed.emit()
        else:
            sentence = self._words.say(
                "Une étape est en train d’être écrite. Enregistrez-la ou annulez d’abord."
            )
            self.banner.tell("info", sentence)
        self.editor.take_keyboard()

    def shut_step(self) -> None:
        """Close the editor and forget what is typed in it."""
        focused = QApplication.focusWidget()
        has_keyboard = focused is not None and self.editor.isAncestorOf(focused)
        self.editor.hide()
        self.editor.show_typed(TypedStep())
        self._new.setVisible(self._can_plan)
        self._none.setVisible(not self._has_steps)
        if has_keyboard:
            self.take_keyboard()

    def take_keyboard(self, field: str = "", cursor: int = 0) -> None:
        """Put the keyboard where it was, in the step being typed, the table or the first act."""
        if self.fields.go(field, cursor):
            return
        if not self.editor.isHidden():
            self.editor.take_keyboard()
            return
        self._view.go_to(max(0, self._view.row()))
        first = self._new if self._can_plan else self._file
        target = first if self._view.isHidden() else self._view
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

    def _show_editor(self, typed: TypedStep, before: TypedStep | None = None) -> None:
        self.editor.show_typed(typed, before)
        self.editor.show()
        self._new.hide()
        self._none.hide()
        self._bring(self.editor)

    def _bring(self, widget: QWidget) -> None:
        # The layout gives the editor its place in a later turn.
        QTimer.singleShot(0, self, partial(self._scroll.ensureWidgetVisible, widget, 0, 12))

    def _drop_step(self) -> None:
        self.shut_step()
        self.banner.clear()
        self.left.emit()
