"""Brings a database to the shape this program expects."""

from pathlib import Path
from typing import Final

import psycopg

from plie_desktop.server.store.database import UNREACHABLE, DatabaseError

STEPS: Final = Path(__file__).parent.parent / "migrations"
HEAD: Final = "0001"
"""The last step."""
_TURN: Final = 0x504C4945
"""Name of the lock by which two programs that migrate at once take turns."""


def migrate(url: str) -> None:
    """Take every step that is missing, all or none.

    Raises:
        DatabaseError: nobody answers at the address.
    """
    # Imported here: serving and inviting need neither Alembic nor SQLAlchemy.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine, text  # noqa: PLC0415
    from sqlalchemy.exc import OperationalError, ProgrammingError  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool
    )
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (OperationalError, ProgrammingError) as error:
        raise DatabaseError(UNREACHABLE) from error


def is_current(url: str) -> bool:
    """Whether the database has the shape of this program.

    Raises:
        DatabaseError: nobody answers at the address.
    """
    try:
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
            if found is None or found[0] is None:
                return False
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise DatabaseError(UNREACHABLE) from error
    return row is not None and row[0] == HEAD
