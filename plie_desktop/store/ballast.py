"""Room kept aside on the disk, for the moment when nothing can wait any more: the lock.

While the window is open, a full disk refuses a save and the page keeps what was typed. The lock
ends the page: what it holds must then be written, so the room is given back to the disk first.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

NAME: Final = "vault.ballast"
SIZE: Final = 32 << 20
_ENOUGH: Final = 4 << 20
"""What the last writes of a session take, many times over."""
_CHUNK: Final = 1 << 20


class Ballast:
    """The room of one vault. It holds nothing, and no failure of it stops anyone."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._fresh = folder / f"{NAME}.new"

    def keep(self) -> None:
        """Keep the room aside, unless it would be the last there is."""
        if self._file.exists() or not self._takes(SIZE + _ENOUGH):
            return
        with suppress(OSError):
            os.truncate(self._fresh, SIZE)
            self._fresh.replace(self._file)

    def give_back(self) -> None:
        """Give the room back where there is none left for the last writes."""
        with suppress(OSError):
            if self._takes(_ENOUGH):
                self._fresh.unlink()
            else:
                self._file.unlink(missing_ok=True)

    def _takes(self, size: int) -> bool:
        """Whether the disk gives so much, tried: a quota is not seen from outside."""
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            opened = os.open(self._fresh, flags, 0o600)
            try:
                _take(opened, size)
            finally:
                os.close(opened)
        except OSError:
            with suppress(OSError):
                self._fresh.unlink(missing_ok=True)
            return False
        return True


def _take(opened: int, size: int) -> None:
    """Take room that is really there, without writing it where the system can do that."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(opened, 0, size)
        return
    while size:
        # A disk that fills up takes a part of it before it refuses.
        size -= os.write(opened, bytes(min(size, _CHUNK)))
