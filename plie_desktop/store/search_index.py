"""Keeps the index that finds participants in step with their rows."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from plie_desktop.models.tables.search import COLUMNS, NAME

SEARCHED: Final = frozenset(
    {"first_name", "birth_name", "usage_name", "phone", "number", "commune"}
)
"""Columns of a participant that the index is made from."""

# Stored numbers are joined by `|`, French ones begin with 0: each is found as it is dialled in
# France, and French ones with the prefix of the country too.
_PHONE: Final = (
    "replace(phone, '|', ' ') || ' ' || replace(replace('|' || phone, '|0', '|33'), '|', ' ')"
)
_FILL: Final = (
    f"INSERT OR REPLACE INTO {NAME} (rowid, {', '.join(COLUMNS)}) "  # noqa: S608 - constants
    "SELECT _seq, search_words(coalesce(first_name, '') || ' ' || coalesce(birth_name, '')), "
    f"search_words(usage_name), {_PHONE}, number || ' ' || replace(number, '-', ''), "
    "search_commune(commune) FROM participant"
)

_AT_ONCE: Final = 500

_WANTED: Final = ", ".join(f"'{name}'" for name in ("", *sorted(SEARCHED)))
_FILL_DIRTY: Final = (
    f"{_FILL} WHERE id IN (SELECT pk FROM sync_dirty"  # noqa: S608 - constants
    f" WHERE tbl = 'participant' AND col IN ({_WANTED}))"
)


def refresh(connection: Connection, participants: Iterable[bytes]) -> None:
    """Index these participants anew; many at a time, for the index flushes after each statement."""
    wanted: Sequence[bytes] = tuple(participants)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        places = ", ".join("?" * len(some))
        connection.exec_driver_sql(f"{_FILL} WHERE id IN ({places})", some)


def refresh_dirty(connection: Connection) -> None:
    """Index anew the participants whose searched columns have just changed."""
    connection.exec_driver_sql(_FILL_DIRTY)


def forget(connection: Connection, participants: Iterable[bytes]) -> None:
    """Take participants out of the index, to the last word; their rows must still be there.

    The index keeps the words of a deleted or changed entry until its segments merge, hence the
    merge of all of them here. Its own secure deletion would do it at once, and make each
    correction of a name cost twenty times as much.
    """
    rows = [(one,) for one in participants]
    if rows:
        connection.exec_driver_sql(
            f"DELETE FROM {NAME} WHERE rowid = (SELECT _seq FROM participant WHERE id = ?)",  # noqa: S608 - a constant
            rows,
        )
        connection.exec_driver_sql(f"INSERT INTO {NAME} ({NAME}) VALUES ('optimize')")  # noqa: S608 - as above
