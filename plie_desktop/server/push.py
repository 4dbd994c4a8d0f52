"""Takes in a batch of edits: journal, judgement and versions in one transaction.

Only `exchange` comes in.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, groupby
from typing import Final

import msgspec
import psycopg
from psycopg import Connection

from plie_desktop.models.domain.records import Kind
from plie_desktop.protocol.messages import Op, Outcome, OutcomeCode
from plie_desktop.server import conflicts
from plie_desktop.server.access import reaches
from plie_desktop.server.conflicts import Items
from plie_desktop.server.judge import Ground, Judge, Numbered, Verdict
from plie_desktop.server.merge import (
    Proposal,
    columns_of_unit,
    is_unseen,
    seen_of,
    stamps_of_unit,
    units,
)
from plie_desktop.server.refusal import RequestRefusedError
from plie_desktop.server.rows import PENDING, Row, Stamp
from plie_desktop.server.store import counter, devices, journal, records
from plie_desktop.server.store.devices import Base, Device
from plie_desktop.server.store.journal import Entry

_ID_BYTES: Final = 16
_CLOCK_BITS: Final = 16
_DID_NOT_PREVAIL: Final = (OutcomeCode.CONFLICT, OutcomeCode.SUPERSEDED)
# One spelling, whatever the order of the columns: the same edit has the same hash for ever.
_spell = msgspec.msgpack.Encoder(order="deterministic").encode
_read_outcome = msgspec.msgpack.Decoder(Outcome).decode


class Push:
    """Takes in the edits of one base file, under the lock of its laptop.

    Args:
        tolerance: how far ahead of ours a laptop's clock may count.
    """

    def __init__(
        self,
        connection: Connection,
        device: Device,
        base: Base,
        now: datetime,
        tolerance: timedelta,
    ) -> None:
        self._connection = connection
        self._device = device
        self._base = base
        self._now = now
        self._latest_clock = int((now + tolerance).timestamp() * 1000) << _CLOCK_BITS

    def take(self, first: int, ops: Sequence[Op]) -> list[Outcome]:
        """The outcomes of these edits that were not simply applied.

        Raises:
            RequestRefusedError: a number is missing, or was used for another edit.
        """
        last = self._base.last
        if first > last + 1:
            raise RequestRefusedError("gap", expected=last + 1)
        known = max(0, min(len(ops), last + 1 - first))
        outcomes = self._told_before(first, ops[:known])
        if fresh := ops[known:]:
            numbered = self._numbered(first + known, fresh)
            verdicts = self._judge_all(numbered)
            outcomes += map(_outcome, numbered, verdicts)
            devices.advance(
                self._connection,
                self._base.no,
                numbered[-1].dseq,
                max(edit.hlc for edit in numbered),
                self._skew(fresh),
            )
        told = [one for one in outcomes if one.code != OutcomeCode.APPLIED]
        return self._with_values(told, dict(enumerate(ops, first)))

    def _with_values(self, outcomes: list[Outcome], ops: dict[int, Op]) -> list[Outcome]:
        """The outcomes, those of edits that did not prevail with the values now in force.

        They are read at the end: a later edit of the same batch may have prevailed since.
        """
        lost = {ops[one.dseq].record for one in outcomes if one.code in _DID_NOT_PREVAIL}
        rows = records.load(self._connection, lost) if lost else {}
        scopes = (
            records.scopes(self._connection, {row.root for row in rows.values()}) if rows else {}
        )

        def told(one: Outcome) -> Outcome:
            op = ops[one.dseq]
            row = rows.get(op.record)
            # The file of an edit that is told again may have left the laptop's scopes.
            if row is None or not reaches(self._device.scopes, scopes[row.root]):
                return one
            return msgspec.structs.replace(
                one, values={name: row.data.get(name) for name in op.values}
            )

        return [told(one) if one.code in _DID_NOT_PREVAIL else one for one in outcomes]

    def _told_before(self, first: int, ops: Sequence[Op]) -> list[Outcome]:
        if not ops:
            return []
        entries = journal.read(self._connection, self._base.no, first, first + len(ops) - 1)
        outcomes = []
        for dseq, op in enumerate(ops, first):
            sha256, outcome = entries[dseq]
            if sha256 != _hash(_spell(op)):
                raise RequestRefusedError("fork")
            if outcome is not None:
                outcomes.append(_read_outcome(outcome))
        return outcomes

    def _numbered(self, first: int, ops: Sequence[Op]) -> list[Numbered]:
        """The edits with their effective clocks: never behind the last one, never far ahead."""
        numbered = []
        hlc = self._base.hlc
        for dseq, op in enumerate(ops, first):
            hlc = max(hlc, min(op.hlc, self._latest_clock))
            numbered.append(Numbered(dseq, hlc, op, _spell(op)))
        return numbered

    def _skew(self, ops: Sequence[Op]) -> int:
        ours = int(self._now.timestamp() * 1000)
        # Kept for information, in a column of 64 bits: a clock of nonsense is cut off.
        return min((ops[-1].hlc >> _CLOCK_BITS) - ours, 1 << 50)

    # One transaction, or save by save when one of them cannot be kept

    def _judge_all(self, edits: Sequence[Numbered]) -> list[Verdict]:
        saves = [list(group) for _, group in groupby(edits, key=lambda edit: edit.op.tx)]
        try:
            with self._connection.transaction():
                return self._judge_saves(saves)
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError):
            return [verdict for save in saves for verdict in self._judge_alone(save)]

    def _judge_alone(self, save: list[Numbered]) -> list[Verdict]:
        try:
            with self._connection.transaction():
                return self._judge_saves([save])
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError):
            parked = [Verdict(OutcomeCode.PARKED) for _ in save]
            self._write_journal(map(_entry, save, parked))
            return parked

    def _judge_saves(self, saves: Sequence[list[Numbered]]) -> list[Verdict]:
        edits = [edit for save in saves for edit in save]
        judge = Judge(self._device, self._base.no, self._ground(edits))
        verdicts: list[Verdict] = []

        def entries() -> Iterator[Entry]:
            # Judged one by one while PostgreSQL takes in the entries of those before.
            for edit, verdict in zip(
                edits, chain.from_iterable(map(judge.save, saves)), strict=True
            ):
                verdicts.append(verdict)
                yield _entry(edit, verdict)

        self._write_journal(entries())
        self._keep(judge, max(edit.hlc for edit in edits))
        return verdicts

    def _write_journal(self, entries: Iterable[Entry]) -> None:
        journal.write(self._connection, self._base.no, entries, self._now)

    def _keep(self, judge: Judge, hlc: int) -> None:
        """Write what changed; the version is allocated as late as can be."""
        new_roots = list(judge.new_roots.values())
        if new_roots:
            records.claim_roots(self._connection, new_roots)
        version = counter.allocate(self._connection, hlc)
        for row in (*judge.made.values(), *judge.changed.values()):
            _stamp(row, version)
        for past in judge.past:
            if past.stamp.ver == PENDING:
                past.stamp.ver = version
        records.bump_roots(self._connection, judge.sizes(), version)
        records.insert(self._connection, list(judge.made.values()))
        records.update(self._connection, list(judge.changed.values()))
        records.remember(self._connection, judge.past, self._now)

    # What the edits are judged on

    def _ground(self, edits: Sequence[Numbered]) -> Ground:
        ops = [edit.op for edit in edits]
        root_ids = {op.root for op in ops if len(op.root) == _ID_BYTES}
        roots = records.lock_roots(self._connection, root_ids)
        erased = records.erased_roots(self._connection, root_ids - roots.keys())
        # In a file that begins here there is no record yet; one with the id of another file's
        # cannot be kept, and is parked with its save.
        ids = {op.record for op in ops if op.root in roots and len(op.record) == _ID_BYTES}
        rows = records.load(self._connection, ids) if ids else {}
        items: list[Row] = []
        earlier: dict[tuple[bytes, str, int], str | None] = {}
        bases = {self._base.no}
        if rows:
            unseen = list(_unseen(ops, rows, self._base.no))
            item_ids = {conflicts.id_of(row, unit) for row, unit, _ in unseen}
            found = records.load(self._connection, item_ids - rows.keys()).values()
            items = [
                *records.open_conflicts(self._connection, {row.root for row in rows.values()}),
                *(row for row in found if row.kind == Kind.CONFLICT),
            ]
            # An item is one object, whether it was named by an edit or found open.
            items = [rows.setdefault(item.id, item) for item in items]
            items += [row for row in rows.values() if row.kind == Kind.CONFLICT]
            earlier = records.values_at(self._connection, list(_replaced(unseen)))
            bases |= {base for row in rows.values() for base in row.writers()}
        authors = devices.authors(self._connection, sorted(bases))
        device_of = {no: author.device for no, author in authors.items()}
        return Ground(rows, roots, erased, Items(items, authors), earlier, device_of)


def _unseen(
    ops: Iterable[Op], rows: dict[bytes, Row], base_no: int
) -> Iterable[tuple[Row, str, int]]:
    """The units in which an author did not see what is there, with the version they had seen."""
    for op in ops:
        row = rows.get(op.record)
        if row is None or row.kind == Kind.CONFLICT or row.kind != op.kind:
            continue
        stamp, seen = Stamp(PENDING, base_no, 0, 0), seen_of(row, op.base)
        for unit, values in units(Kind(row.kind), op.values).items():
            if is_unseen(stamps_of_unit(row, unit), Proposal(values, seen, stamp)):
                yield row, unit, seen


def _replaced(unseen: Iterable[tuple[Row, str, int]]) -> Iterable[tuple[bytes, str, int]]:
    for row, unit, seen in unseen:
        for column in columns_of_unit(Kind(row.kind), unit):
            stamp = row.stamp(column)
            if stamp is not None and stamp.ver > seen:
                yield row.id, column, seen


def _stamp(row: Row, version: int) -> None:
    if row.created_ver == PENDING:
        row.created_ver = version
    for stamp in row.meta.values():
        if stamp.ver == PENDING:
            stamp.ver = version
        row.ver = max(row.ver, stamp.ver)


def _entry(edit: Numbered, verdict: Verdict) -> Entry:
    is_plain = verdict.code == OutcomeCode.APPLIED
    return Entry(
        edit.dseq,
        _hash(edit.spelt),
        edit.op.root if len(edit.op.root) == _ID_BYTES else None,
        # Of an erased subject nothing is kept, not even what comes late.
        None if verdict.code == OutcomeCode.ERASED else edit.spelt,
        verdict.code,
        None if is_plain else msgspec.msgpack.encode(_outcome(edit, verdict)),
    )


def _outcome(edit: Numbered, verdict: Verdict) -> Outcome:
    return Outcome(edit.dseq, verdict.code, verdict.ref)


def _hash(spelt: bytes) -> bytes:
    return hashlib.sha256(spelt).digest()
