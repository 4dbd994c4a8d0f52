"""Triggers that record each changed cell, generated from the tables.

They are the truth of what changed, whatever wrote it: a repository, bulk SQL, a hand with a
console. `sync_dirty` keeps the first old value of a cell and the version of its row at first
touch. All of them are silent while `sync_state.applying` is 1, which is only ever set inside
a transaction. The condition on the old value keeps a write that changes nothing silent, and one
trigger per column makes an update pay for the columns it sets alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from sqlalchemy import Connection

from plie_desktop.models.domain.plan import PlanState
from plie_desktop.models.domain.records import KINDS, Kind, RecordKind
from plie_desktop.store.faults import SIGNED_PLAN

# `INSERT OR IGNORE` would not do: the conflict clause of the statement that fires a trigger
# replaces those of the statements inside, and an OR REPLACE would lose the first old value.
_RECORD: Final = """
    INSERT INTO sync_dirty (tbl, pk, col, old, base)
    SELECT '{table}', new.id, '{column}', {old}, {base}
    WHERE NOT EXISTS (SELECT 1 FROM sync_dirty
                      WHERE tbl = '{table}' AND pk = new.id AND col = '{column}');
"""
_LOUD: Final = "(SELECT applying FROM sync_state) = 0"


@cache
def triggers() -> dict[str, str]:
    """Every trigger by name."""
    found: dict[str, str] = {}
    for kind in KINDS.values():
        found |= dict(_guards(kind))
        found |= dict(_captures(kind))
    return found


def _guards(kind: RecordKind) -> Iterator[tuple[str, str]]:
    """Refuse what no one but the exchange may do: delete, change ids, write what is HQ's."""
    table = kind.name.value
    moved = " OR ".join(f"old.{name} IS NOT new.{name}" for name in ("id", "root_id", "_v"))
    yield _guard(f"keep_{table}", f'DELETE ON "{table}"', _LOUD, "records are never deleted")
    yield _guard(
        f"fix_{table}",
        f'UPDATE OF id, root_id, _v ON "{table}"',
        f"({moved}) AND {_LOUD}",
        "ids and versions come from the exchange",
    )
    if kind.written_by_server:
        fixed = ", ".join(f'"{name}"' for name in kind.column_names if name not in kind.decidable)
        for event, when in (("insert", "INSERT"), ("update", f"UPDATE OF {fixed}")):
            name = f"received_{table}_{event}"
            yield _guard(name, f'{when} ON "{table}"', _LOUD, "headquarters writes this")
    if kind.name is Kind.PLAN:
        signed = f"old.state = '{PlanState.SIGNED.value}' AND {_LOUD}"
        yield _guard("keep_signed_plan", f'UPDATE ON "{table}"', signed, SIGNED_PLAN)


def _guard(name: str, event: str, when: str, message: str) -> tuple[str, str]:
    stop = f"SELECT RAISE(ABORT, '{message}')"
    return name, f"CREATE TRIGGER {name} BEFORE {event} WHEN {when} BEGIN {stop}; END"


def _captures(kind: RecordKind) -> Iterator[tuple[str, str]]:
    table = kind.name.value
    if not kind.written_by_server:
        yield _capture(table, "", f'INSERT ON "{table}"', _LOUD, ("NULL", "new._v"))
    for column in kind.column_names:
        if not kind.written_by_server or column in kind.decidable:
            event = f'UPDATE OF "{column}" ON "{table}"'
            when = f'old."{column}" IS NOT new."{column}" AND {_LOUD}'
            yield _capture(table, column, event, when, (f'old."{column}"', "old._v"))


def _capture(
    table: str, column: str, event: str, when: str, first: tuple[str, str]
) -> tuple[str, str]:
    name = f"capture_{table}_{column}" if column else f"capture_{table}"
    record = _RECORD.format(table=table, column=column, old=first[0], base=first[1])
    return name, f"CREATE TRIGGER {name} AFTER {event} WHEN {when} BEGIN {record} END"


def install(connection: Connection) -> None:
    """Make the triggers that this version generates the only ones of the base."""
    present = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in present.fetchall():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for sql in triggers().values():
        connection.exec_driver_sql(sql)


@contextmanager
def lifted(connection: Connection, tables: Iterable[str]) -> Iterator[None]:
    """Take the triggers of new rows off these tables for a while, within this transaction.

    A silent trigger still costs its call: on the thousands of new rows of a first exchange,
    about a fifth of the time. A transaction that fails brings them back.
    """
    names = {f"capture_{table}" for table in tables} & triggers().keys()
    for name in names:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for name in names:
        connection.exec_driver_sql(triggers()[name])


@contextmanager
def silent(connection: Connection) -> Iterator[None]:
    """Write without being captured, for what comes from headquarters or never goes there."""
    connection.exec_driver_sql("UPDATE sync_state SET applying = 1")
    yield
    connection.exec_driver_sql("UPDATE sync_state SET applying = 0")
