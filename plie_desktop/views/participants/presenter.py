"""Searching files as one types, and opening one."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.tasks import Lane
from plie_desktop.views.participants.table import PAGE
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from plie_desktop.services.participants import ParticipantService
    from plie_desktop.text import Words
    from plie_desktop.views.participants.page import ParticipantsPage

_Found = tuple[Sequence[UUID], tuple[ParticipantLine, ...]]


class ParticipantsPresenter(QObject):
    """Keeps what is searched; an answer to an earlier search is dropped."""

    def __init__(
        self,
        page: "ParticipantsPage",
        participants: "ParticipantService",
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._participants = participants
        self._dispatcher = dispatcher
        self._words = words
        self._speech = Speech(words)
        self._go = go
        self._search = ""
        self._reading = 0
        self._is_read = False
        self._opens_only = False
        self._has_opened = False
        page.searched.connect(self.on_searched)
        page.entered.connect(self.on_entered)
        page.page_wanted.connect(self.on_page_wanted)
        page.opened.connect(self.on_opened)
        page.intake_wanted.connect(self.on_intake_wanted)

    def enter(self, destination: Destination) -> None:
        """Show the files that fit the text in `field`; the latest ones when it is empty.

        On the way back from a file the keyboard is on its line again.
        """
        search = destination.field.strip()
        comes_back = self._has_opened and search == self._search
        self._has_opened = False
        self._search = search
        self._page.show_search(search)
        if comes_back:
            self._page.take_list()
        else:
            self._page.take_search()
        self._read()

    def leave(self) -> Destination:
        """The list with what is searched."""
        return Destination(Place.PARTICIPANTS, field=self._page.search())

    def on_changed(self, changes: Changes) -> None:
        """Names, states and order may have changed."""
        if changes.participants or changes.sync:
            self._read()

    @Slot(str)
    def on_searched(self, search: str) -> None:
        if search != self._search:
            self._search = search
            self._opens_only = False
            self._read()

    @Slot()
    def on_entered(self) -> None:
        if self._is_read:
            self._page.open_only()
        else:
            self._opens_only = True

    @Slot(int)
    def on_page_wanted(self, page: int) -> None:
        work = partial(self._participants.lines, self._page.slice_of(page))
        done = partial(self._on_page_read, self._reading, page)
        self._dispatcher.run(Lane.STORE, work, done, self._on_failed)

    @Slot(object)
    def on_opened(self, participant_id: UUID) -> None:
        self._has_opened = True
        self._go(Destination(Place.PARTICIPANT_FILE, participant_id))

    @Slot()
    def on_intake_wanted(self) -> None:
        self._go(Destination(Place.INTAKE))

    def _read(self) -> None:
        self._reading += 1
        self._is_read = False
        work = partial(_find, self._participants, self._search)
        done = partial(self._on_found, self._reading)
        self._dispatcher.run(Lane.STORE, work, done, self._on_failed)

    def _on_found(self, reading: int, found: _Found) -> None:
        if reading != self._reading:
            return
        ids, first = found
        self._is_read = True
        self._page.show_found(self._search, ids, first, self._count(len(ids)))
        if self._opens_only:
            self._opens_only = False
            self._page.open_only()

    def _on_page_read(self, reading: int, page: int, lines: tuple[ParticipantLine, ...]) -> None:
        if reading == self._reading:
            self._page.show_page(page, lines)

    def _on_failed(self, error: BaseException) -> None:
        self._page.show_problem(failures.in_words(error, self._words))

    def _count(self, n: int) -> str:
        number = self._speech.number(n)
        if self._search:
            return self._words.count(
                "{number} dossier trouvé", "{number} dossiers trouvés", n, number=number
            )
        if n == 0:
            return ""
        return self._words.count(
            "{number} dossier", "{number} dossiers, le dernier modifié d’abord", n, number=number
        )


def _find(participants: "ParticipantService", search: str) -> _Found:
    """All ids and the rows of the first page, in one go of the lane."""
    ids = participants.ids(search)
    return ids, participants.lines(ids[:PAGE])
