"""Reading one file, naming its referent, entering the pathway."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.models.domain.access import may_assign
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.dates import from_iso
from plie_desktop.tasks import Lane
from plie_desktop.text import N_
from plie_desktop.views.participant_file.description import describe
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from datetime import date

    from plie_desktop.clock import Clock
    from plie_desktop.services.participants import ParticipantService
    from plie_desktop.services.session import SessionService
    from plie_desktop.text import Words
    from plie_desktop.views.participant_file.page import ParticipantFilePage
    from plie_desktop.views.participant_file.shown import FileWords

_NOT_A_DAY = N_("Ce jour n’existe pas au calendrier. Écrivez jour, mois, année : 12/03/2026.")


class ParticipantFilePresenter(QObject):
    """Keeps whose file is shown; what comes for someone else is dropped."""

    def __init__(
        self,
        page: "ParticipantFilePage",
        participants: "ParticipantService",
        session: "SessionService",
        clock: "Clock",
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._participants = participants
        self._clock = clock
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._who: UUID | None = None
        self._days: dict[UUID, str] = {}
        page.allow(can_assign=may_assign(session.identity().role))
        page.intake_wanted.connect(self.on_intake_wanted)
        page.pathway_wanted.connect(self.on_pathway_wanted)
        page.plan_wanted.connect(self.on_plan_wanted)
        page.referent_chosen.connect(self.on_referent_chosen)
        page.entered.connect(self.on_entered)

    def enter(self, destination: Destination) -> None:
        """Show a person's file, protected answers covered."""
        self._who = destination.participant_id
        self._page.show_nobody()
        if self._who is None:
            return
        today = self._clock.today().isoformat()
        self._page.entry.propose(self._days.get(self._who, today))
        self._page.take_keyboard()
        self._read()

    def leave(self) -> Destination:
        """The same page; protected answers are covered behind the person's back."""
        self._page.answers.hide_protected()
        if self._who is not None:
            self._days[self._who] = self._page.entry.typed()
        return Destination(Place.PARTICIPANT_FILE, self._who)

    def on_changed(self, changes: Changes) -> None:
        """Read again when this file, or what waits to be sent, changed."""
        if self._who in changes.participants or changes.sync:
            self._read()

    @Slot()
    def on_intake_wanted(self) -> None:
        self._go(Destination(Place.INTAKE, self._who))

    @Slot()
    def on_pathway_wanted(self) -> None:
        self._go(Destination(Place.PATHWAY, self._who))

    @Slot()
    def on_plan_wanted(self) -> None:
        self._go(Destination(Place.PLAN, self._who))

    @Slot(str)
    def on_referent_chosen(self, staff_id: str) -> None:
        if self._who is None:
            return
        chosen = UUID(staff_id) if staff_id else None
        work = partial(self._participants.set_referent, self._who, chosen)
        failed = partial(self._on_no_referent, self._who)
        self._dispatcher.run(Lane.STORE, work, self._on_written, failed)

    @Slot(str)
    def on_entered(self, typed: str) -> None:
        day = from_iso(typed)
        if self._who is None:
            return
        if day is None:
            self._page.entry.row.set_problem(self._words.say(_NOT_A_DAY))
            return
        work = partial(self._participants.admit, self._who, day)
        failed = partial(self._on_no_entry, self._who)
        self._dispatcher.run(Lane.STORE, work, self._on_written, failed)

    def _read(self) -> None:
        if self._who is None:
            return
        who, today = self._who, self._clock.today()
        work = partial(_words_of, self._participants, who, today, self._words)
        done, failed = partial(self._on_read, who), partial(self._on_failed, who)
        self._dispatcher.run(Lane.STORE, work, done, failed)

    def _on_read(self, who: UUID, file: "FileWords") -> None:
        if who == self._who:
            self._page.show_file(file)

    def _on_written(self, _changes: Changes) -> None:
        """The file is read again by the change itself."""

    def _on_no_referent(self, who: UUID, error: BaseException) -> None:
        self._on_failed(who, error)
        # The list shows who accompanies, not who was wished for.
        if who == self._who:
            self._read()

    def _on_no_entry(self, who: UUID, error: BaseException) -> None:
        if who == self._who:
            self._page.entry.row.set_problem(failures.in_words(error, self._words))

    def _on_failed(self, who: UUID, error: BaseException) -> None:
        if who == self._who:
            self._page.banner.tell("error", failures.in_words(error, self._words))


def _words_of(
    participants: "ParticipantService", who: UUID, today: "date", words: "Words"
) -> "FileWords":
    """The file and the colleagues, in one go of the lane, already in words."""
    return describe(participants.file(who), participants.staff(), today, words)
