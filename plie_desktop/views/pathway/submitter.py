"""What is planned, saved for good: a step, an objective, a meeting, each by one act."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.dates import from_iso
from plie_desktop.models.domain.pathway import Interview, InterviewState, Pathway
from plie_desktop.services.pathways import StepDraft
from plie_desktop.tasks import Lane
from plie_desktop.text import N_
from plie_desktop.views.pathway.drafts import (
    Part,
    TypedMeeting,
    TypedObjective,
    TypedStep,
    typed_from,
)
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.pathways import PathwayService, SavedStep
    from plie_desktop.text import Words
    from plie_desktop.views.pathway.keeper import DraftKeeper
    from plie_desktop.views.pathway.page import PathwayPage
    from plie_desktop.views.pathway.step_editor import StepEditor

_NOT_A_DAY: Final = N_(
    "Ce jour n’existe pas au calendrier. Écrivez jour, mois, année : 12/03/2026."
)


class Submitter(QObject):
    """Saves for the person shown; the draft ends in the same transaction.

    What is asked for a second time while it is being saved is not saved twice.
    """

    def __init__(
        self,
        page: "PathwayPage",
        pathways: "PathwayService",
        keeper: "DraftKeeper",
        dispatcher: Dispatcher,
        words: "Words",
    ) -> None:
        super().__init__(page)
        self._page = page
        self._pathways = pathways
        self._keeper = keeper
        self._dispatcher = dispatcher
        self._words = words
        self._shown: Pathway | None = None
        page.step_submitted.connect(self.on_step_submitted)
        page.objective_submitted.connect(self.on_objective_submitted)
        page.meeting_submitted.connect(self.on_meeting_submitted)
        page.meeting_told.connect(self.on_meeting_told)

    def show(self, pathway: Pathway | None) -> None:
        """Save in this pathway from now on; in none while the next one is read."""
        self._shown = pathway

    @Slot()
    def on_step_submitted(self) -> None:
        who, typed = self._may_save(Part.STEP), self._page.editor.typed()
        draft = _ready(typed, self._page.editor, self._words)
        if who is None or draft is None:
            return
        self._page.editor.clear_problems()
        self._keeper.save_begins(who, Part.STEP)
        work = partial(
            self._pathways.save_step, who, typed.step_id, draft, ends_draft=Part.STEP.value
        )
        done, failed = partial(self._on_step, who, typed), partial(self._on_no_step, who)
        self._dispatcher.run(Lane.STORE, work, done, failed)

    @Slot()
    def on_objective_submitted(self) -> None:
        who, typed = self._may_save(Part.OBJECTIVE), self._page.objectives.typed()
        if who is None or self._shown is None:
            return
        kept = {one.id: one.rank for one in self._shown.objectives}
        free = next(rank for rank in range(1, len(kept) + 2) if rank not in kept.values())
        rank = kept.get(typed.objective_id, free) if typed.objective_id else free
        self._keeper.save_begins(who, Part.OBJECTIVE)
        save = partial(self._pathways.save_objective, ends_draft=Part.OBJECTIVE.value)
        work = partial(save, who, typed.objective_id, rank, typed.words)
        done, failed = partial(self._on_objective, who, typed), partial(self._on_no_objective, who)
        self._dispatcher.run(Lane.STORE, work, done, failed)

    @Slot()
    def on_meeting_submitted(self) -> None:
        who, typed = self._may_save(Part.MEETING), self._page.meetings.typed()
        if who is None:
            return
        if from_iso(typed.day) is None:
            self._page.meetings.show_problem("day", self._words.say(_NOT_A_DAY))
            return
        self._keeper.save_begins(who, Part.MEETING)
        save = partial(self._pathways.save_interview, ends_draft=Part.MEETING.value)
        moment = f"{typed.day}T{typed.hour}"
        work = partial(save, who, None, moment, typed.place, InterviewState.PLANNED, "")
        done, failed = partial(self._on_meeting, who, typed), partial(self._on_no_meeting, who)
        self._dispatcher.run(Lane.STORE, work, done, failed)

    @Slot(object, str)
    def on_meeting_told(self, meeting: Interview, state: str) -> None:
        work = partial(
            self._pathways.save_interview,
            meeting.participant_id,
            meeting.id,
            meeting.starts_at,
            meeting.place,
            InterviewState(state),
            meeting.note,
        )
        failed = partial(self._on_not_told, meeting.participant_id)
        self._dispatcher.run(Lane.STORE, work, self._on_told, failed)

    def _may_save(self, part: Part) -> UUID | None:
        who = self._shown.participant_id if self._shown is not None else None
        return None if who is not None and self._keeper.is_saving(who, part) else who

    def _is_shown(self, who: UUID) -> bool:
        return self._shown is not None and self._shown.participant_id == who

    def _on_step(self, who: UUID, typed: TypedStep, saved: "SavedStep") -> None:
        if self._is_shown(who):
            self._show_saved(typed, saved)
        self._keeper.save_ended(who, Part.STEP, is_saved=True)

    def _show_saved(self, typed: TypedStep, saved: "SavedStep") -> None:
        editor = self._page.editor
        if editor.typed() == typed:
            self._page.shut_step()
        else:
            # Typed on meanwhile: from now on it is the step just saved that is being changed.
            now = replace(editor.typed(), step_id=saved.step.id)
            editor.show_typed(now, typed_from(saved.step))
        if saved.warnings:
            self._page.banner.tell("warning", " ".join(map(self._words.say, saved.warnings)))
        else:
            self._page.banner.tell("ok", self._words.say("L’étape est enregistrée."))

    def _on_no_step(self, who: UUID, error: BaseException) -> None:
        if self._is_shown(who):
            self._page.editor.show_problem("", failures.in_words(error, self._words))
        self._keeper.save_ended(who, Part.STEP, is_saved=False)

    def _on_objective(self, who: UUID, typed: TypedObjective, _changes: Changes) -> None:
        if self._is_shown(who):
            if self._page.objectives.typed() == typed:
                self._page.objectives.show_typed(TypedObjective())
            self._page.banner.tell("ok", self._words.say("L’objectif est enregistré."))
        self._keeper.save_ended(who, Part.OBJECTIVE, is_saved=True)

    def _on_no_objective(self, who: UUID, error: BaseException) -> None:
        if self._is_shown(who):
            self._page.objectives.row.set_problem(failures.in_words(error, self._words))
        self._keeper.save_ended(who, Part.OBJECTIVE, is_saved=False)

    def _on_meeting(self, who: UUID, typed: TypedMeeting, _changes: Changes) -> None:
        if self._is_shown(who):
            if self._page.meetings.typed() == typed:
                self._page.meetings.show_typed(TypedMeeting())
            self._page.banner.tell("ok", self._words.say("Le rendez-vous est enregistré."))
        self._keeper.save_ended(who, Part.MEETING, is_saved=True)

    def _on_no_meeting(self, who: UUID, error: BaseException) -> None:
        if self._is_shown(who):
            self._page.meetings.show_problem("hour", failures.in_words(error, self._words))
        self._keeper.save_ended(who, Part.MEETING, is_saved=False)

    def _on_told(self, _changes: Changes) -> None:
        """The table is read again by the change itself."""

    def _on_not_told(self, who: UUID, error: BaseException) -> None:
        if self._is_shown(who):
            self._page.banner.tell("error", failures.in_words(error, self._words))


def _ready(typed: TypedStep, editor: "StepEditor", words: "Words") -> StepDraft | None:
    """What is typed, ready to be saved; nothing when a field has to be looked at first."""
    first, last = from_iso(typed.starts_on), from_iso(typed.ends_on)
    if not typed.type_code:
        editor.show_problem("type_code", words.say(N_("Choisissez le type d’étape dans la liste.")))
    elif first is None:
        editor.show_problem("starts_on", words.say(_NOT_A_DAY))
    elif typed.ends_on and last is None:
        editor.show_problem("ends_on", words.say(_NOT_A_DAY))
    else:
        return StepDraft(
            typed.type_code,
            typed.title,
            typed.operator,
            typed.place,
            first,
            last,
            typed.state,
            typed.note,
        )
    return None
