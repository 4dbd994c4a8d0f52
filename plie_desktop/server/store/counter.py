"""The counter of versions."""

from dataclasses import dataclass

from psycopg import Connection


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


def secret(connection: Connection) -> bytes:
    """The key of the marks on nonces and cursors."""
    found = connection.execute("SELECT secret FROM headquarters").fetchone()
    assert found is not None  # noqa: S101 - the row is made with its table
    return bytes(found[0])
