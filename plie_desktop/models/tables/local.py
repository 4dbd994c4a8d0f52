"""Tables that never leave the laptop: capture, outbox, place of the exchange, local values."""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    literal_column,
    text,
)

from plie_desktop.models.tables.synced import METADATA


def _count(name: str, start: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text(str(start)))


STATE: Final = Table(
    "sync_state",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    _count("applying"),
    Column("db", LargeBinary, nullable=False),
    _count("epoch"),
    _count("last"),
    _count("durable"),
    Column("cursor", LargeBinary, nullable=False, server_default=text("x''")),
    _count("clock"),
    _count("next_dseq", 1),
    _count("next_tx", 1),
    _count("next_number", 1),
    sqlite_strict=True,
)
"""One row. `applying` silences the capture and is only ever 1 inside a transaction."""

DIRTY: Final = Table(
    "sync_dirty",
    METADATA,
    Column("tbl", Text, primary_key=True),
    Column("pk", LargeBinary, primary_key=True),
    Column("col", Text, primary_key=True),
    Column("old", Text),
    Column("base", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Cells changed and not sealed yet, with the first old value and the version at first touch.
An empty `col` says that the row is new."""

OUTBOX: Final = Table(
    "sync_outbox",
    METADATA,
    Column("dseq", Integer, primary_key=True, autoincrement=False),
    Column("tx", Integer, nullable=False),
    Column("tbl", Text, nullable=False),
    Column("pk", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("action", Text, nullable=False),
    Column("base", Integer, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("cells", Text, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    sqlite_strict=True,
)
"""Sealed edits. `cells` is `{column: [new, old]}`; `at` is UTC in milliseconds."""

Index("sync_outbox_by_root", OUTBOX.c.root)
Index("sync_outbox_by_record", OUTBOX.c.tbl, OUTBOX.c.pk)
Index("sync_outbox_open", OUTBOX.c.dseq, sqlite_where=OUTBOX.c.is_open == literal_column("1"))

PARKED: Final = Table(
    "sync_parked",
    METADATA,
    Column("dseq", Integer, primary_key=True, autoincrement=False),
    Column("tbl", Text, nullable=False),
    Column("pk", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("columns", Text, nullable=False),
    sqlite_strict=True,
)
"""Edits received by headquarters and not taken into account yet; `columns` is a JSON list."""

Index("sync_parked_by_root", PARKED.c.root)

LEAVING: Final = Table(
    "sync_leaving",
    METADATA,
    Column("root", LargeBinary, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Files that must leave this laptop once their last edits are safe at headquarters."""

LOCAL: Final = Table(
    "local_state",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
