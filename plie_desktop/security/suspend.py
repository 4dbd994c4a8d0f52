"""Notices when the person is away: no key for a while, sleep, screen lock.

`SuspendWatch` hears what the system says; `IdleClock` counts, and sees a sleep it was not told
of by the jump of the wall clock.
"""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from plie_desktop.clock import Clock

if TYPE_CHECKING:
    from plie_desktop.security.logind import Logind

_STOP_SECONDS: Final = 2.0

_log = logging.getLogger(__name__)


class IdleClock:
    """Counts since the last sign of the person.

    The larger of two counts holds: the monotonic one stops in sleep on Linux and macOS, the
    wall clock may be set back. Once the limit is passed it stays so, since the key that wakes a
    computer must not count as presence.
    """

    def __init__(self, clock: Clock, limit_seconds: float) -> None:
        self._clock = clock
        self._limit = limit_seconds
        self._is_over = False
        self._since_ticks = clock.monotonic()
        self._since_moment = clock.now()

    def touch(self) -> None:
        """The person did something; too late once the limit is passed."""
        if not self.expired():
            self._since_ticks = self._clock.monotonic()
            self._since_moment = self._clock.now()

    def remaining(self) -> float:
        """Seconds until the limit, 0 once passed."""
        by_wall = (self._clock.now() - self._since_moment).total_seconds()
        idle = max(self._clock.monotonic() - self._since_ticks, by_wall)
        if idle >= self._limit:
            self._is_over = True
        return 0.0 if self._is_over else min(self._limit, self._limit - idle)

    def expired(self) -> bool:
        """Whether the limit was passed, now or at any earlier look."""
        return self.remaining() == 0.0


class SuspendWatch:
    """Calls `on_lock`, from a thread of its own, when the system asks to close.

    Where no logind can be reached nothing is ever called: other systems wake the program with a
    jump of the clock, which `IdleClock` sees.
    """

    def __init__(self, on_lock: Callable[[], None]) -> None:
        self._on_lock = on_lock
        self._thread = threading.Thread(target=self._run, name="suspend watch", daemon=True)
        self._stopping = threading.Event()
        self._logind: Logind | None = None

    def start(self) -> None:
        """Begin to listen; never waits."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and let the computer sleep."""
        self._stopping.set()
        if self._logind is not None:
            self._logind.interrupt()
        self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        try:
            # jeepney comes with the Linux keychain only; it also has nothing to do before unlock.
            from plie_desktop.security.logind import Logind  # noqa: PLC0415 - as just said
        except ImportError:
            return
        try:
            self._logind = logind = Logind()
        except Exception as error:  # noqa: BLE001 - a bus can refuse in many ways, none of them ours
            _log.info("logind is not heard: %s", type(error).__name__)
            return
        try:
            while not self._stopping.is_set():
                logind.wait()
                self._on_lock()
        except OSError:
            if not self._stopping.is_set():
                _log.warning("logind is no longer heard")
        finally:
            logind.close()
