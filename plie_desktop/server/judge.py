"""Judges the edits of one batch on the records as they are; touches nothing else.

Only `push` comes in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from plie_desktop.models.domain.edit import Action
from plie_desktop.models.domain.plan import PlanState
from plie_desktop.models.domain.records import Kind
from plie_desktop.protocol.messages import Op, OutcomeCode
from plie_desktop.server import conflicts
from plie_desktop.server.access import may_write_columns, reaches, scope_of_new_root
from plie_desktop.server.conflicts import Items
from plie_desktop.server.edits import is_well_formed
from plie_desktop.server.merge import (
    Proposal,
    Ruling,
    columns_of_unit,
    decide,
    is_latest,
    seen_of,
    units,
)
from plie_desktop.server.rows import PENDING, REST, Past, Root, Row, Stamp
from plie_desktop.server.store.devices import Device

_LARGEST_FILE: Final = 8 << 20
"""Bytes that laptops may write into one file in all: it travels whole, in one message."""


@dataclass(frozen=True)
class Ground:
    """What a batch is judged on.

    Attributes:
        rows: the records the edits name, as far as they exist.
        roots: their aggregates, locked.
        erased: ids that are refused for ever.
        earlier: values that fields had at the version an author had seen.
        device_of: laptop behind each base file.
    """

    rows: dict[bytes, Row]
    roots: dict[bytes, Root]
    erased: set[bytes]
    items: Items
    earlier: Mapping[tuple[bytes, str, int], str | None]
    device_of: Mapping[int, int]


class Verdict(msgspec.Struct):
    """What became of one edit; `ref` is its review item, if it has one."""

    code: int
    ref: bytes = b""


class Numbered(msgspec.Struct, frozen=True):
    """An edit with its number and its effective clock.

    Attributes:
        spelt: the edit as the journal keeps it.
    """

    dseq: int
    hlc: int
    op: Op
    spelt: bytes

    @property
    def size(self) -> int:
        """Bytes that it adds to its file."""
        return len(self.spelt)


class Judge:
    """Judges the edits of one laptop, in order.

    Attributes:
        made: new records.
        changed: records that exist and are no longer the same.
        new_roots: aggregates that begin here.
        past: values for the history.
    """

    def __init__(self, device: Device, base_no: int, ground: Ground) -> None:
        self._device = device
        self._base_no = base_no
        self._ground = ground
        self.made: dict[bytes, Row] = {}
        self.changed: dict[bytes, Row] = {}
        self.new_roots: dict[bytes, Root] = {}
        self._touched: set[bytes] = set()
        self.past: list[Past] = []

    def save(self, edits: Sequence[Numbered]) -> Iterator[Verdict]:
        """The verdicts on the edits of one save, in order: all are taken, or all are parked."""
        erased = self._ground.erased
        if any(edit.op.root in erased for edit in edits):
            # What else was in that save is kept, but not taken into account by half.
            for edit in edits:
                is_erased = edit.op.root in erased
                yield Verdict(OutcomeCode.ERASED if is_erased else OutcomeCode.PARKED)
            return
        if not self._is_sound(edits):
            yield from (Verdict(OutcomeCode.PARKED) for _ in edits)
            return
        lost = self._lost_decisions(edits)
        # A decision closes its item before the value that goes with it comes into force.
        decided = {
            edit.dseq: self._judge(edit, lost) for edit in edits if edit.op.kind == Kind.CONFLICT
        }
        for edit in edits:
            yield decided.get(edit.dseq) or self._judge(edit, lost)

    def sizes(self) -> dict[bytes, int]:
        """The aggregates in which something changed, with their sizes."""
        return {root: self._ground.roots[root].size for root in self._touched}

    # What may be written at all

    def _is_sound(self, edits: Sequence[Numbered]) -> bool:
        made: dict[bytes, tuple[str, bytes]] = {}
        if not all(self._may_stand(edit.op, made) for edit in edits):
            return False
        sizes: dict[bytes, int] = {}
        for edit in edits:
            sizes[edit.op.root] = sizes.get(edit.op.root, 0) + edit.size
        known = self._ground.roots
        return all(
            size + (known[root].size if root in known else 0) <= _LARGEST_FILE
            for root, size in sizes.items()
        )

    def _may_stand(self, op: Op, made: dict[bytes, tuple[str, bytes]]) -> bool:
        """Whether the edit is well formed, allowed, and hangs on something that is there."""
        if not is_well_formed(op):
            return False
        kind = Kind(op.kind)
        may_write = may_write_columns(self._device.role, kind, op.values)
        if not may_write or not self._may_hang(op, made):
            return False
        row = self._ground.rows.get(op.record)
        if row is not None and _is_signed(row) and _changes(row, op):
            return False
        known = (row.kind, row.root) if row is not None else made.get(op.record)
        if known is None:
            made[op.record] = (op.kind, op.root)
            return op.action == Action.INSERT and kind is not Kind.CONFLICT
        return known == (op.kind, op.root)

    def _may_hang(self, op: Op, made: dict[bytes, tuple[str, bytes]]) -> bool:
        """Whether the file of the edit is in the laptop's scopes, or begins here."""
        root = self._ground.roots.get(op.root)
        if root is not None:
            return reaches(self._device.scopes, root.scope)
        if op.kind == Kind.PARTICIPANT:
            return scope_of_new_root(self._device.scopes) is not None
        return made.get(op.root, ("",))[0] == Kind.PARTICIPANT

    def _lost_decisions(self, edits: Sequence[Numbered]) -> set[tuple[bytes, str]]:
        """Units that this save settles although somebody else did, or another value has come."""
        decided = [edit.op for edit in edits if edit.op.kind == Kind.CONFLICT]
        items = [(self._ground.rows[op.record], op.base) for op in decided]
        return {
            conflicts.subject(item)
            for item, base in items
            if not conflicts.is_open(item) or conflicts.has_grown(item, seen_of(item, base))
        }

    # What comes of it

    def _judge(self, edit: Numbered, lost: set[tuple[bytes, str]]) -> Verdict:
        row = self._ground.rows.get(edit.op.record)
        if row is None:
            self._make(edit)
        self._ground.roots[edit.op.root].size += edit.size
        if row is None:
            return Verdict(OutcomeCode.APPLIED)
        if row.kind == Kind.CONFLICT:
            return self._settle(row, edit)
        stamp = Stamp(PENDING, self._base_no, edit.dseq, edit.hlc)
        seen = seen_of(row, edit.op.base)
        codes: list[int] = []
        verdict = Verdict(OutcomeCode.APPLIED)
        for unit, values in units(Kind(row.kind), edit.op.values).items():
            proposal = Proposal(values, seen, stamp)
            if (row.id, unit) in lost:
                self._lose(row, proposal)
                codes.append(OutcomeCode.SUPERSEDED)
                continue
            code, ref = self._merge(row, unit, proposal)
            codes.append(code)
            verdict.ref = verdict.ref or ref
        verdict.code = _gravest(codes)
        return verdict

    def _make(self, edit: Numbered) -> None:
        op = edit.op
        stamp = Stamp(PENDING, self._base_no, edit.dseq, edit.hlc)
        row = Row(op.kind, op.record, op.root, PENDING, PENDING, dict(op.values), {REST: stamp})
        if op.root not in self._ground.roots:
            scope = scope_of_new_root(self._device.scopes)
            assert scope is not None  # noqa: S101 - `_may_stand` let nothing else through
            self._ground.roots[op.root] = Root(op.root, scope, PENDING, PENDING)
            self.new_roots[op.root] = self._ground.roots[op.root]
        self._ground.rows[row.id] = row
        self.made[row.id] = row
        self._touched.add(op.root)

    def _merge(self, row: Row, unit: str, proposal: Proposal) -> tuple[int, bytes]:
        """What came of the values proposed for one unit, and the review item if there is one."""
        ruling = decide(row, unit, proposal, self._ground.device_of)
        if ruling is Ruling.APPLY:
            self._apply(row, unit, proposal)
            return OutcomeCode.APPLIED, b""
        if ruling is Ruling.SAME:
            self._keep(row, unit, proposal)
            return OutcomeCode.SAME, b""
        if ruling is Ruling.LOSE:
            self._lose(row, proposal)
            return OutcomeCode.SUPERSEDED, b""
        item, is_new = self._ground.items.add(
            row, unit, proposal, self._start_of(row, unit, proposal)
        )
        self._note(row, proposal, "candidate")
        if is_new:
            self._ground.rows[item.id] = item
            self.made[item.id] = item
        self._touch(item)
        return OutcomeCode.CONFLICT, item.id

    def _apply(self, row: Row, unit: str, proposal: Proposal) -> None:
        stamp = proposal.stamp
        for column, value in proposal.values.items():
            before = row.stamp(column)
            if before is not None:
                # An informed edit is later than what it saw, whatever its clock says.
                stamp.hlc = max(stamp.hlc, before.hlc)
                self._remember(row, column, row.data[column], "replaced", before)
            row.put(column, value, stamp)
        self._touch(row)
        items = self._ground.items
        if item := items.on(row, unit):
            items.withdraw(row, unit, proposal)
            self._touch(item)

    def _keep(self, row: Row, unit: str, proposal: Proposal) -> None:
        if item := self._ground.items.withdraw(row, unit, proposal):
            self._touch(item)
        if not is_latest(row, proposal):
            return
        for column in proposal.values:
            before = row.stamp(column)
            if before is not None and self._order(before) < self._order(proposal.stamp):
                # The value stays as old as it is; only who said it last counts for the next one.
                again = Stamp(before.ver, self._base_no, proposal.stamp.dseq, proposal.stamp.hlc)
                row.restamp(column, again)
                self.changed[row.id] = row

    def _order(self, stamp: Stamp) -> tuple[int, int]:
        return stamp.hlc, self._ground.device_of.get(stamp.base, 0)

    def _lose(self, row: Row, proposal: Proposal) -> None:
        self._note(row, proposal, "lost")

    def _settle(self, item: Row, edit: Numbered) -> Verdict:
        """A person's decision on a review item; the first one stands.

        A value that has come since is nobody's decision: the item stays open.
        """
        values = edit.op.values
        if not conflicts.is_open(item):
            # Whoever settled it, the laptop is told what stands where it noted something else.
            same = all(item.data.get(column) == value for column, value in values.items())
            return Verdict(OutcomeCode.SAME if same else OutcomeCode.SUPERSEDED)
        if conflicts.has_grown(item, seen_of(item, edit.op.base)):
            return Verdict(OutcomeCode.SUPERSEDED)
        stamp = Stamp(PENDING, self._base_no, edit.dseq, edit.hlc)
        for column, value in values.items():
            item.put(column, value, stamp)
        if not conflicts.is_open(item):
            self._ground.items.close(item)
        self._touch(item)
        return Verdict(OutcomeCode.APPLIED)

    def _start_of(self, row: Row, unit: str, proposal: Proposal) -> dict[str, str | None]:
        """The values of a unit that the author started from, as far as they are known."""
        start: dict[str, str | None] = {}
        for column in columns_of_unit(Kind(row.kind), unit):
            stamp = row.stamp(column)
            if stamp is not None and PENDING < stamp.ver <= proposal.seen:
                start[column] = row.data[column]
            elif (row.id, column, proposal.seen) in self._ground.earlier:
                start[column] = self._ground.earlier[row.id, column, proposal.seen]
        return start

    def _note(self, row: Row, proposal: Proposal, why: str) -> None:
        for column, value in proposal.values.items():
            self._remember(row, column, value, why, proposal.stamp)

    def _remember(self, row: Row, column: str, value: str | None, why: str, stamp: Stamp) -> None:
        self.past.append(Past(row.id, row.root, column, value, why, stamp))

    def _touch(self, row: Row) -> None:
        if row.id not in self.made:
            self.changed[row.id] = row
        self._touched.add(row.root)


def _is_signed(row: Row) -> bool:
    """Whether a person has put their name under it: then it stays as it is."""
    return row.kind == Kind.PLAN and row.data.get("state") == PlanState.SIGNED


def _changes(row: Row, op: Op) -> bool:
    return any(row.data.get(column) != value for column, value in op.values.items())


def _gravest(codes: Sequence[int]) -> int:
    for code in (OutcomeCode.CONFLICT, OutcomeCode.SUPERSEDED, OutcomeCode.APPLIED):
        if code in codes:
            return code
    return OutcomeCode.SAME
