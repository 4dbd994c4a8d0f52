"""Whose pathway is shown, and what was being typed about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.models.domain.access import may_write
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.models.domain.records import Kind
from plie_desktop.tasks import Lane
from plie_desktop.views.pathway.draft_text import draft_from, texts_of
from plie_desktop.views.pathway.drafts import Part
from plie_desktop.views.pathway.keeper import DraftKeeper
from plie_desktop.views.pathway.submitter import Submitter
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from plie_desktop.clock import Clock
    from plie_desktop.services.participants import ParticipantFile, ParticipantService
    from plie_desktop.services.pathways import PathwayService
    from plie_desktop.services.session import SessionService
    from plie_desktop.text import Words
    from plie_desktop.views.pathway.page import PathwayPage

NEW_STEP: Final = "step"
"""The `field` of a destination that opens the editor on a new step."""
_PLANNED: Final = {Part.STEP: Kind.STEP, Part.OBJECTIVE: Kind.OBJECTIVE}
"""Parts that not every role may type in."""


@dataclass(frozen=True)
class Planning:
    """The services that planning a pathway takes."""

    pathways: "PathwayService"
    participants: "ParticipantService"
    session: "SessionService"


class PathwayPresenter(QObject):
    """Page ↔ services; what comes for a person no longer shown is dropped.

    Nothing can be typed before the drafts of that person have been read, so no draft is ever
    written over by the page of somebody else.
    """

    def __init__(
        self,
        page: "PathwayPage",
        planning: Planning,
        clock: "Clock",
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._planning = planning
        self._clock = clock
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._who: UUID | None = None
        self._coming: Destination | None = None
        self._trouble = ""
        role = planning.session.identity().role
        self._barred = {part for part, kind in _PLANNED.items() if not may_write(role, kind)}
        session = planning.session
        spot = page.fields.spot
        self._keeper = DraftKeeper(self._texts, spot, session, dispatcher, words, self)
        self._submitter = Submitter(page, planning.pathways, self._keeper, dispatcher, words)
        page.allow(can_plan=not self._barred)
        page.typed.connect(self._keeper.note)
        page.left.connect(self.on_left)
        page.file_wanted.connect(self.on_file_wanted)
        page.plan_wanted.connect(self.on_plan_wanted)
        self._keeper.failed.connect(self.on_not_kept)
        self._keeper.recovered.connect(self.on_kept_again)

    def enter(self, destination: Destination) -> None:
        """Show a person's pathway with what was being typed about it."""
        self._keeper.end()
        self._who = destination.participant_id
        self._coming = destination
        self._submitter.show(None)
        self._page.show_nobody()
        if self._who is None:
            return
        work = partial(_file_and_drafts, self._planning, self._who)
        done, failed = (
            partial(self._on_first_read, destination),
            partial(self._on_failed, self._who),
        )
        self._dispatcher.run(Lane.STORE, work, done, failed)

    def leave(self) -> Destination:
        """Everything typed is on its way to the base; where the person was."""
        if self._coming is not None:
            return self._coming
        field, cursor = self._page.fields.spot()
        self._keeper.end()
        return Destination(Place.PATHWAY, self._who, field, cursor)

    def on_changed(self, changes: Changes) -> None:
        """Read again when this person is concerned."""
        if self._who is not None and self._who in changes.participants:
            work = partial(self._planning.participants.file, self._who)
            failed = partial(self._on_failed, self._who)
            self._dispatcher.run(Lane.STORE, work, self._on_read, failed)

    @Slot()
    def on_left(self) -> None:
        self._keeper.flush()
        # The keyboard is on its way to another spot.
        self._keeper.note()

    @Slot()
    def on_file_wanted(self) -> None:
        self._go(Destination(Place.PARTICIPANT_FILE, self._who))

    @Slot()
    def on_plan_wanted(self) -> None:
        self._go(Destination(Place.PLAN, self._who))

    @Slot(str)
    def on_not_kept(self, sentence: str) -> None:
        self._trouble = sentence
        if self._page.banner.sentence() != sentence:
            self._page.banner.tell("error", sentence)

    @Slot()
    def on_kept_again(self) -> None:
        if self._page.banner.sentence() == self._trouble:
            self._page.banner.clear()

    def _texts(self) -> Mapping[Part, str]:
        """What is typed now, in the parts that this role may type in."""
        texts = texts_of(self._page.draft())
        return {part: text for part, text in texts.items() if part not in self._barred}

    def _on_first_read(
        self, destination: Destination, read: "tuple[ParticipantFile, Mapping[Part, str]]"
    ) -> None:
        if destination is not self._coming:
            return
        self._coming = None
        file, kept = read
        texts = self._keeper.begin(file.line.id, kept)
        allowed = {part: text for part, text in texts.items() if part not in self._barred}
        self._page.show_draft(draft_from(allowed))
        self._on_read(file)
        if destination.field == NEW_STEP:
            self._page.open_new()
        else:
            self._page.take_keyboard(destination.field, destination.cursor)

    def _on_read(self, file: "ParticipantFile") -> None:
        if file.line.id == self._who and self._coming is None:
            self._page.show_person(_name(file.line, self._words))
            self._page.show_pathway(file.pathway, self._clock.today())
            self._submitter.show(file.pathway)

    def _on_failed(self, who: UUID, error: BaseException) -> None:
        if who == self._who:
            self._page.banner.tell("error", failures.in_words(error, self._words))


def _file_and_drafts(planning: Planning, who: UUID) -> "tuple[ParticipantFile, Mapping[Part, str]]":
    """The file and what was being typed about it, in one go of the lane."""
    drafts = {part: planning.session.draft(part.value, who) for part in Part}
    return planning.participants.file(who), drafts


def _name(line: ParticipantLine, words: "Words") -> str:
    return line.display_name or words.say("Nom pas encore demandé")
