"""Planning one person's pathway: steps, objectives and meetings, each kept by one act."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.dates import from_iso
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.models.domain.pathway import Interview, InterviewState, Pathway
from plie_desktop.services.pathways import StepDraft
from plie_desktop.tasks import Lane
from plie_desktop.text import N_
from plie_desktop.views.pathway.drafts import Draft, TypedMeeting, TypedObjective, TypedStep
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from plie_desktop.clock import Clock
    from plie_desktop.services.participants import ParticipantFile, ParticipantService
    from plie_desktop.services.pathways import PathwayService, SavedStep
    from plie_desktop.text import Words
    from plie_desktop.views.pathway.page import PathwayPage

NEW_STEP = "step"
"""The `field` of a destination that opens the editor on a new step."""
_NOT_A_DAY = N_("Ce jour n’existe pas au calendrier. Écrivez jour, mois, année : 12/03/2026.")


class PathwayPresenter(QObject):
    """Keeps whose pathway is shown, and what is being typed about each person."""

    def __init__(
        self,
        page: "PathwayPage",
        pathways: "PathwayService",
        participants: "ParticipantService",
        clock: "Clock",
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._pathways = pathways
        self._participants = participants
        self._clock = clock
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._who: UUID | None = None
        self._pathway: Pathway | None = None
        self._takes_keyboard = False
        self._drafts: dict[UUID, Draft] = {}
        page.step_submitted.connect(self.on_step_submitted)
        page.objective_submitted.connect(self.on_objective_submitted)
        page.meeting_submitted.connect(self.on_meeting_submitted)
        page.meeting_told.connect(self.on_meeting_told)
        page.file_wanted.connect(self.on_file_wanted)
        page.plan_wanted.connect(self.on_plan_wanted)

    def enter(self, destination: Destination) -> None:
        """Show a person's pathway with what was being typed about it."""
        self._who = destination.participant_id
        self._page.banner.clear()
        self._page.show_person("")
        if self._who is None:
            return
        self._page.show_pathway(Pathway(self._who, None, (), ()), self._clock.today())
        self._page.show_draft(self._drafts.get(self._who, Draft()))
        if destination.field == NEW_STEP:
            self._page.open_new()
        self._takes_keyboard = True
        self._read()

    def leave(self) -> Destination:
        """The same page; what is typed stays with the person."""
        if self._who is not None:
            self._drafts[self._who] = self._page.draft()
        return Destination(Place.PATHWAY, self._who)

    def on_changed(self, changes: Changes) -> None:
        """Read again when this person is concerned."""
        if self._who in changes.participants:
            self._read()

    @Slot()
    def on_step_submitted(self) -> None:
        typed = self._page.editor.typed()
        draft = self._draft_of(typed)
        if self._who is None or draft is None:
            return
        self._page.editor.clear_problems()
        work = partial(self._pathways.save_step, self._who, typed.step_id, draft)
        done, failed = partial(self._on_step, self._who), partial(self._on_no_step, self._who)
        self._dispatcher.run(Lane.STORE, work, done, failed)

    @Slot()
    def on_objective_submitted(self) -> None:
        typed = self._page.objectives.typed()
        if self._who is None or self._pathway is None:
            return
        kept = {one.id: one.rank for one in self._pathway.objectives}
        free = next(rank for rank in range(1, len(kept) + 2) if rank not in kept.values())
        rank = kept.get(typed.objective_id, free) if typed.objective_id else free
        work = partial(
            self._pathways.save_objective, self._who, typed.objective_id, rank, typed.words
        )
        done = partial(self._on_objective, self._who)
        self._dispatcher.run(Lane.STORE, work, done, partial(self._on_no_objective, self._who))

    @Slot()
    def on_meeting_submitted(self) -> None:
        typed = self._page.meetings.typed()
        if self._who is None:
            return
        if from_iso(typed.day) is None:
            self._page.meetings.show_problem("day", self._words.say(_NOT_A_DAY))
            return
        work = partial(
            self._pathways.save_interview,
            self._who,
            None,
            f"{typed.day}T{typed.hour}",
            typed.place,
            InterviewState.PLANNED,
            "",
        )
        done = partial(self._on_meeting, self._who)
        self._dispatcher.run(Lane.STORE, work, done, partial(self._on_no_meeting, self._who))

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
        failed = partial(self._on_failed, meeting.participant_id)
        self._dispatcher.run(Lane.STORE, work, self._on_told, failed)

    @Slot()
    def on_file_wanted(self) -> None:
        self._go(Destination(Place.PARTICIPANT_FILE, self._who))

    @Slot()
    def on_plan_wanted(self) -> None:
        self._go(Destination(Place.PLAN, self._who))

    def _draft_of(self, typed: TypedStep) -> StepDraft | None:
        """What is typed, ready to be kept; nothing when a field has to be looked at first."""
        editor, say = self._page.editor, self._words.say
        first, last = from_iso(typed.starts_on), from_iso(typed.ends_on)
        if not typed.type_code:
            editor.show_problem("type_code", say(N_("Choisissez le type d’étape dans la liste.")))
        elif first is None:
            editor.show_problem("starts_on", say(_NOT_A_DAY))
        elif typed.ends_on and last is None:
            editor.show_problem("ends_on", say(_NOT_A_DAY))
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

    def _read(self) -> None:
        if self._who is not None:
            work = partial(self._participants.file, self._who)
            failed = partial(self._on_failed, self._who)
            self._dispatcher.run(Lane.STORE, work, self._on_read, failed)

    def _on_read(self, file: "ParticipantFile") -> None:
        if file.line.id != self._who:
            return
        self._pathway = file.pathway
        self._page.show_person(_name(file.line, self._words))
        self._page.show_pathway(file.pathway, self._clock.today())
        if self._takes_keyboard:
            self._takes_keyboard = False
            self._page.take_keyboard()

    def _on_step(self, who: UUID, saved: "SavedStep") -> None:
        if who != self._who:
            self._drafts.pop(who, None)
            return
        self._page.shut_step()
        if saved.warnings:
            self._page.banner.tell("warning", " ".join(map(self._words.say, saved.warnings)))
        else:
            self._page.banner.tell("ok", self._words.say("L’étape est enregistrée."))

    def _on_no_step(self, who: UUID, error: BaseException) -> None:
        if who == self._who:
            self._page.editor.show_problem("", failures.in_words(error, self._words))

    def _on_objective(self, who: UUID, _changes: Changes) -> None:
        if who == self._who:
            self._page.objectives.show_typed(TypedObjective())

    def _on_no_objective(self, who: UUID, error: BaseException) -> None:
        if who == self._who:
            self._page.objectives.row.set_problem(failures.in_words(error, self._words))

    def _on_meeting(self, who: UUID, _changes: Changes) -> None:
        if who == self._who:
            self._page.meetings.show_typed(TypedMeeting())

    def _on_no_meeting(self, who: UUID, error: BaseException) -> None:
        if who == self._who:
            self._page.meetings.show_problem("hour", failures.in_words(error, self._words))

    def _on_told(self, _changes: Changes) -> None:
        """The table is read again by the change itself."""

    def _on_failed(self, who: UUID, error: BaseException) -> None:
        if who == self._who:
            self._page.banner.tell("error", failures.in_words(error, self._words))


def _name(line: ParticipantLine, words: "Words") -> str:
    return line.display_name or words.say("Nom pas encore demandé")
