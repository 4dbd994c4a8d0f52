"""The one door to the base file: every connection, whatever it is for, is made here.

Settings and assertions: security.md §2.2. SQLCipher opens a file of zero bytes as a new base,
makes a plain file when it is given no key, and takes a key of the wrong length for a
passphrase, all without a word; hence the checks.
"""

import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from plie_desktop.errors import VaultDamagedError, VaultMissingError
from plie_desktop.store import fold
from plie_desktop.store.faults import DAMAGED, MISSING, translated
from plie_desktop.text import N_

KEY_SIZE: Final = 32
SALT_SIZE: Final = 16
PAGE: Final = 4096
_PLAIN_HEADER: Final = b"SQLite format 3\0"

PLAIN: Final = N_(
    "Le fichier de la base n’est pas chiffré : ce n’est pas celui de ce coffre. "
    "Remettez le bon fichier ou appelez le siège."
)
ZERO_BYTES: Final = N_(
    "Le fichier de la base est vide. Remettez une copie du coffre ou appelez le siège."
)
TRUNCATED: Final = N_(
    "Le fichier de la base est coupé : il en manque la fin. "
    "Remettez une copie du coffre ou appelez le siège."
)
FOREIGN: Final = N_(
    "Ce fichier est la base d’un autre coffre. Remettez le bon fichier ou appelez le siège."
)

PRAGMAS: Final = (
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),
    ("fullfsync", "ON"),
    ("checkpoint_fullfsync", "ON"),
    ("foreign_keys", "ON"),
    # Without it INSERT OR REPLACE would delete without the trigger that forbids it.
    ("recursive_triggers", "ON"),
    ("secure_delete", "ON"),
    ("temp_store", "MEMORY"),
    ("cache_size", "-65536"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("wal_autocheckpoint", "1000"),
    ("busy_timeout", "5000"),
)


def make_empty(path: Path) -> None:
    """Make the file of zero bytes in which a new base will be written, for its owner only.

    Raises:
        FileExistsError: there is a file already.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def check_file(path: Path, salt: bytes) -> None:
    """Refuse a file that cannot be the base of the vault with that salt.

    Raises:
        VaultMissingError: there is no file.
        VaultDamagedError: empty, plain, of another vault, or cut.
    """
    if not path.is_file():
        raise VaultMissingError(MISSING)
    size = path.stat().st_size
    with path.open("rb") as stream:
        header = stream.read(SALT_SIZE)
    if not size:
        raise VaultDamagedError(ZERO_BYTES)
    if header == _PLAIN_HEADER:
        raise VaultDamagedError(PLAIN)
    if len(header) < SALT_SIZE or size % PAGE:
        raise VaultDamagedError(TRUNCATED)
    if header != salt:
        raise VaultDamagedError(FOREIGN)


def connect(path: Path, key: bytes, salt: bytes) -> Any:  # noqa: ANN401 - the driver has no types
    """A connection of the driver to an existing file, keyed, set and tried.

    Raises:
        VaultDamagedError: the key does not open it, or it is cut or corrupt.
        VaultError: the system refuses to read it.
    """
    if len(key) != KEY_SIZE or len(salt) != SALT_SIZE:
        raise ValueError("a raw key of 32 bytes and a salt of 16 bytes are needed")
    with translated(path):
        connection = dbapi2.connect(
            path.absolute().as_uri() + "?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            _set_up(connection, key, salt)
        except BaseException:
            connection.close()
            raise
    return connection


def _set_up(connection: Any, key: bytes, salt: bytes) -> None:  # noqa: ANN401 - as above
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA cipher_memory_security = OFF")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise VaultDamagedError(DAMAGED)
    for name, value in PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    fold.register(connection)


def open_engine(path: Path, key: bytes, salt: bytes) -> Engine:
    """An engine with one connection, shared by whoever holds the turn of the store.

    A transaction of a `Connection` with the execution option `writes` takes the write lock at
    once; any other one reads a snapshot.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, salt),
        poolclass=StaticPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
