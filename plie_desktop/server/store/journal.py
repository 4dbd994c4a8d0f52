"""Every edit ever received, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg import Connection


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


def write(connection: Connection, base_no: int, entries: Sequence[Entry], at: datetime) -> None:
    columns = "base_no, dseq, sha256, root_id, op, code, outcome, received_at"
    with connection.cursor().copy(f"COPY journal ({columns}) FROM STDIN") as copy:
        for entry in entries:
            root = entry.root.hex() if entry.root is not None else None
            copy.write_row(
                (base_no, entry.dseq, entry.sha256, root, entry.op, entry.code, entry.outcome, at)
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
