"""The incarnations of the base: a restored one must not give the same version twice.

A base that was restored or copied is known by its place: PostgreSQL gives each cluster, each
recovery and each database a number of its own. Where even that came back unchanged (a whole
machine set back), a laptop that has seen more is the proof.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from psycopg import Connection

from plie_desktop.server.store.counter import Count

_EPOCH_BITS: Final = 32
_DAWN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_APART: Final = timedelta(minutes=10)
"""A block of versions for each of these is enough until 2065: a version has 53 bits."""
_PLACE: Final = """
SELECT system_identifier::text || '/' || timeline_id || '/' || d.oid
FROM pg_control_system(), pg_control_checkpoint(), pg_database d
WHERE d.datname = current_database()
"""


def recognise(connection: Connection) -> bool:
    """Begin a new incarnation if the base is not where it was; False when it did."""
    place = connection.execute(_PLACE).fetchone()
    known = connection.execute("SELECT place FROM headquarters FOR UPDATE").fetchone()
    if place == known:
        return True
    connection.execute("UPDATE headquarters SET place = %s", place)
    if known is None or known[0] is None:
        return True
    found = connection.execute("SELECT seq FROM feed").fetchone()
    begin(connection, "the base was moved or restored", int(found[0]) if found else 0)
    return False


def resume(connection: Connection, at: datetime) -> Count:
    """Begin a new incarnation in a base that was just filled from a backup.

    Its number comes from the hour: the same backup restored again, after laptops have read from
    the first restoration, must not give the versions of that one a second time.
    """
    place = connection.execute(_PLACE).fetchone()
    connection.execute("UPDATE headquarters SET place = %s", place)
    found = connection.execute("SELECT seq FROM feed").fetchone()
    assert found is not None  # noqa: S101 - the row is made with its table
    return begin(connection, "restored from a backup", int(found[0]), (at - _DAWN) // _APART)


def begin(connection: Connection, reason: str, holds: int, after: int = 0) -> Count:
    """Start a fresh block of versions.

    `holds` is the last version that means the same as before; `after` an incarnation that is
    known to have been, although this base forgot it.
    """
    found = connection.execute("SELECT epoch, hlc FROM feed FOR UPDATE").fetchone()
    assert found is not None  # noqa: S101 - the row is made with its table
    epoch = max(found[0], after) + 1
    connection.execute(
        "INSERT INTO epoch (no, holds, reason) VALUES (%s, %s, %s)", (epoch, holds, reason)
    )
    connection.execute("UPDATE feed SET epoch = %s, seq = %s", (epoch, epoch << _EPOCH_BITS))
    return Count(epoch, epoch << _EPOCH_BITS, found[1])


def still_holds(connection: Connection, version: int, epoch: int) -> int:
    """The part of what was seen in an earlier incarnation that is still so."""
    found = connection.execute("SELECT min(holds) FROM epoch WHERE no > %s", (epoch,)).fetchone()
    holds = found[0] if found is not None else None
    return version if holds is None else min(version, int(holds))
