"""What left and what waits, conflicts to settle, and the exchange with headquarters."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

import msgspec

from plie_desktop.clock import Chance, Clock
from plie_desktop.errors import PlieError, ServerError, ServerRefusedError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.sync_state import (
    Conflict,
    Connection,
    Decision,
    SyncReport,
    SyncStatus,
    WaitingFile,
)
from plie_desktop.protocol.messages import PAGE_BYTES
from plie_desktop.services import conflict_words, sync_words
from plie_desktop.services.exchanging import Cycle, OnStore
from plie_desktop.services.identity import Identity
from plie_desktop.store.ports import Store, Transaction
from plie_desktop.sync import schedule
from plie_desktop.sync.client import SyncClient
from plie_desktop.tasks import Cancel, Progress
from plie_desktop.text import N_, Words

_KEY: Final = "sync"
_PRECISION: Final = 1 << 32

Connect = Callable[[Transaction], SyncClient]
"""Makes the client from the signing key that the base holds."""


@dataclass(frozen=True)
class SyncRun:
    """What one cycle did, and the screens it concerns."""

    report: SyncReport
    changes: Changes


class _Past(msgspec.Struct, frozen=True):
    """How the last tries ended."""

    success_at: datetime | None = None
    problem: str = ""


class SyncService:
    """Exchanges with headquarters, one cycle at a time."""

    def __init__(
        self,
        store: Store,
        identity: Identity,
        clock: Clock,
        chance: Chance,
        on_store: OnStore,
        connect: Connect,
    ) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._chance = chance
        self._on_store = on_store
        self._connect = connect
        self._client: SyncClient | None = None
        self._turn = threading.Lock()
        self._connection = Connection.NONE if identity.is_practice else Connection.UNTRIED
        self._failures = 0
        self._want = PAGE_BYTES
        self.last_changes = Changes()
        """What the last cycle changed, also when it was cut short."""

    def status(self) -> SyncStatus:
        """The true state, counted in the base."""
        with self._store.read() as transaction:
            waiting, files, parked = transaction.outbox.counts()
            conflicts = len(transaction.conflicts.open())
            held = len(transaction.outbox.held_by_draft())
            past = _read_past(transaction)
        return SyncStatus(
            connection=self._connection,
            waiting=waiting,
            waiting_files=files,
            parked=parked,
            conflicts=conflicts,
            held=held,
            last_success_at=past.success_at,
            last_problem=past.problem,
            server=self._identity.server,
            device_name=self._identity.device_name,
        )

    def waiting_files(self) -> tuple[WaitingFile, ...]:
        """Participants with edits that have not left, or who left but for a draft."""
        with self._store.read() as transaction:
            return transaction.outbox.waiting_files()

    def conflicts(self, words: Words) -> tuple[Conflict, ...]:
        """Open conflicts in words."""
        with self._store.read() as transaction:

            def name_of(staff_id: UUID) -> str:
                member = transaction.staff.get(staff_id)
                return member.name if member else ""

            return tuple(
                conflict_words.in_words(one, name_of, words) for one in transaction.conflicts.open()
            )

    def settle(self, conflict_id: UUID, decision: Decision) -> Changes:
        """Write how a conflict is settled; it leaves with the next exchange.

        Raises:
            NotAllowedError: this role settles nothing.
            RefusedInputError: it is settled already.
        """
        self._identity.require(Kind.CONFLICT)
        with self._store.write() as transaction:
            participant_id = transaction.conflicts.settle(
                conflict_id, decision, self._identity.staff.name, self._clock.now()
            )
        return Changes(frozenset({participant_id}), sync=True)

    def run_once(self, progress: Progress, cancel: Cancel) -> SyncRun:
        """Exchange until both sides are even. For the network lane.

        Raises:
            ServerUnreachableError: no answer, or not headquarters'; what was applied stays.
            ServerRefusedError: headquarters refused, or this vault has none.
            CancelledError: the person asked to stop.
        """
        if self._identity.is_practice:
            raise ServerRefusedError(
                N_("Ce coffre est un entraînement : il n’a pas de siège. Rien n’est envoyé.")
            )
        with self._turn:
            cancel.check()
            return self._run(progress, cancel)

    def in_words(self, status: SyncStatus, words: Words, now: datetime) -> str:
        """The text of the pill."""
        return sync_words.in_words(status, words, now)

    def seconds_until_next(self) -> float:
        """How long to wait before the next cycle by itself: longer after each failure."""
        drawn = int.from_bytes(self._chance.take(4), "big") / _PRECISION
        return schedule.pause(self._failures, drawn)

    def close(self) -> None:
        """Let go of the line."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _run(self, progress: Progress, cancel: Cancel) -> SyncRun:
        was = self._connection
        self._connection = Connection.RUNNING
        self.last_changes = Changes(sync=True)
        try:
            report = self._cycle(progress, cancel)
        except CancelledError:
            self._connection = was
            raise
        except PlieError as error:
            self._failed(error)
            raise
        finally:
            if self._connection is Connection.RUNNING:
                self._connection = Connection.OFFLINE
        self._succeeded()
        return SyncRun(report, self.last_changes)

    def _cycle(self, progress: Progress, cancel: Cancel) -> SyncReport:
        client = self._client = self._client or self._on_store(self._connected)
        cycle = Cycle(self._store, self._on_store, client, self._clock, self._want)
        try:
            return cycle.run(progress, cancel)
        finally:
            self._want = cycle.want or PAGE_BYTES
            self.last_changes = Changes(cycle.touched, sync=True)

    def _connected(self) -> SyncClient:
        with self._store.read() as transaction:
            return self._connect(transaction)

    def _succeeded(self) -> None:
        self._failures = 0
        past = _Past(success_at=self._clock.now())
        self._on_store(partial(self._remember, past))
        self._connection = Connection.ONLINE

    def _failed(self, error: PlieError) -> None:
        self._failures += 1
        self._connection = Connection.OFFLINE
        if isinstance(error, ServerError):
            self._on_store(partial(self._note, error.sentence))

    def _note(self, problem: str) -> None:
        with self._store.write() as transaction:
            past = _Past(_read_past(transaction).success_at, problem)
            transaction.local.put(_KEY, msgspec.json.encode(past))

    def _remember(self, past: _Past) -> None:
        with self._store.write() as transaction:
            transaction.local.put(_KEY, msgspec.json.encode(past))


def _read_past(transaction: Transaction) -> _Past:
    raw = transaction.local.get(_KEY)
    return msgspec.json.decode(raw, type=_Past) if raw is not None else _Past()
