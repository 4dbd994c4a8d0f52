"""Files a person asked for: written whole or not at all."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from plie_desktop.errors import DiskFullError, RefusedInputError
from plie_desktop.text import N_

_BINARY: Final = getattr(os, "O_BINARY", 0)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def write_whole(target: Path, content: bytes) -> None:
    """Put these bytes in `target`, which is replaced at once or left as it was.

    Raises:
        DiskFullError: there is no room.
        RefusedInputError: the folder does not exist or may not be written.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if error.errno in _FULL:
            raise DiskFullError(
                N_("Le disque est plein, rien n’a été écrit. Faites de la place, puis recommencez.")
            ) from error
        raise RefusedInputError(
            N_("Ce fichier ne peut pas être écrit à cet endroit. Choisissez un autre dossier.")
        ) from error
