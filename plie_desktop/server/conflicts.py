"""Review items: the values that met without having seen each other, until a person settles it.

Headquarters writes an item like any record of the same file, so it travels like any. Only the
other parts of the server come in.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from plie_desktop.models.domain.conflict_columns import ConflictState
from plie_desktop.models.domain.records import Kind, conflict_id
from plie_desktop.models.domain.sync_state import Decision
from plie_desktop.server.merge import Proposal, stamps_of_unit
from plie_desktop.server.rows import HEADQUARTERS, PENDING, REST, Row, Stamp
from plie_desktop.server.store.devices import Author

OPEN: Final = ConflictState.OPEN.value
SETTLED: Final = ConflictState.SETTLED.value
_HEADQUARTERS: Final = "Siège"
_write = msgspec.json.Encoder().encode


class Items:
    """The review items of the files of one batch.

    Args:
        rows: items that exist, open or settled.
        authors: who stands behind the stamps met here.
    """

    def __init__(self, rows: Iterable[Row], authors: Mapping[int, Author]) -> None:
        self._authors = authors
        self._by_id = {row.id: row for row in rows}
        self._open = {_place(row): row for row in self._by_id.values() if is_open(row)}

    def on(self, row: Row, unit: str) -> Row | None:
        """The open item on a unit of a record."""
        return self._open.get((row.id.hex(), unit))

    def add(
        self, row: Row, unit: str, proposal: Proposal, base: Mapping[str, str | None]
    ) -> tuple[Row, bool]:
        """The item that holds the proposal as a candidate, and whether it is a new record.

        `base` has the values of the unit that its author started from, as far as they are known.
        """
        item = self.on(row, unit)
        is_new = False
        if item is None:
            id_ = id_of(row, unit)
            item = self._by_id.get(id_)
            if item is None:
                item, is_new = _fresh(id_, row, unit, proposal.stamp.hlc), True
                self._by_id[id_] = item
            self._reopen(item, base, proposal.stamp.hlc)
        author = self._authors[proposal.stamp.base]
        candidate = {
            "by": author.name,
            "at": _moment(proposal.stamp),
            "values": {**base, **proposal.values},
            "device": author.prefix,
        }
        kept = [other for other in _candidates(item) if other["device"] != author.prefix]
        self._put(item, {"candidates": _text([*kept, candidate])}, proposal.stamp.hlc)
        self.refresh(row, unit, proposal.stamp.hlc)
        return item, is_new

    def withdraw(self, row: Row, unit: str, proposal: Proposal) -> Row | None:
        """The author now says something else: drop what they had proposed."""
        item = self.on(row, unit)
        if item is None:
            return None
        prefix = self._authors[proposal.stamp.base].prefix
        kept = [other for other in _candidates(item) if other["device"] != prefix]
        self._put(item, {"candidates": _text(kept)}, proposal.stamp.hlc)
        self.refresh(row, unit, proposal.stamp.hlc)
        return item

    def refresh(self, row: Row, unit: str, hlc: int) -> Row | None:
        """Bring the open item up to the values in force; an item without alternative is settled."""
        item = self.on(row, unit)
        if item is None:
            return None
        candidates = _candidates(item)
        columns = {column for candidate in candidates for column in candidate["values"]}
        latest = max(stamps_of_unit(row, unit), key=lambda stamp: stamp.hlc)
        author = self._authors.get(latest.base)
        left = [
            candidate
            for candidate in candidates
            if any(row.data.get(column) != value for column, value in candidate["values"].items())
        ]
        values = {
            "current": _text({column: row.data.get(column) for column in sorted(columns)}),
            "current_by": author.name if author is not None else _HEADQUARTERS,
            "current_at": _moment(latest),
            "candidates": _text(left),
        }
        if not left:
            values |= {"state": SETTLED, "decision": Decision.KEEP.value}
            del self._open[_place(item)]
        self._put(item, values, hlc)
        return item

    def close(self, item: Row) -> None:
        """A person settled it."""
        self._open.pop(_place(item), None)

    def _reopen(self, item: Row, base: Mapping[str, str | None], hlc: int) -> None:
        cleared = {"decision": None, "decided_by": None, "decided_at": None}
        before = {"base": _text(base) if base else "", "candidates": "[]"}
        self._put(item, {"state": OPEN, **before, **cleared}, hlc)
        self._open[_place(item)] = item

    @staticmethod
    def _put(item: Row, values: Mapping[str, str | None], hlc: int) -> None:
        stamp = Stamp(PENDING, HEADQUARTERS, 0, hlc)
        for column, value in values.items():
            if column not in item.data or item.data[column] != value:
                item.put(column, value, stamp)


def id_of(row: Row, unit: str) -> bytes:
    """The id of the item opened on the value now in force."""
    version = max(stamp.ver for stamp in stamps_of_unit(row, unit))
    return conflict_id(UUID(bytes=row.id), unit, version).bytes


def is_open(item: Row) -> bool:
    return item.data.get("state") == OPEN


def has_grown(item: Row, seen: int) -> bool:
    """Whether it holds a value that nobody could read in that version of it."""
    stamps = (item.stamp(column) for column in ("current", "candidates"))
    return any(stamp is not None and stamp.ver > seen for stamp in stamps)


def subject(item: Row) -> tuple[bytes, str]:
    """The record and the unit that an item is about."""
    record, unit = _place(item)
    return bytes.fromhex(record), unit


def _place(item: Row) -> tuple[str, str]:
    return item.data["record_id"] or "", item.data["unit"] or ""


def _fresh(id_: bytes, row: Row, unit: str, hlc: int) -> Row:
    data: dict[str, str | None] = {"kind": row.kind, "record_id": row.id.hex(), "unit": unit}
    stamp = Stamp(PENDING, HEADQUARTERS, 0, hlc)
    return Row(Kind.CONFLICT, id_, row.root, PENDING, PENDING, data, {REST: stamp})


def _candidates(item: Row) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = msgspec.json.decode(item.data.get("candidates") or "[]")
    return found


def _text(value: object) -> str:
    return _write(value).decode()


def _moment(stamp: Stamp) -> str:
    """When a value was written, by its effective clock."""
    return datetime.fromtimestamp((stamp.hlc >> 16) / 1000, UTC).isoformat(timespec="seconds")
