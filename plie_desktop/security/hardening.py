"""Makes the running program and its files harder to read for others of the same computer.

None of it stops code that runs as the same person and means it; it stops what is careless:
crash dumps, a debugger attached by a passer-by, a folder open to other accounts.
"""

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600

_OTHERS_OUT: Final = 0o077
_PR_SET_DUMPABLE: Final = 4  # linux/prctl.h

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hardening:
    """What the system granted.

    Attributes:
        no_core_dump: a crash leaves no image of the memory.
        no_foreign_read: other processes of the same person cannot read the memory.
    """

    no_core_dump: bool
    no_foreign_read: bool


def harden_process() -> Hardening:
    """Forbid core dumps and reads of this process; new files are the person's alone.

    To be called before any secret is in memory, in every process that will hold one: nothing
    of it survives the start of another program.
    """
    os.umask(_OTHERS_OUT)
    granted = Hardening(no_core_dump=_forbid_core_dumps(), no_foreign_read=_forbid_reads())
    _log.info(
        "process hardened: core dumps %s, foreign reads %s",
        "off" if granted.no_core_dump else "as the system has them",
        "off" if granted.no_foreign_read else "as the system has them",
    )
    return granted


def _forbid_core_dumps() -> bool:
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 - Windows has no such module

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _forbid_reads() -> bool:
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - one use, and the unlock window has not painted yet

    refused: int = ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return refused == 0


def private_folder(folder: Path) -> None:
    """Make the folder, its parents too, and close it to other accounts.

    On Windows the folder inherits the rights of the person's own application data, which no
    other account may read.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if os.name != "nt":
        folder.chmod(FOLDER_MODE)
