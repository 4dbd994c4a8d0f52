"""Turns the cells changed by a save into edits for headquarters, in the same transaction.

One edit per save and record, numbered without a hole. Saves of a form that is being typed in
merge into the record's last edit as long as that one is open: it has not left and it is not older
than five minutes. Columns that are judged as one (an address, two dates, the state and the value
of an answer) are sent as one, so that headquarters never puts halves of two people together.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection

from plie_desktop.clock import Clock
from plie_desktop.models.domain.edit import Action
from plie_desktop.models.domain.records import KINDS
from plie_desktop.store import search_index
from plie_desktop.store.rows import COLUMNS

OPEN_FOR: Final = 5 * 60 * 1000
"""Milliseconds after the last save during which an edit may still be merged into."""

_LARGEST_MOMENT: Final = (1 << 46) - 1
"""Milliseconds (year 4199): a wilder clock would overflow the 63 bits of the hybrid clock."""

_LARGEST_CLOCK: Final = 1 << 62

_ORDER: Final = {name.value: place for place, name in enumerate(KINDS)}

_UNIT: Final = {
    name.value: {column.name: column.merge_unit for column in kind.columns}
    for name, kind in KINDS.items()
}
"""What each column is judged with, by table."""

Cells = dict[str, list[str | None]]


@dataclass
class _Earlier:
    """An edit of the same record that headquarters has not taken into account."""

    dseq: int
    tx: int
    base: int
    cells: Cells
    is_open: bool
    at: int


@dataclass
class _Touched:
    """A record changed since the last seal."""

    table: str
    pk: bytes
    root: bytes
    is_new: bool
    base: int
    cells: Cells
    earlier: list[_Earlier] = field(default_factory=list)


def milliseconds(moment: datetime) -> int:
    """UTC milliseconds, held within what the hybrid clock can count."""
    return min(max(int(moment.timestamp() * 1000), 0), _LARGEST_MOMENT)


def tick(clock: int, now: int) -> int:
    """The next value of the hybrid logical clock: milliseconds << 16 | counter."""
    return max(min(clock, _LARGEST_CLOCK) + 1, now << 16)


class Sealer:
    """Seals what is in `sync_dirty`, during one transaction.

    It may be asked several times in a transaction (a list read in the middle must show what was
    written just before): all of it is one save, with one edit per record.
    """

    def __init__(self, connection: Connection, clock: Clock, *, autosave: bool) -> None:
        self._connection = connection
        self._clock = clock
        self._autosave = autosave
        self._tx = 0

    def seal(self) -> int:
        """Seal what has not been sealed yet; gives the number of records concerned."""
        touched = self._touched()
        if not touched:
            return 0
        now = milliseconds(self._clock.now())
        dseq, tx, clock = self._one("SELECT next_dseq, next_tx, clock FROM sync_state")
        hlc = tick(clock, now)
        if not self._tx:
            self._tx, tx = tx, tx + 1
        new: list[tuple[Any, ...]] = []
        for record in touched:
            if not record.cells and not record.is_new:
                continue
            last = record.earlier[-1] if record.earlier else None
            if last and self._takes(last, now) and last.base == _base(record):
                self._merge(last, record, hlc, now)
                continue
            cells = _json(record.cells)
            new.append((dseq, self._tx, *_edit(record), hlc, cells, self._autosave, now))
            dseq += 1
        self._many(
            "INSERT INTO sync_outbox (dseq, tx, tbl, pk, root, action, base, hlc, cells,"
            " is_open, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new,
        )
        self._run("UPDATE sync_state SET next_dseq = ?, next_tx = ?, clock = ?", (dseq, tx, hlc))
        search_index.refresh_dirty(self._connection)
        self._run("DELETE FROM sync_dirty")
        self._many(
            "UPDATE participant SET _touched = ? WHERE id = ?",
            [(hlc, root) for root in {record.root for record in touched}],
        )
        return len(touched)

    def _takes(self, last: _Earlier, now: int) -> bool:
        """Whether a record's last edit may still be merged into."""
        if last.tx == self._tx:
            return True
        return self._autosave and last.is_open and 0 <= now - last.at <= OPEN_FOR

    def _touched(self) -> list[_Touched]:
        dirty = self._connection.exec_driver_sql(
            "SELECT tbl, pk, col, old, base FROM sync_dirty ORDER BY tbl, pk"
        ).fetchall()
        if not dirty:
            return []
        found: list[_Touched] = []
        for table, cells in groupby(dirty, key=lambda cell: cell[0]):
            current = self._current(table)
            earlier = self._earlier(table)
            for pk, group in groupby(cells, key=lambda cell: cell[1]):
                if pk not in current:
                    continue
                record = _compare(table, current[pk], list(group))
                record.earlier = earlier.get(pk, [])
                found.append(record)
        # File after file, each before its records: no edit refers to what is not there yet, and
        # what is sent of a large save before the line is cut are whole files.
        found.sort(key=lambda record: (record.root, _ORDER[record.table]))
        return found

    def _current(self, table: str) -> dict[bytes, Any]:
        columns = ", ".join(f't."{name}"' for name in COLUMNS[table])
        rows = self._connection.exec_driver_sql(
            f"SELECT t.id, t.root_id, {columns} FROM "  # noqa: S608 - names of our own tables
            "(SELECT DISTINCT pk FROM sync_dirty WHERE tbl = ?) AS d "
            f'JOIN "{table}" AS t ON t.id = d.pk',
            (table,),
        )
        return {row[0]: row for row in rows}

    def _earlier(self, table: str) -> dict[bytes, list[_Earlier]]:
        rows = self._connection.exec_driver_sql(
            "SELECT o.pk, o.dseq, o.tx, o.base, o.cells, o.is_open, o.at FROM "
            "(SELECT DISTINCT pk FROM sync_dirty WHERE tbl = ?) AS d "
            "JOIN sync_outbox AS o ON o.tbl = ? AND o.pk = d.pk "
            "WHERE o.dseq > (SELECT last FROM sync_state)"
            " OR o.dseq IN (SELECT dseq FROM sync_parked) ORDER BY o.dseq",
            (table, table),
        )
        found: dict[bytes, list[_Earlier]] = {}
        for pk, dseq, tx, base, cells, is_open, at in rows:
            found.setdefault(pk, []).append(
                _Earlier(dseq, tx, base, json.loads(cells), bool(is_open), at)
            )
        return found

    def _merge(self, last: _Earlier, record: _Touched, hlc: int, now: int) -> None:
        """Bring a later save into an open edit: its new values, the first old ones."""
        merged = dict(last.cells)
        for name, (new, old) in record.cells.items():
            merged[name] = [new, merged[name][1] if name in merged else old]
        units = _changed_units(record.table, merged)
        unit = _UNIT[record.table]
        merged = {name: cell for name, cell in merged.items() if unit[name] in units}
        self._run(
            "UPDATE sync_outbox SET cells = ?, hlc = ?, at = ? WHERE dseq = ?",
            (_json(merged), hlc, now, last.dseq),
        )

    def _one(self, sql: str) -> Any:  # noqa: ANN401 - columns of several types
        return self._connection.exec_driver_sql(sql).one()

    def _run(self, sql: str, values: tuple[Any, ...] = ()) -> None:
        self._connection.exec_driver_sql(sql, values)

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if values := list(rows):
            self._connection.exec_driver_sql(sql, values)


def _compare(table: str, row: Any, cells: list[Any]) -> _Touched:  # noqa: ANN401 - driver rows
    """What changed between the old values and the row as it stands now."""
    values = dict(zip(COLUMNS[table], row[2:], strict=True))
    is_new = any(col == "" for _, _, col, _, _ in cells)
    if is_new:
        changed: Cells = {
            name: [value, None] for name, value in values.items() if value is not None
        }
    else:
        changed = {col: [values[col], old] for _, _, col, old, _ in cells if values[col] != old}
        units = _changed_units(table, changed)
        changed = {
            name: changed.get(name, [value, value])
            for name, value in values.items()
            if _UNIT[table][name] in units
        }
    return _Touched(table, row[0], row[1], is_new, min(cell[4] for cell in cells), changed)


def _changed_units(table: str, cells: Cells) -> set[str]:
    """The units in which a value is no longer the first one."""
    return {_UNIT[table][name] for name, (new, old) in cells.items() if new != old}


def _edit(record: _Touched) -> tuple[str, bytes, bytes, str, int]:
    action = Action.INSERT if record.is_new else Action.UPDATE
    return record.table, record.pk, record.root, action.value, _base(record)


def _base(record: _Touched) -> int:
    """The version that the author of these cells had seen.

    A cell with an edit still under way, or parked, was never shown with what came meanwhile: the
    new edit starts from the same version as that one.
    """
    bases = [one.base for one in record.earlier if one.cells.keys() & record.cells.keys()]
    return min([record.base, *bases])


def _json(cells: Cells) -> str:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
