"""Reads the state of the exchange, runs it, and hands decisions over."""

from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.clock import Clock
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.sync_state import (
    Conflict,
    Connection,
    Decision,
    SyncStatus,
    WaitingFile,
)
from plie_desktop.tasks import Cancel, Lane
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place
from plie_desktop.views.synchronisation.description import Description

if TYPE_CHECKING:
    from plie_desktop.services.synchronisation import SyncRun, SyncService
    from plie_desktop.text import Words
    from plie_desktop.views.synchronisation.page import SynchronisationPage


@dataclass(frozen=True)
class _Read:
    """One reading of everything the page shows."""

    status: SyncStatus
    waiting: tuple[WaitingFile, ...]
    conflicts: tuple[Conflict, ...]


class SynchronisationPresenter(QObject):
    """Page ↔ exchange. One exchange at a time; it goes on when the page is left."""

    def __init__(
        self,
        page: "SynchronisationPage",
        sync: "SyncService",
        clock: Clock,
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._sync = sync
        self._clock = clock
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._waiting: tuple[WaitingFile, ...] = ()
        self._cancel: Cancel | None = None
        self._told_problem = ""
        self._is_told = False
        page.sync_asked.connect(self.on_sync_asked)
        page.stop_asked.connect(self.on_stop_asked)
        page.file_asked.connect(self.on_file_asked)
        page.conflicts.settled.connect(self.on_settled)
        page.conflicts.file_asked.connect(self.on_person_asked)

    def enter(self, _destination: Destination) -> None:
        self._read()
        self._page.take_keyboard()

    def leave(self) -> Destination:
        return Destination(Place.SYNCHRONISATION)

    def on_changed(self, changes: Changes) -> None:
        if changes.sync or changes.participants:
            self._read()

    @Slot()
    def on_sync_asked(self) -> None:
        if self._cancel is not None:
            return
        self._cancel = Cancel()
        self._page.begin()
        progress = self._dispatcher.progress(self._page.show_progress)
        work = partial(self._sync.run_once, progress, self._cancel)
        self._dispatcher.run(Lane.NETWORK, work, self._on_done, self._on_failed, self._cancel)

    @Slot()
    def on_stop_asked(self) -> None:
        if self._cancel is not None:
            self._cancel.cancel()

    @Slot(object, object)
    def on_settled(self, conflict_id: UUID, decision: Decision) -> None:
        self._dispatcher.run(
            Lane.STORE,
            partial(self._sync.settle, conflict_id, decision),
            self._on_decided,
            partial(self._on_refused, conflict_id),
        )

    @Slot(int)
    def on_file_asked(self, row: int) -> None:
        if row < len(self._waiting):
            self.on_person_asked(self._waiting[row].participant_id)

    @Slot(object)
    def on_person_asked(self, participant_id: UUID) -> None:
        self._go(Destination(Place.PARTICIPANT_FILE, participant_id))

    def _read(self) -> None:
        self._dispatcher.run(Lane.STORE, self._read_all, self._on_read)

    def _read_all(self) -> _Read:
        conflicts = self._sync.conflicts(self._words)
        return _Read(self._sync.status(), self._sync.waiting_files(), conflicts)

    def _on_read(self, read: _Read) -> None:
        status = read.status
        if self._cancel is not None:
            status = replace(status, connection=Connection.RUNNING)
        said = Description(self._words, self._clock.now())
        self._page.show_state(said.state(status), said.place(status), said.figures(status))
        self._waiting = read.waiting
        self._page.show_waiting(
            [said.waiting(one) for one in read.waiting], said.nothing_waits(status)
        )
        self._page.conflicts.show_conflicts([(one, said.written(one)) for one in read.conflicts])
        self._tell_problem(status)

    def _tell_problem(self, status: SyncStatus) -> None:
        """Why the last exchange did not end, once; what was told is taken back when one does."""
        if self._is_told:
            self._is_told, self._told_problem = False, status.last_problem
        if self._cancel is not None or status.last_problem == self._told_problem:
            return
        if status.last_problem:
            self._page.banner.tell("warning", self._words.say(status.last_problem))
        elif self._page.banner.sentence() == self._words.say(self._told_problem):
            self._page.banner.clear()
        self._told_problem = status.last_problem

    def _on_done(self, run: "SyncRun") -> None:
        self._finish()
        said = Description(self._words, self._clock.now())
        self._page.banner.tell("ok", said.done(run.report))

    def _on_failed(self, error: BaseException) -> None:
        self._finish()
        if isinstance(error, CancelledError):
            sentence = self._words.say("L’échange est arrêté. Ce qui est parti est bien arrivé.")
            self._page.banner.tell("info", sentence)
        else:
            self._page.banner.tell("warning", failures.in_words(error, self._words))
            self._is_told = True
        # A cycle cut short may have brought something all the same.
        self._dispatcher.changed.emit(self._sync.last_changes | Changes(sync=True))

    def _on_decided(self, _changes: Changes) -> None:
        self._page.banner.tell(
            "ok", self._words.say("C’est tranché. La décision part au prochain échange.")
        )

    def _on_refused(self, conflict_id: UUID, error: BaseException) -> None:
        self._page.banner.tell("warning", failures.in_words(error, self._words))
        self._page.conflicts.ask_again(conflict_id)
        self._read()

    def _finish(self) -> None:
        self._cancel = None
        self._page.end()
