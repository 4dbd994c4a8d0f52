"""One table for each kind of record that is synchronised, made from its declaration.

Every table has `id` and `root_id` (UUIDs as 16 bytes), the text columns of its kind, `_v` (the
version last received from headquarters, 0 for never) and `_extra` (columns this version does
not know, as a JSON object). A participant has three more, which never leave the laptop.
"""

from typing import Final

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    literal_column,
    text,
)

from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.models.domain.records import KINDS, Kind, RecordKind

METADATA: Final = MetaData()


# Ids are made in the order of time, so that a table kept in their order grows at its end. The id
# of an answer is made from its question: such a table would change all over with each page that
# is received, and the answers of one file would lie far apart.
_BY_ROW_NUMBER: Final = frozenset({Kind.PARTICIPANT, Kind.ANSWER})


def _identity(kind: Kind) -> list[Column[int] | Column[bytes]]:
    if kind is not Kind.PARTICIPANT:
        return [Column("id", LargeBinary, primary_key=True, nullable=False)]
    # The search index points at participants by a small integer that survives a VACUUM,
    # which the hidden row number of SQLite does not.
    return [
        Column("_seq", Integer, primary_key=True),
        Column("id", LargeBinary, nullable=False, unique=True),
        Column("_touched", Integer, nullable=False, server_default=text("0")),
        Column("_mine", Integer, nullable=False, server_default=text("0")),
    ]


def _table(kind: RecordKind) -> Table:
    return Table(
        kind.name.value,
        METADATA,
        *_identity(kind.name),
        Column("root_id", LargeBinary, nullable=False),
        *(Column(name, Text) for name in kind.column_names),
        Column("_v", Integer, nullable=False, server_default=text("0")),
        Column("_extra", Text),
        sqlite_strict=True,
        sqlite_with_rowid=kind.name in _BY_ROW_NUMBER,
    )


TABLES: Final[dict[Kind, Table]] = {name: _table(kind) for name, kind in KINDS.items()}


def _indexes() -> None:
    """What reads one file, and what the lists need without touching the rows."""
    for kind, table in TABLES.items():
        if kind not in (Kind.PARTICIPANT, Kind.STAFF, Kind.STEP):
            Index(f"{table.name}_by_root", table.c.root_id)
    people = TABLES[Kind.PARTICIPANT].c
    Index("participant_by_change", people["_touched"], people["_seq"], people.id)
    Index("participant_by_reference", people.reference)
    Index("participant_by_state", people.state, people.entry_on, people.id)
    steps = TABLES[Kind.STEP].c
    Index("step_by_root", steps.root_id, steps.state, steps.ends_on)
    interviews = TABLES[Kind.INTERVIEW].c
    is_planned = interviews.state == literal_column(f"'{InterviewState.PLANNED.value}'")
    Index("interview_planned", interviews.starts_at, sqlite_where=is_planned)
    conflicts = TABLES[Kind.CONFLICT].c
    Index("conflict_by_state", conflicts.state, conflicts.root_id)


_indexes()
