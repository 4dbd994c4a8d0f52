"""Files a person asked for: written whole or not at all, and never among those of a vault."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from plie_desktop.errors import DiskFullError, RefusedInputError
from plie_desktop.security.file_names import KEY_FILES
from plie_desktop.text import N_

_BINARY: Final = getattr(os, "O_BINARY", 0)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def write_whole(target: Path, content: bytes) -> None:
    """Put these bytes in `target`, which is replaced at once or left as it was.

    Raises:
        DiskFullError: there is no room.
        RefusedInputError: the folder does not exist, may not be written, or is a vault's.
    """
    with _beside(target) as (temporary, handle):
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)


def require_place(target: Path) -> None:
    """Go on only where `target` can be written; nothing of it is, yet.

    Raises:
        DiskFullError, RefusedInputError: as `write_whole`.
    """
    with _beside(target) as (_temporary, handle):
        os.close(handle)
        if target.is_dir():
            raise IsADirectoryError


@contextmanager
def _beside(target: Path) -> Iterator[tuple[Path, int]]:
    """A new file beside `target`, open; it is gone at the end unless it took that place."""
    if any((target.parent / name).exists() for name in KEY_FILES):
        raise RefusedInputError(
            N_("Ce dossier est celui d’un coffre, rien d’autre n’y va. Choisissez-en un autre.")
        )
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
        yield temporary, os.open(temporary, flags, 0o600)
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError(
                N_("Le disque est plein, rien n’a été écrit. Faites de la place, puis recommencez.")
            ) from error
        raise RefusedInputError(
            N_("Ce fichier ne peut pas être écrit à cet endroit. Choisissez un autre dossier.")
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
