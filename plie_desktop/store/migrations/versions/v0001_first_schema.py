"""The first schema."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_LOCAL = (
    "local_state",
    "sync_dirty",
    "sync_leaving",
    "sync_outbox",
    "sync_parked",
    "sync_state",
)
_SYNCED = {
    "participant": (
        "first_contact_on first_contact_place birth_name usage_name first_name birth_date sex"
        " phone email street postcode commune number reference state entry_on referent_id taken_by"
    ),
    "answer": "field state value",
    "step": "type_code title operator place starts_on ends_on state note",
    "objective": "rank words",
    "interview": "starts_at place state note",
    "plan": "version made_on language state content",
    "conflict": (
        "kind record_id unit base current current_by current_at candidates state decision"
        " decided_by decided_at"
    ),
    "staff": "name role phone email",
}
_INDEXES = (
    ("answer_by_root", "answer", ["root_id"]),
    ("conflict_by_root", "conflict", ["root_id"]),
    ("conflict_by_state", "conflict", ["state", "root_id"]),
    ("interview_by_root", "interview", ["root_id"]),
    ("objective_by_root", "objective", ["root_id"]),
    ("participant_by_change", "participant", ["_touched", "_seq", "id"]),
    ("participant_by_reference", "participant", ["reference"]),
    ("participant_by_state", "participant", ["state", "entry_on", "id"]),
    ("plan_by_root", "plan", ["root_id"]),
    ("step_by_root", "step", ["root_id", "state", "ends_on"]),
    ("sync_outbox_by_record", "sync_outbox", ["tbl", "pk"]),
    ("sync_outbox_by_root", "sync_outbox", ["root"]),
    ("sync_parked_by_root", "sync_parked", ["root"]),
)


def upgrade() -> None:
    for name, columns in _SYNCED.items():
        _synced(name, columns.split())
    _capture()
    _exchange()
    for name, table, indexed in _INDEXES:
        op.create_index(name, table, indexed)
    planned = sa.text("state = 'PLANNED'")
    op.create_index("interview_planned", "interview", ["starts_at"], sqlite_where=planned)
    is_open = sa.text("is_open = 1")
    op.create_index("sync_outbox_open", "sync_outbox", ["dseq"], sqlite_where=is_open)
    op.execute(
        "CREATE VIRTUAL TABLE participant_search USING fts5("
        "name, usage_name, phone, number, commune, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', columnsize = 0)"
    )


def downgrade() -> None:
    op.execute("DROP TABLE participant_search")
    for name in (*_LOCAL, *_SYNCED):
        op.drop_table(name)


def _count(name: str, start: str = "0") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text(start))


def _bytes(name: str, **options: Any) -> sa.Column[bytes]:  # noqa: ANN401 - Column's own
    return sa.Column(name, sa.LargeBinary, nullable=False, **options)


def _text(name: str, **options: Any) -> sa.Column[str]:  # noqa: ANN401 - as above
    return sa.Column(name, sa.Text, nullable=False, **options)


def _synced(name: str, columns: list[str]) -> None:
    identity: list[sa.Column[Any]] = [_bytes("id", primary_key=True)]
    if name == "participant":
        identity = [
            sa.Column("_seq", sa.Integer, primary_key=True),
            _bytes("id", unique=True),
            _count("_touched"),
            _count("_mine"),
        ]
    op.create_table(
        name,
        *identity,
        _bytes("root_id"),
        *(sa.Column(column, sa.Text) for column in columns),
        _count("_v"),
        sa.Column("_extra", sa.Text),
        sqlite_strict=True,
        sqlite_with_rowid=name in ("participant", "answer"),
    )


def _capture() -> None:
    op.create_table(
        "sync_dirty",
        _text("tbl", primary_key=True),
        _bytes("pk", primary_key=True),
        _text("col", primary_key=True),
        sa.Column("old", sa.Text),
        sa.Column("base", sa.Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_outbox",
        sa.Column("dseq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tx", sa.Integer, nullable=False),
        _text("tbl"),
        _bytes("pk"),
        _bytes("root"),
        _text("action"),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("hlc", sa.Integer, nullable=False),
        _text("cells"),
        sa.Column("is_open", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sqlite_strict=True,
    )


def _exchange() -> None:
    op.create_table(
        "sync_state",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        _count("applying"),
        _bytes("db"),
        *(_count(name) for name in ("epoch", "last", "durable")),
        _bytes("cursor", server_default=sa.text("x''")),
        _count("clock"),
        *(_count(name, "1") for name in ("next_dseq", "next_tx", "next_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "sync_parked",
        sa.Column("dseq", sa.Integer, primary_key=True, autoincrement=False),
        _text("tbl"),
        _bytes("pk"),
        _bytes("root"),
        _text("columns"),
        sqlite_strict=True,
    )
    op.create_table(
        "sync_leaving",
        _bytes("root", primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_state",
        _text("key", primary_key=True),
        _bytes("value"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
