"""The counter of versions, and the incarnations of the base."""

from dataclasses import dataclass
from typing import Final

from psycopg import Connection

_EPOCH_BITS: Final = 32


@dataclass(frozen=True)
class Count:
    """Where the counter stands.

    Attributes:
        seq: last version given.
        hlc: largest effective clock of all edits.
    """

    epoch: int
    seq: int
    hlc: int


def read(connection: Connection) -> Count:
    found = connection.execute("SELECT epoch, seq, hlc FROM feed", binary=True).fetchone()
    assert found is not None  # noqa: S101 - the row is made with its table
    return Count(*found)


def allocate(connection: Connection, hlc: int) -> int:
    """The version of this transaction; everybody else waits until it ends, so ask last."""
    found = connection.execute(
        "UPDATE feed SET seq = seq + 1, hlc = greatest(hlc, %s) RETURNING seq", (hlc,)
    ).fetchone()
    assert found is not None  # noqa: S101 - the row is made with its table
    return int(found[0])


def begin_epoch(connection: Connection, reason: str, after: int = 0) -> Count:
    """Start a fresh block of versions: the base was restored, some that were given are lost.

    `after` is an incarnation that is known to have been, although this base forgot it.
    """
    found = connection.execute("SELECT epoch, seq, hlc FROM feed FOR UPDATE").fetchone()
    assert found is not None  # noqa: S101 - the row is made with its table
    before = Count(*found)
    epoch = max(before.epoch, after) + 1
    connection.execute(
        "INSERT INTO epoch (no, restored_seq, reason) VALUES (%s, %s, %s)",
        (epoch, before.seq, reason),
    )
    connection.execute("UPDATE feed SET epoch = %s, seq = %s", (epoch, epoch << _EPOCH_BITS))
    return Count(epoch, epoch << _EPOCH_BITS, before.hlc)


def still_holds(connection: Connection, version: int, epoch: int) -> int:
    """The part of what was seen in an earlier incarnation that is still so."""
    found = connection.execute(
        "SELECT min(restored_seq) FROM epoch WHERE no > %s", (epoch,)
    ).fetchone()
    restored = found[0] if found is not None else None
    return version if restored is None else min(version, int(restored))


def secret(connection: Connection) -> bytes:
    """The key of the marks on nonces and cursors."""
    found = connection.execute("SELECT secret FROM headquarters").fetchone()
    assert found is not None  # noqa: S101 - the row is made with its table
    return bytes(found[0])
