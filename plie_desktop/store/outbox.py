"""Sealed edits and the state of the exchange."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec

from plie_desktop.models.domain.edit import Action, Edit
from plie_desktop.models.domain.participant import display_name
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.sync_page import SyncPage
from plie_desktop.models.domain.sync_state import WaitingFile
from plie_desktop.store.apply import Applier
from plie_desktop.store.leaving import Leaving
from plie_desktop.store.ports import ExchangePlace
from plie_desktop.store.work import Work

_read_cells: Final = msgspec.json.Decoder(dict[str, tuple[str | None, str | None]]).decode


class SqlOutbox:
    """What waits for headquarters, and what came back."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def seal_stray(self) -> int:
        swept, self._work.swept = self._work.swept, 0
        return swept

    def close_open(self) -> None:
        self._work.seal()
        self._work.connection.exec_driver_sql(
            "UPDATE sync_outbox SET is_open = 0 WHERE is_open = 1"
        )

    def pending(self, *, after: int, limit: int) -> tuple[Edit, ...]:
        # An open edit may still change: it must not leave, nor what comes after it.
        rows = self._work.tuples(
            "SELECT dseq, tx, tbl, pk, root, action, base, hlc, cells FROM sync_outbox"
            " WHERE dseq > ? AND dseq < coalesce("
            "   (SELECT min(dseq) FROM sync_outbox WHERE is_open = 1), 9223372036854775807)"
            " ORDER BY dseq LIMIT ?",
            *(after, limit),
        )
        return tuple([_edit(*row) for row in rows])

    def counts(self) -> tuple[int, int, int]:
        self._work.seal()
        row = self._work.connection.exec_driver_sql(
            "SELECT count(*), count(DISTINCT root), (SELECT count(*) FROM sync_parked)"
            " FROM sync_outbox WHERE dseq > (SELECT last FROM sync_state)"
        ).one()
        return int(row[0]), int(row[1]), int(row[2])

    def waiting_files(self, *, limit: int = 100) -> tuple[WaitingFile, ...]:
        self._work.seal()
        rows = self._work.connection.exec_driver_sql(
            "SELECT root, count(*), min(at) FROM sync_outbox"
            " WHERE dseq > (SELECT last FROM sync_state)"
            " GROUP BY root ORDER BY min(dseq) LIMIT ?",
            (limit,),
        ).all()
        found = [self._waiting(UUID(bytes=root), edits, at) for root, edits, at in rows]
        unsent = {one.participant_id for one in found}
        held = (one for one in self.held_by_draft() if one not in unsent)
        return (*found, *(WaitingFile(one, self._name(one), 0, None) for one in held))

    def waiting_of(self, participant_id: UUID) -> int:
        self._work.seal()
        found = self._work.connection.exec_driver_sql(
            "SELECT count(*) FROM sync_outbox"
            " WHERE root = ? AND dseq > (SELECT last FROM sync_state)",
            (participant_id.bytes,),
        )
        return int(found.scalar_one())

    def held_by_draft(self) -> tuple[UUID, ...]:
        held = Leaving(self._work.connection).held_by_draft()
        return tuple(UUID(bytes=root) for root in held)

    def place(self) -> ExchangePlace:
        row = self._work.connection.exec_driver_sql(
            "SELECT db, epoch, last, durable, cursor, clock, next_dseq FROM sync_state"
        ).one()
        return ExchangePlace(*row)

    def start_over(self) -> None:
        self.close_open()
        run = self._work.connection.exec_driver_sql
        last, following = run("SELECT last, next_dseq FROM sync_state").one()
        run("DELETE FROM sync_outbox WHERE dseq <= ?", (last,))
        # By way of negative numbers, so that no number is ever there twice.
        run("UPDATE sync_outbox SET dseq = ? - dseq", (last,))
        run("UPDATE sync_outbox SET dseq = -dseq")
        # What is parked under the old id stays so, under numbers that no later edit is given.
        run("UPDATE sync_parked SET dseq = dseq - ?", (following,))
        run(
            "UPDATE sync_state SET db = ?, last = 0, durable = 0, cursor = x'', next_dseq = ?",
            (self._work.ids.new().bytes, following - last),
        )

    def apply(self, page: SyncPage) -> frozenset[UUID]:
        self._work.seal()
        return Applier(self._work).apply(page)

    def _waiting(self, root: UUID, edits: int, at: int) -> WaitingFile:
        since = datetime.fromtimestamp(at / 1000, UTC)
        return WaitingFile(root, self._name(root), edits, since)

    def _name(self, participant_id: UUID) -> str:
        return display_name(*self._work.name_of(participant_id))


def _edit(  # noqa: PLR0913, PLR0917 - the columns of an edit
    dseq: int,
    tx: int,
    table: str,
    pk: bytes,
    root: bytes,
    action: str,
    base: int,
    hlc: int,
    cells: str,
) -> Edit:
    values = {name: new for name, (new, _) in _read_cells(cells).items()}
    record, root_id = UUID(bytes=pk), UUID(bytes=root)
    return Edit(dseq, tx, Kind(table), record, root_id, Action(action), base, hlc, values)
