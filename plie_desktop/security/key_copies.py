"""Keeps the key file on disk, twice: `vault.keys` and `vault.keys.b`.

A change is first written in full beside both copies, then put in place one after the other, the
second only once the first has been read back. Whatever moment the computer dies at, one whole
copy of the old or of the new state is there.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from plie_desktop.errors import (
    DiskFullError,
    VaultDamagedError,
    VaultError,
    VaultMissingError,
)
from plie_desktop.security import hardening, key_file
from plie_desktop.security.file_names import KEY_FILES
from plie_desktop.security.key_file import KeyFile
from plie_desktop.text import N_

_FULL: Final = N_(
    "Le disque est plein, les clés du coffre n’ont pas pu être écrites. Libérez de la place, puis "
    "recommencez."
)
_UNWRITABLE: Final = N_(
    "Le dossier du coffre refuse l’écriture des clés. Vérifiez vos droits sur ce dossier, puis "
    "recommencez."
)
_UNREADABLE: Final = N_(
    "Le dossier du coffre ne se laisse pas lire. Vérifiez vos droits sur ce dossier, puis "
    "recommencez."
)
_MISSING: Final = N_(
    "Il n’y a pas de coffre dans ce dossier. Vérifiez le dossier, ou créez un coffre avec un code "
    "d’invitation."
)


@dataclass(frozen=True)
class Copy:
    """One copy as found.

    Attributes:
        file: what it says; none when it is absent, unreadable or damaged.
        refusal: why it says nothing; none when it does, or when it is absent.
    """

    path: Path
    file: KeyFile | None = None
    refusal: VaultError | None = None


class KeyCopies:
    """The two copies in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = tuple(folder / name for name in KEY_FILES)

    def exist(self) -> bool:
        """Whether there is a key file at all, readable or not."""
        return any(os.path.lexists(path) for path in self._paths)

    def read(self) -> tuple[Copy, ...]:
        """The copies, at least one of which says something.

        Raises:
            VaultMissingError: there is none.
            VaultDamagedError, VaultError: there are some, and none can be read.
        """
        copies = tuple(_read(path) for path in self._paths)
        if not any(copy.file for copy in copies):
            refusals = [copy.refusal for copy in copies if copy.refusal]
            raise refusals[0] if refusals else VaultMissingError(_MISSING)
        return copies

    def write(self, file: KeyFile) -> None:
        """Put a new state in place of both copies.

        Raises:
            DiskFullError, VaultError: the copies are as before, unless the computer failed
                between the two; then the second is put right at the next opening.
        """
        self._put(file, self._paths)

    def repair(self, file: KeyFile, copies: tuple[Copy, ...]) -> None:
        """Write `file` over these copies alone.

        Raises:
            DiskFullError, VaultError: as `write`.
        """
        self._put(file, tuple(copy.path for copy in copies))

    def discard(self) -> None:
        """Take back a first writing that did not end well."""
        for path in self._paths:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _put(self, file: KeyFile, paths: tuple[Path, ...]) -> None:
        raw = key_file.encode(file)
        fresh = {path: path.with_name(f".{path.name}.new") for path in paths}
        with _told():
            try:
                for beside in fresh.values():
                    _write_durably(beside, raw)
                for path, beside in fresh.items():
                    beside.replace(path)
                    _sync_folder(self._folder)
                    if path.read_bytes() != raw:
                        raise OSError(errno.EIO, "read back otherwise than written")
            finally:
                for beside in fresh.values():
                    with suppress(OSError):
                        beside.unlink(missing_ok=True)


def _read(path: Path) -> Copy:
    try:
        # A pipe or a device in its place would hold the reader for ever.
        if not stat.S_ISREG(path.lstat().st_mode):
            raw = b""
        else:
            with path.open("rb") as stream:
                raw = stream.read(key_file.MOST_BYTES + 1)
    except FileNotFoundError:
        return Copy(path)
    except OSError:
        return Copy(path, refusal=VaultError(_UNREADABLE))
    try:
        return Copy(path, file=key_file.decode(raw))
    except VaultDamagedError as refusal:
        return Copy(path, refusal=refusal)


def _write_durably(path: Path, raw: bytes) -> None:
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, hardening.FILE_MODE), "wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows gives no handle on a folder and orders its own journal.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told() -> Iterator[None]:
    """Turns the system's refusals into sentences."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(_FULL) from error
        raise VaultError(_UNWRITABLE) from error
