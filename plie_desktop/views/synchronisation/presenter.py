"""Reads the state of the exchange, runs it, and hands decisions over."""

from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
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
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.qt.places import Destination, Go, Place
from plie_desktop.views.synchronisation.page import Figures
from plie_desktop.views.widgets.chip import State

if TYPE_CHECKING:
    from plie_desktop.services.synchronisation import SyncRun, SyncService
    from plie_desktop.text import Words
    from plie_desktop.views.synchronisation.page import SynchronisationPage

_LOOKS: Final = {
    Connection.NONE: ("info", "info"),
    Connection.UNTRIED: ("neutral", "clock"),
    Connection.ONLINE: ("ok", "online"),
    Connection.OFFLINE: ("warning", "offline"),
    Connection.RUNNING: ("info", "sync"),
}


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
        self._speech = Speech(words)
        self._go = go
        self._waiting: tuple[WaitingFile, ...] = ()
        self._cancel: Cancel | None = None
        page.sync_asked.connect(self.on_sync_asked)
        page.stop_asked.connect(self.on_stop_asked)
        page.settled.connect(self.on_settled)
        page.file_asked.connect(self.on_file_asked)

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
        work = partial(self._sync.settle, conflict_id, decision)
        self._dispatcher.run(Lane.STORE, work, self._on_decided, self._on_refused)

    @Slot(int)
    def on_file_asked(self, row: int) -> None:
        if row < len(self._waiting):
            self._go(Destination(Place.PARTICIPANT_FILE, self._waiting[row].participant_id))

    def _read(self) -> None:
        self._dispatcher.run(Lane.STORE, self._read_all, self._on_read)

    def _read_all(self) -> _Read:
        return _Read(self._sync.status(), self._sync.waiting_files(), self._sync.conflicts())

    def _on_read(self, read: _Read) -> None:
        now = self._clock.now()
        status = read.status
        kind, icon = _LOOKS[status.connection]
        state = State(kind, self._sync.in_words(status, self._words, now).split(" — ")[0], icon)
        last = status.last_success_at
        figures = Figures(
            waiting=self._speech.number(status.waiting),
            files=self._words.count("dans {n} dossier", "dans {n} dossiers", status.waiting_files)
            if status.waiting
            else "",
            conflicts=self._speech.number(status.conflicts),
            parked=self._speech.number(status.parked),
            last=self._speech.hour(last) if last else self._words.say("Jamais"),
        )
        self._page.show_state(state, self._place(status), figures)
        self._waiting = read.waiting
        self._page.show_waiting([self._waiting_row(one, now) for one in read.waiting])
        self._page.show_conflicts([(one, self._written(one, now)) for one in read.conflicts])
        if status.last_problem and self._cancel is None:
            self._page.tell("warning", self._words.say(status.last_problem))

    def _place(self, status: SyncStatus) -> str:
        if status.connection is Connection.NONE:
            return self._words.say("Entraînement : rien ne quitte ce portable")
        return self._words.say(
            "{device} — {server}", device=status.device_name, server=status.server
        )

    def _waiting_row(self, one: WaitingFile, now: datetime) -> tuple[str, str, str]:
        since = self._speech.moment(one.since, now.date())
        return one.display_name, self._speech.number(one.edits), since

    def _written(self, conflict: Conflict, now: datetime) -> tuple[str, str]:
        return (
            self._by(conflict.current_by, conflict.current_at, now),
            self._by(conflict.candidate_by, conflict.candidate_at, now),
        )

    def _by(self, who: str, when: datetime | None, now: datetime) -> str:
        if when is None:
            return who
        return self._words.say(
            "{who}, {moment}", who=who, moment=self._speech.moment(when, now.date())
        )

    def _on_done(self, run: "SyncRun") -> None:
        self._finish()
        report = run.report
        self._page.tell(
            "ok",
            self._words.say(
                "{sent} réponses envoyées, {received} reçues. Tout ce qui attendait est parti.",
                sent=report.sent,
                received=report.received,
            ),
        )

    def _on_failed(self, error: BaseException) -> None:
        self._finish()
        if isinstance(error, CancelledError):
            self._page.tell(
                "info", self._words.say("L’échange est arrêté. Ce qui est parti est bien arrivé.")
            )
        else:
            self._page.tell("warning", failures.in_words(error, self._words))
        self._dispatcher.changed.emit(self._sync.last_changes)

    def _on_decided(self, _changes: Changes) -> None:
        self._page.tell(
            "ok", self._words.say("C’est tranché. La décision part au prochain échange.")
        )

    def _on_refused(self, error: BaseException) -> None:
        self._page.tell("warning", failures.in_words(error, self._words))
        self._read()

    def _finish(self) -> None:
        self._cancel = None
        self._page.end()
