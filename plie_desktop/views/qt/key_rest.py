"""When what is typed is handed over: a kill, a lock or a power cut loses a moment of it."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS: Final = 400
"""How long the keys must rest before what is typed is handed over."""
LONGEST_MS: Final = 1_500
"""How long it waits at most, for someone who never rests; two seconds at worst until it is kept
(security.md T22)."""
RETRY_MS: Final = 5_000
"""Between two tries of what could not be kept."""


class KeyRest(QObject):
    """Waits for the keys to rest.

    Signals:
        over: they rest, or the person types on and on: it is time to hand over.
        try_again: a while has passed since something could not be kept.
    """

    over = Signal()
    try_again = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._retry = self._timer(RETRY_MS)
        self._rest.timeout.connect(self.over)
        self._longest.timeout.connect(self.over)
        self._retry.timeout.connect(self.try_again)

    def note(self) -> None:
        """A key was pressed."""
        self._rest.start()
        if not self._longest.isActive():
            self._longest.start()

    def stop(self) -> None:
        """Everything is handed over."""
        self._rest.stop()
        self._longest.stop()

    def ask_again(self) -> None:
        """Something could not be kept."""
        self._retry.start()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer
