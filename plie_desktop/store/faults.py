"""Turns what SQLCipher and the file system say into the errors of the tree, in one place."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from plie_desktop.errors import (
    DiskFullError,
    PlieError,
    RefusedInputError,
    VaultBusyError,
    VaultDamagedError,
    VaultError,
    VaultMissingError,
)
from plie_desktop.text import N_

DISK_FULL: Final = N_(
    "Le disque est plein : rien n’a été enregistré. Libérez de la place, puis recommencez."
)
BUSY: Final = N_(
    "Le coffre est déjà ouvert par un autre programme. Fermez l’autre fenêtre, puis recommencez."
)
DAMAGED: Final = N_(
    "La base de ce coffre est abîmée ou ne répond pas à sa clé. "
    "N’y touchez plus et appelez le siège."
)
UNREADABLE: Final = N_(
    "Le disque ne répond plus : la base n’a pas pu être lue ou écrite. "
    "Redémarrez l’ordinateur, puis recommencez."
)
READ_ONLY: Final = N_(
    "La base est en lecture seule : rien n’a été enregistré. "
    "Vérifiez les droits sur le dossier du coffre."
)
MISSING: Final = N_(
    "La base de ce coffre est introuvable. Vérifiez le dossier du coffre ou appelez le siège."
)
SIGNED: Final = N_("Ce plan est signé : il ne change plus. Faites une nouvelle version.")
UNWRITABLE_TEXT: Final = N_(
    "Ce texte contient un caractère qui ne peut pas être gardé. Effacez-le, puis recommencez."
)

SIGNED_PLAN: Final = "signed plan"
"""What the trigger that protects signed plans says."""

_ALMOST_NOTHING: Final = 1 << 20
"""Bytes. With less than this left, an I/O error of the base is a want of room: SQLite reports a
log index that cannot grow as an I/O error."""

_TABLE: Final[dict[int, tuple[type[VaultError], str]]] = {
    dbapi2.SQLITE_FULL: (DiskFullError, DISK_FULL),
    dbapi2.SQLITE_BUSY: (VaultBusyError, BUSY),
    dbapi2.SQLITE_LOCKED: (VaultBusyError, BUSY),
    dbapi2.SQLITE_CORRUPT: (VaultDamagedError, DAMAGED),
    dbapi2.SQLITE_NOTADB: (VaultDamagedError, DAMAGED),
    dbapi2.SQLITE_IOERR: (VaultError, UNREADABLE),
    dbapi2.SQLITE_CANTOPEN: (VaultError, UNREADABLE),
    dbapi2.SQLITE_READONLY: (VaultError, READ_ONLY),
    dbapi2.SQLITE_PERM: (VaultError, READ_ONLY),
}

_SYSTEM_TABLE: Final[dict[int, tuple[type[VaultError], str]]] = {
    errno.ENOSPC: (DiskFullError, DISK_FULL),
    errno.EDQUOT: (DiskFullError, DISK_FULL),
    errno.EROFS: (VaultError, READ_ONLY),
    errno.EACCES: (VaultError, READ_ONLY),
    errno.EPERM: (VaultError, READ_ONLY),
    errno.ENOENT: (VaultMissingError, MISSING),
}


@contextmanager
def files_translated(path: Path) -> Iterator[None]:
    """As `translated`, and errors of the file system too: for what the store does to files."""
    try:
        with translated(path):
            yield
    except OSError as error:
        kind, sentence = _SYSTEM_TABLE.get(error.errno or 0, (VaultError, UNREADABLE))
        raise kind(sentence) from error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise errors of the tree in place of those of SQLAlchemy and of the driver.

    What is a mistake in the program (wrong SQL, a broken constraint) goes through unchanged.
    """
    try:
        yield
    except DBAPIError as error:
        known = _of_driver(error.orig, path)
        if known is None:
            raise
        raise known from error
    except dbapi2.Error as error:
        known = _of_driver(error, path)
        if known is None:
            raise
        raise known from error
    except UnicodeEncodeError:
        # The exception quotes the text: it is not kept as a cause.
        raise RefusedInputError(UNWRITABLE_TEXT) from None


def _of_driver(error: BaseException | None, path: Path) -> PlieError | None:
    # Extended result codes keep the family in their low byte.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == dbapi2.SQLITE_CONSTRAINT and SIGNED_PLAN in str(error):
        return RefusedInputError(SIGNED)
    if code == dbapi2.SQLITE_IOERR and _is_full(path):
        return DiskFullError(DISK_FULL)
    if code not in _TABLE:
        return None
    kind, sentence = _TABLE[code]
    return kind(sentence)


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ALMOST_NOTHING
    except OSError:
        return False
