"""The program's own log, nothing personal in it. `bootstrap`, commands and the server come in.

A record says where and what kind, never with which values: messages are written by this program
with technical arguments only, and of an exception its kind and its place are kept, not its text.
"""

import logging
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method: Any) -> Any:  # noqa: ANN401 - the mark alone: its library takes 8 ms
        """Nothing at run time."""
        return method


LARGEST: Final = 512 * 1024
_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"

_log = logging.getLogger(__name__)

_ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class PlaceOnlyFormatter(logging.Formatter):
    """Writes the kind of an exception and the places it went through, never what it says."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left the whole text of the exception in the record.
        known, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = known

    @override
    def formatException(self, ei: _ExceptionInfo) -> str:
        kind, error, trace = ei
        if kind is None or error is None:
            return ""
        places = [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        causes = []
        cause = error.__cause__ or error.__context__
        while cause is not None:
            causes.append(f"  because of {type(cause).__name__}")
            cause = cause.__cause__ or cause.__context__
        return "\n".join([kind.__name__, *places, *causes])


class LogFile(logging.FileHandler):
    """A log that cannot be written (full disk, disk to be read only) holds nothing up."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        # It is opened at the first record, before anything that `handleError` answers for.
        with suppress(OSError):
            super().emit(record)

    @override
    def close(self) -> None:
        with suppress(OSError):
            super().close()

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: whoever is at the keyboard is told what concerns them."""


def catch_the_rest() -> None:
    """What nobody caught goes to the log, by kind and place alone.

    Python would write its text to the screen, which a desktop session keeps in a file of its own.
    """
    usual = sys.excepthook

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            usual(kind, error, trace)
        else:
            _log.critical("not caught", exc_info=(kind, error, trace))

    def caught_in_thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            caught(found.exc_type, found.exc_value, found.exc_traceback)

    def caught_too_late(found: "sys.UnraisableHookArgs") -> None:
        if found.exc_value is not None:
            caught(found.exc_type, found.exc_value, found.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
    sys.unraisablehook = caught_too_late


def log_file(vault: Path) -> Path:
    """Where the log of a vault's program is."""
    return vault.with_name(f"{vault.name}.log")


def start(vault: Path) -> None:
    """Write the log beside the vault from now on; where that cannot be, do without.

    A large one is set aside at the start, so that two files at most are kept.
    """
    root = logging.getLogger()
    for earlier in [one for one in root.handlers if isinstance(one.formatter, PlaceOnlyFormatter)]:
        root.removeHandler(earlier)
        earlier.close()
    root.setLevel(logging.WARNING)
    logging.getLogger("plie_desktop").setLevel(logging.INFO)
    try:
        file = log_file(vault)
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST:
            file.replace(file.with_name(f"{file.name}.old"))
        handler: logging.Handler = LogFile(file, encoding="utf-8", delay=True)
    except OSError:
        # Without any handler, warnings would go to the screen.
        handler = logging.NullHandler()
    handler.setFormatter(PlaceOnlyFormatter(_FORMAT))
    root.addHandler(handler)
