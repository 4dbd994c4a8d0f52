"""Files that are there whole or not at all, for nobody else to read."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from plie_desktop.errors import RefusedInputError
from plie_desktop.text import N_

_THERE: Final = N_("Le fichier {file} existe déjà. Donnez un autre nom avec --out.")
_FULL: Final = N_(
    "Il n’y a pas assez de place ici, rien n’a été gardé. Libérez de la place, ou donnez un autre "
    "dossier avec --out."
)
_NOT_WRITTEN: Final = N_(
    "Le fichier {file} ne peut pas être écrit. "
    "Vérifiez que son dossier existe et que vous y avez accès."
)
_NOT_READ: Final = N_(
    "Le fichier {file} ne peut pas être lu. Vérifiez son nom, et que vous y avez accès."
)
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A new file, open for writing and reading, that takes its name when the block has ended well.

    Raises:
        RefusedInputError: the name is taken, or the disk does not take the file.
    """
    try:
        if path.exists():
            raise RefusedInputError(_THERE, file=path.name)
        number, unfinished = tempfile.mkstemp(".part", f".{path.name}.", path.parent)
        try:
            with os.fdopen(number, "w+b") as file:
                yield file
                to_disk(file)
            Path(unfinished).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(unfinished).unlink()
            raise
        _folder_to_disk(path.parent)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise RefusedInputError(_FULL) from error
        raise RefusedInputError(_NOT_WRITTEN, file=path.name) from error


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """A file, open for reading.

    Raises:
        RefusedInputError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise RefusedInputError(_NOT_READ, file=path.name) from error


def to_disk(file: BinaryIO) -> None:
    """Have everything written so far on the disk; what is read next is read from there."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _folder_to_disk(folder: Path) -> None:
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
