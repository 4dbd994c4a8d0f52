"""Reads the state of the exchange, runs it, and hands decisions over."""

from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.clock import PARIS, Clock
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.sync_state import (
    Conflict,
    Connection,
    Decision,
    SyncReport,
    SyncStatus,
    WaitingFile,
)
from plie_desktop.tasks import Cancel, Lane
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.qt.places import Destination, Go, Place
from plie_desktop.views.synchronisation.figures import Figures
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
        return _Read(self._sync.status(), self._sync.waiting_files(), self._sync.conflicts())

    def _on_read(self, read: _Read) -> None:
        now = self._clock.now()
        status = read.status
        self._page.show_state(
            self._state(status, now), self._place(status), self._figures(status, now)
        )
        self._waiting = read.waiting
        rows = [self._waiting_row(one, now) for one in read.waiting]
        self._page.show_waiting(rows, self._nothing_waits(status, now))
        conflicts = [(one, self._written(one, now)) for one in read.conflicts]
        self._page.conflicts.show_conflicts(conflicts)
        self._tell_problem(status)

    def _state(self, status: SyncStatus, now: datetime) -> State:
        if self._cancel is not None:
            status = replace(status, connection=Connection.RUNNING)
        kind, icon = _LOOKS[status.connection]
        if status.connection is Connection.UNTRIED and status.last_success_at is not None:
            return State(kind, self._words.say("Pas encore d’échange depuis l’ouverture"), icon)
        return State(kind, self._sync.in_words(status, self._words, now).split(" — ")[0], icon)

    def _figures(self, status: SyncStatus, now: datetime) -> Figures:
        last = status.last_success_at
        return Figures(
            waiting=self._speech.number(status.waiting),
            files=self._words.count("dans {n} dossier", "dans {n} dossiers", status.waiting_files)
            if status.waiting
            else "",
            conflicts=self._speech.number(status.conflicts),
            parked=self._speech.number(status.parked),
            last=self._speech.hour(last) if last else self._words.say("Jamais"),
            last_day=self._day(last, now) if last else "",
        )

    def _day(self, moment: datetime, now: datetime) -> str:
        day, today = (one.astimezone(PARIS).date() for one in (moment, now))
        near = {0: self._words.say("aujourd’hui"), 1: self._words.say("hier")}
        far = self._words.say("le {day}", day=self._speech.short_day(day))
        return near.get((today - day).days, far)

    def _nothing_waits(self, status: SyncStatus, now: datetime) -> str:
        last = status.last_success_at
        if last is None:
            return self._words.say("Rien n’attend sur ce portable.")
        when = self._speech.moment(last, now.date())
        return self._words.say("Tout est envoyé et confirmé, {moment}.", moment=when)

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

    def _place(self, status: SyncStatus) -> str:
        if status.connection is Connection.NONE:
            return self._words.say("Entraînement\u00a0: rien ne quitte ce portable")
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
        self._page.banner.tell("ok", self._done_words(run.report))

    def _done_words(self, report: SyncReport) -> str:
        words = self._words
        if not (report.sent or report.received):
            return words.say("Rien de nouveau, ni ici ni au siège.")
        sent = words.count("{n} réponse envoyée", "{n} réponses envoyées", report.sent)
        received = words.count("{n} reçue", "{n} reçues", report.received)
        return words.say(
            "{sent}, {received}. Tout ce qui attendait est parti.", sent=sent, received=received
        )

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
