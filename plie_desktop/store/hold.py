"""One program at a time holds a base: a lock of the system on a file beside it.

The system lets go of it when the program ends, however it ends.
"""

import os
import sys
from pathlib import Path

from plie_desktop.errors import VaultBusyError
from plie_desktop.store.faults import BUSY


class Hold:
    """The right to open a base, from construction to `release`.

    Raises:
        VaultBusyError: another program, or another store of this one, has it.
    """

    def __init__(self, base: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.open(base.with_name(base.name + ".lock"), flags, 0o600)
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise VaultBusyError(BUSY) from error

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
