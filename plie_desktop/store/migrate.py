"""Brings an older base up to this version, at unlock, after a checked copy beside it."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine

from plie_desktop.errors import VaultDamagedError, VaultError
from plie_desktop.store import capture, engine, schema
from plie_desktop.text import N_

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS: Final = Path(__file__).resolve().parent / "migrations"

NO_TABLES: Final = N_(
    "La base s’ouvre mais elle ne contient rien. Remettez une copie du coffre ou appelez le siège."
)
NEWER: Final = N_(
    "Cette base vient d’une version plus récente du programme. "
    "Installez la mise à jour, puis recommencez."
)
BAD_COPY: Final = N_(
    "La copie de sûreté de la base ne se relit pas : la mise à jour n’a pas commencé. "
    "Appelez le siège."
)


def upgrade(opened: Engine, path: Path, key: bytes, salt: bytes) -> None:
    """Do nothing when the base is of this version; else copy it, check the copy, migrate.

    Raises:
        VaultDamagedError: the base has no tables, or its copy cannot be read.
        VaultError: the base is newer than this program.
    """
    with opened.connect() as connection:
        found = schema.version(connection)
    if found == schema.HEAD:
        return
    if found is None:
        raise VaultDamagedError(NO_TABLES)
    if not is_known(found):
        raise VaultError(NEWER)
    _copy(opened, path, key, salt, path.with_name(f"{path.name}.before-{schema.HEAD}"))
    with opened.connect().execution_options(writes=True) as connection, connection.begin():
        migrate(connection)


def is_known(revision: str) -> bool:
    """Whether this program knows the migration of that name."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only when an upgrade is needed
    from alembic.util import CommandError  # noqa: PLC0415 - as above

    try:
        return ScriptDirectory(str(SCRIPTS)).get_revision(revision) is not None
    except CommandError:
        return False


def migrate(connection: Connection) -> None:
    """Bring the schema and its triggers up, inside the transaction under way."""
    from alembic import command  # noqa: PLC0415 - as above

    command.upgrade(configuration(connection), schema.HEAD)
    capture.install(connection)


def configuration(connection: Connection) -> "Config":
    """How Alembic finds the migrations and the base: no file is read for it."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _copy(opened: Engine, path: Path, key: bytes, salt: bytes, copy: Path) -> None:
    with opened.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copyfile(path, copy)
        connection.rollback()
    if os.name == "posix":
        copy.chmod(0o600)
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())
    checked = engine.connect(copy, key, salt)
    try:
        answers = checked.execute("PRAGMA quick_check").fetchall()
    finally:
        checked.close()
    if answers != [("ok",)]:
        raise VaultDamagedError(BAD_COPY)
