"""Applies a reply of headquarters: rows, verdicts, files that leave, and the cursor, together.

A cell with an edit that headquarters has not judged keeps its local value. Capture is silent.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any, Final, cast
from uuid import UUID

from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.sync_page import EditVerdict, RowBlock, SyncPage, Verdict
from plie_desktop.store import capture, search_index
from plie_desktop.store.leaving import Leaving
from plie_desktop.store.rows import COLUMNS
from plie_desktop.store.seal import milliseconds, tick
from plie_desktop.store.work import Work

Cell = int | bytes | str | None
Held = dict[bytes, set[str]]
"""Columns that keep their local value, by record."""

_CROWD: Final = 1000
"""New rows in a page from which the triggers of a table are worth lifting."""

_PARKED: Final = "SELECT dseq, tbl, pk, columns FROM sync_parked"
_VERSION, _ID, _ROOT, _FIRST_VALUE = range(4)
_SYSTEM: Final = ("_v", "id", "root_id")


class Applier:
    """Applies one page in the transaction under way."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._roots: set[bytes] = set()
        self._brought: set[bytes] = set()
        self._stale: set[bytes] = set()
        self._placed: set[bytes] = set()
        self._clock = 0

    def apply(self, page: SyncPage) -> frozenset[UUID]:
        """Apply it whole; gives the files touched."""
        leaving = Leaving(self._work.connection)
        with capture.silent(self._work.connection):
            last = self._acknowledge(page)
            self._move_on(page)
            for verdict in page.verdicts:
                self._judge(verdict, last)
            held = self._held(page, last)
            with capture.lifted(self._work.connection, _crowded(page)):
                for block in page.blocks:
                    self._bring(block, held.get(str(block.kind), {}))
            self._let_go(min(page.durable, last))
            # Not those that only a verdict touched: it is what a file that leaves waits for.
            leaving.stay(self._brought)
            self._roots |= self._brought
            self._put_first(self._roots - self._placed)
            self._roots.update(root.bytes for root in (*page.evict, *page.erase))
            leaving.erase([root.bytes for root in page.erase])
            if leaving.evict([root.bytes for root in page.evict]) or page.erase:
                self._work.has_removed = True
            search_index.refresh(self._work.connection, self._stale)
        return frozenset(UUID(bytes=root) for root in self._roots)

    def _acknowledge(self, page: SyncPage) -> int:
        """Note up to where headquarters has our edits.

        Within one life of the server that number only grows; a restored server may have lost
        some, which then wait again.
        """
        epoch, last = self._run("SELECT epoch, last FROM sync_state").one()
        reached = page.last if page.epoch != epoch else max(last, page.last)
        # Edits are merged only as long as nothing was applied since: what a person goes back to
        # must be sent when the value of headquarters has changed meanwhile.
        self._run("UPDATE sync_outbox SET is_open = 0 WHERE is_open = 1")
        self._run("UPDATE sync_state SET last = ?", (reached,))
        self._run("DELETE FROM sync_parked WHERE dseq > ?", (min(last, reached),))
        self._unpark(last, reached)
        return int(reached)

    def _unpark(self, last: int, reached: int) -> None:
        """A parked edit is history once a later one of the same cells was received."""
        for dseq, table, pk, columns in self._run(_PARKED).all():
            later = self._run(
                "SELECT cells FROM sync_outbox WHERE tbl = ? AND pk = ? AND dseq > ? AND dseq <= ?",
                (table, pk, max(last, dseq), reached),
            )
            if any(set(json.loads(columns)) <= json.loads(cells).keys() for (cells,) in later):
                self._run("DELETE FROM sync_parked WHERE dseq = ?", (dseq,))

    def _held(self, page: SyncPage, last: int) -> dict[str, Held]:
        """What has an unjudged edit, of the records that the page brings."""
        brought = {row[_ID] for block in page.blocks for row in block.rows}
        held: dict[str, Held] = {}
        if brought:
            waiting = "SELECT tbl, pk FROM sync_outbox WHERE dseq > ?"
            for table, pk in set(self._work.tuples(waiting, last)):
                if pk in brought:
                    held.setdefault(table, {})[pk] = self._unjudged(table, pk, last)
        return held

    def _unjudged(self, table: str, pk: bytes, last: int) -> set[str]:
        """Columns of a record with an edit that headquarters has not judged."""
        found = self._run(
            "SELECT cells FROM sync_outbox WHERE tbl = ? AND pk = ? AND dseq > ?", (table, pk, last)
        )
        return {name for (cells,) in found for name in json.loads(cells)}

    def _judge(self, verdict: EditVerdict, last: int) -> None:
        found = self._run(
            "SELECT tbl, pk, root, cells FROM sync_outbox WHERE dseq = ?", (verdict.dseq,)
        ).first()
        if found is None:
            return
        table, pk, root, cells = found
        self._roots.add(root)
        if verdict.verdict is Verdict.PARKED:
            self._run(
                "INSERT OR REPLACE INTO sync_parked (dseq, tbl, pk, root, columns)"
                " VALUES (?, ?, ?, ?, ?)",
                (verdict.dseq, table, pk, root, json.dumps(sorted(json.loads(cells)))),
            )
        kept = self._unjudged(table, pk, last) if verdict.values else set()
        values = {
            name: value
            for name, value in verdict.values.items()
            if name in COLUMNS[table] and name not in kept
        }
        if not values:
            return
        columns = ", ".join(f'"{name}" = ?' for name in values)
        self._run(f'UPDATE "{table}" SET {columns} WHERE id = ?', (*values.values(), pk))  # noqa: S608 - names of our own tables
        self._mark(table, [pk], values)

    def _bring(self, block: RowBlock, held: Held) -> None:
        table = str(block.kind)
        if table not in COLUMNS or not block.rows:
            return
        apart, plain = _parted(block, held)
        for row in apart:
            self._bring_one(table, block.columns, row, held)
        if plain:
            self._put(table, block, plain)
        self._mark(table, [cast("bytes", row[_ID]) for row in block.rows], block.columns)
        if table != Kind.STAFF:
            self._brought.update(cast("bytes", row[_ROOT]) for row in block.rows)

    def _bring_one(
        self, table: str, columns: Sequence[str], row: Sequence[Cell], held: Held
    ) -> None:
        """A row with cells that stay as they are, or with columns that are not known here."""
        values = dict(zip(columns, row[_FIRST_VALUE:], strict=True))
        record = cast("bytes", row[_ID])
        kept = held.get(record, set())
        known = [name for name in columns if name in COLUMNS[table] and name not in kept]
        system = (row[_VERSION], record, row[_ROOT])
        self._upsert(table, known, [(*system, *(values[name] for name in known))])
        unknown = {name: one for name, one in values.items() if name not in COLUMNS[table]}
        if unknown:
            old = self._run(f'SELECT _extra FROM "{table}" WHERE id = ?', (record,)).scalar()  # noqa: S608 - as above
            merged = (json.loads(old) if old else {}) | unknown
            self._run(
                f'UPDATE "{table}" SET _extra = ? WHERE id = ?',  # noqa: S608 - as above
                (json.dumps(merged, ensure_ascii=False), record),
            )

    def _put(self, table: str, block: RowBlock, rows: Sequence[Sequence[Cell]]) -> None:
        """Rows that come as they are. Whole ones are new as a rule, which is quicker to write."""
        if not block.is_whole or self._add(table, block.columns, rows) < len(rows):
            self._upsert(table, block.columns, rows)

    def _add(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
        """Insert those of the rows that are new; gives their number."""
        names, places = self._written(table, columns, rows)
        return self._many(
            f'INSERT OR IGNORE INTO "{table}" ({_listed(names)}) VALUES ({places})',  # noqa: S608 - as above
            rows,
        )

    def _upsert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        names, places = self._written(table, columns, rows)
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
        self._many(
            f'INSERT INTO "{table}" ({_listed(names)}) VALUES ({places}) '  # noqa: S608 - as above
            f"ON CONFLICT (id) DO UPDATE SET {changes}",
            rows,
        )

    def _written(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]
    ) -> tuple[list[str], str]:
        """The columns to write and their places in a statement."""
        names = [*_SYSTEM, *columns]
        places = ["?"] * len(names)
        if table == Kind.PARTICIPANT:
            names.append("_touched")
            places.append(str(self._clock))
            self._placed.update(cast("bytes", row[_ID]) for row in rows)
        return names, ", ".join(places)

    def _mark(self, table: str, records: Sequence[bytes], columns: Collection[str]) -> None:
        if table == Kind.PARTICIPANT and not search_index.SEARCHED.isdisjoint(columns):
            self._stale.update(records)

    def _move_on(self, page: SyncPage) -> None:
        """Keep the place of the exchange."""
        clock = self._run("SELECT clock FROM sync_state").scalar_one()
        self._clock = tick(max(clock, page.clock), milliseconds(self._work.clock.now()))
        self._run(
            "UPDATE sync_state SET epoch = ?, durable = ?, cursor = ?, clock = ?",
            (page.epoch, page.durable, page.cursor, self._clock),
        )

    def _let_go(self, durable: int) -> None:
        """Drop the edits that are safe at headquarters, once this page has judged them."""
        # A parked one tells from which version a later edit of its cells starts.
        self._run(
            "DELETE FROM sync_outbox WHERE dseq <= ?"
            " AND dseq NOT IN (SELECT dseq FROM sync_parked)",
            (durable,),
        )

    def _put_first(self, roots: set[bytes]) -> None:
        """What has just come goes to the top of the list."""
        self._many(
            "UPDATE participant SET _touched = ? WHERE id = ?",
            [(self._clock, root) for root in roots],
        )

    def _many(self, sql: str, rows: Sequence[Sequence[Cell]]) -> int:
        """Run it for each row; gives how many were written."""
        # The driver takes the rows as they were decoded; SQLAlchemy would copy each of them.
        driver: Any = self._work.connection.connection.driver_connection
        return int(driver.executemany(sql, rows).rowcount)

    def _run(self, sql: str, values: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401 - a result
        return self._work.connection.exec_driver_sql(sql, values)


def _parted(
    block: RowBlock, held: Held
) -> tuple[Sequence[Sequence[Cell]], Sequence[Sequence[Cell]]]:
    """The rows to be written one by one, and those that come as they are."""
    if set(block.columns) - set(COLUMNS[str(block.kind)]):
        return block.rows, ()
    if not held:
        return (), block.rows
    return (
        [row for row in block.rows if row[_ID] in held],
        [row for row in block.rows if row[_ID] not in held],
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _crowded(page: SyncPage) -> set[str]:
    """The tables that receive whole rows, when the page brings very many."""
    whole = [block for block in page.blocks if block.is_whole]
    if sum(len(block.rows) for block in whole) < _CROWD:
        return set()
    return {str(block.kind) for block in whole}
