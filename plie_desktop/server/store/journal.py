"""Every edit ever received, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from psycopg import Connection

from plie_desktop.server.store import copying


@dataclass(slots=True)
class Entry:
    """An edit in the journal.

    Attributes:
        sha256: of the edit as it travelled.
        op: the edit as it travelled; None when its subject was erased.
        outcome: what the laptop was told, as it travelled; None when simply applied.
    """

    dseq: int
    sha256: bytes
    root: bytes | None
    op: bytes | None = field(repr=False)
    code: int
    outcome: bytes | None = field(repr=False)


def write(connection: Connection, base_no: int, entries: Iterable[Entry], at: datetime) -> None:
    """Add entries; they may be made while PostgreSQL takes in those before."""
    columns = "base_no, dseq, sha256, root_id, op, code, outcome, received_at"
    copying.put(connection, "journal", columns, (_line(base_no, entry, at) for entry in entries))


def _line(base_no: int, entry: Entry, at: datetime) -> str:
    root = entry.root.hex() if entry.root is not None else copying.NOTHING
    return (
        f"{base_no}\t{entry.dseq}\t{copying.raw(entry.sha256)}\t{root}\t{copying.raw(entry.op)}"
        f"\t{entry.code}\t{copying.raw(entry.outcome)}\t{at}\n"
    )


def read(
    connection: Connection, base_no: int, first: int, last: int
) -> dict[int, tuple[bytes, bytes | None]]:
    """Hash and outcome of the edits with these numbers."""
    found = connection.execute(
        "SELECT dseq, sha256, outcome FROM journal WHERE base_no = %s AND dseq BETWEEN %s AND %s",
        (base_no, first, last),
        binary=True,
    )
    return {dseq: (sha256, outcome) for dseq, sha256, outcome in found}
