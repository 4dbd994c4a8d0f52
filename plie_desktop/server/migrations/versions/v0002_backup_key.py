"""The key that backups are sealed to; its other half is kept off the machine."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE headquarters ADD COLUMN backup_key bytea CHECK (length(backup_key) = 32)"
    )
    op.execute(
        "COMMENT ON COLUMN headquarters.backup_key IS "
        "'X25519 public key that backups are sealed to; the private one is kept elsewhere.'"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE headquarters DROP COLUMN backup_key")
