"""What backups need: whole tables out, into an empty database, and up to where they reach."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from psycopg import Connection, sql
from psycopg.abc import Buffer

TABLES: Final = (
    "headquarters",
    "epoch",
    "feed",
    "scope",
    "staff",
    "device",
    "device_grant",
    "device_base",
    "invitation",
    "root",
    "record",
    "history",
    "journal",
    "scope_exit",
    "erased",
)
"""Every table but the one that tells the step, what others refer to first."""

_FOUNDING: Final = ("headquarters", "epoch", "feed", "scope")
"""Tables that have rows from the first step on."""

# One spelling of values, whatever the two servers are set to.
_SPELLING: Final = """
SET LOCAL client_encoding TO 'UTF8';
SET LOCAL datestyle TO 'ISO, YMD';
SET LOCAL timezone TO 'UTC';
SET LOCAL bytea_output TO 'hex'
"""


@dataclass(frozen=True)
class TableCopy:
    """A table with all its rows, as text for COPY.

    Attributes:
        rows: to be gone through once.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Buffer]


# The key of backups


def backup_key(connection: Connection) -> bytes | None:
    """The public key that backups are sealed to."""
    found = connection.execute("SELECT backup_key FROM headquarters").fetchone()
    return bytes(found[0]) if found is not None and found[0] is not None else None


def set_backup_key(connection: Connection, public: bytes) -> None:
    connection.execute("UPDATE headquarters SET backup_key = %s", (public,))


# Out


@contextmanager
def tables_out(connection: Connection) -> Iterator[Iterable[TableCopy]]:
    """Every table, one after the other; each must be read through before the next."""
    connection.execute(_SPELLING)
    # Whoever stops in the midst of a table leaves the connection fit for use.
    with closing(_tables_out(connection)) as tables:
        yield tables


def _tables_out(connection: Connection) -> Generator[TableCopy]:
    for name in TABLES:
        columns = _columns(connection, name)
        with closing(_rows_out(connection, name, columns)) as rows:
            yield TableCopy(name, columns, rows)


def _columns(connection: Connection, table: str) -> list[str]:
    found = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) "
        "AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        (table,),
    )
    return [row[0] for row in found]


def _rows_out(connection: Connection, table: str, columns: Sequence[str]) -> Generator[Buffer]:
    with connection.cursor().copy(_copy(table, columns, "TO STDOUT")) as copy:
        yield from copy


def _copy(table: str, columns: Sequence[str], way: str) -> sql.Composed:
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), _named(columns), sql.SQL(way))


def _named(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


# In


def tables(connection: Connection) -> list[str]:
    """The tables that are here, whatever the step, but the one that tells it."""
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
        "AND relnamespace = current_schema()::regnamespace AND relname <> 'alembic_version'"
    )
    return [row[0] for row in found]


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever kept here; nobody else writes here until the transaction ends."""
    names = tables(connection)
    if not names:
        return True
    connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(_named(names)))
    return set(names) <= set(TABLES) and not any(
        _has_rows(connection, name) for name in names if name not in _FOUNDING
    )


def _has_rows(connection: Connection, table: str) -> bool:
    asked = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))
    found = connection.execute(asked).fetchone()
    return found is not None and bool(found[0])


def clear(connection: Connection) -> None:
    """Take out the rows of the first step: those of a backup come in their place."""
    connection.execute(sql.SQL("TRUNCATE {}").format(_named(tables(connection))))
    connection.execute(_SPELLING)


def table_in(connection: Connection, table: TableCopy) -> None:
    with connection.cursor().copy(_copy(table.name, table.columns, "FROM STDIN")) as copy:
        for piece in table.rows:
            copy.write(piece)


def number_on(connection: Connection) -> None:
    """Have rows to come numbered after those that came in with their numbers."""
    found = connection.execute(
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE a.attidentity <> '' AND c.relnamespace = current_schema()::regnamespace"
    )
    for table, column in found.fetchall():
        connection.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence({}, {}), coalesce(max({}), 0) + 1, false) "
                "FROM {}"
            ).format(table, column, sql.Identifier(column), sql.Identifier(table))
        )


# Up to where it reaches


def reached(connection: Connection, before: datetime) -> dict[int, int]:
    """The last edit of each base file that was received before a moment."""
    found = connection.execute(
        "SELECT b.no, j.dseq FROM device_base b CROSS JOIN LATERAL ("
        "SELECT dseq FROM journal WHERE base_no = b.no AND received_at < %s "
        "ORDER BY dseq DESC LIMIT 1) j",
        (before,),
    )
    return dict(found.fetchall())


def let_go(connection: Connection, reach: dict[int, int]) -> None:
    """Let laptops drop their edits up to these numbers, base file by base file."""
    connection.execute(
        "UPDATE device_base SET durable_dseq = n.dseq "
        "FROM unnest(%s::integer[], %s::bigint[]) AS n(no, dseq) "
        "WHERE device_base.no = n.no AND durable_dseq < n.dseq",
        (list(reach.keys()), list(reach.values())),
    )
