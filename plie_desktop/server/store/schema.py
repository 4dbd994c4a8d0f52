"""Brings a database to the shape this program expects."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import Connection

from plie_desktop.server.store.database import UNREACHABLE, DatabaseError

STEPS: Final = Path(__file__).parent.parent / "migrations"
HEAD: Final = "0002"
"""The last step."""
_TURN: Final = 0x504C4945
"""Name of the lock by which two programs that migrate at once take turns."""


def known() -> frozenset[str]:
    """Every step this program can take."""
    return frozenset(file.name[1:5] for file in (STEPS / "versions").glob("v[0-9]*.py"))


def migrate(url: str) -> None:
    """Take every step that is missing, all or none.

    Raises:
        DatabaseError: nobody answers at the address.
    """
    with steps(url) as (_, go_to):
        go_to(HEAD)


@contextmanager
def steps(url: str) -> Iterator[tuple[Connection, Callable[[str], None]]]:
    """A transaction of its own, and what takes its database as far as a step in it.

    Raises:
        DatabaseError: nobody answers at the address.
    """
    # Imported here: serving and inviting need neither Alembic nor SQLAlchemy.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above
    from sqlalchemy import create_engine  # noqa: PLC0415 - see above
    from sqlalchemy.exc import OperationalError, ProgrammingError  # noqa: PLC0415 - see above
    from sqlalchemy.pool import NullPool  # noqa: PLC0415 - see above

    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool
    )
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("SELECT pg_advisory_xact_lock(%s)", (_TURN,))
            config.attributes["connection"] = connection
            yield driver, lambda step: command.upgrade(config, step)
    except (OperationalError, ProgrammingError, psycopg.OperationalError) as error:
        raise DatabaseError(UNREACHABLE) from error


def current(connection: Connection) -> str | None:
    """The last step that was taken here, None before the first."""
    found = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    if found is None or found[0] is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row is not None else None


def is_current(url: str) -> bool:
    """Whether the database has the shape of this program.

    Raises:
        DatabaseError: nobody answers at the address.
    """
    try:
        with psycopg.connect(url) as connection:
            return current(connection) == HEAD
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise DatabaseError(UNREACHABLE) from error
