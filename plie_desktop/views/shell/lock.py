"""Locking: at once, from any state, and nothing typed is lost.

What an open base leaves in memory cannot be taken back, so locking ends the process: state goes
into the base, then the program starts itself anew at the door.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from plie_desktop.models.domain.intake import Bookmark
from plie_desktop.tasks import Lane, Lanes
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.session import SessionService

WARNING_SECONDS: Final = 30
_SIGNS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleClock(Protocol):
    """Counts since the last sign of the person."""

    def touch(self) -> None:
        """The person did something."""
        ...

    def remaining(self) -> float:
        """Seconds until the lock, 0 once it is due."""
        ...


Farewell = Callable[[], Bookmark | None]
"""Has the page hand over what is typed; where the person is."""


class Lock(QObject):
    """Ends the session: on command, when nobody is there, when the computer sleeps.

    Signals:
        warned(int): seconds left before the lock; 0 when the person came back.
        closing: the session ends now; nothing personal may stay on the screen.
    """

    warned = Signal(int)
    closing = Signal()
    _asked = Signal()

    def __init__(
        self,
        session: "SessionService",
        dispatcher: Dispatcher,
        lanes: Lanes,
        farewell: Farewell,
        restart: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._dispatcher = dispatcher
        self._lanes = lanes
        self._farewell = farewell
        self._restart = restart
        self._idle: IdleClock | None = None
        self._is_warning = False
        self._is_over = False
        self._next_look = QTimer(self)
        self._next_look.setSingleShot(True)
        self._next_look.timeout.connect(self._look)
        self._asked.connect(self.lock, Qt.ConnectionType.QueuedConnection)

    def prepare(self) -> None:
        """Keep room aside on the disk, so that a full one will not lose what is typed."""
        self._dispatcher.run(Lane.STORE, self._session.keep_room, _ignore)

    def watch(self, idle: IdleClock) -> None:
        """Lock when this clock says so; another one replaces it when the delay is changed."""
        self._idle = idle
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            app.installEventFilter(self)
        self._look()

    def lock_from_elsewhere(self) -> None:
        """Ask for the lock from any thread: the computer is about to sleep."""
        self._asked.emit()

    @Slot()
    def lock(self) -> None:
        """Keep what is typed and where, close the base, start again at the door."""
        if self._is_over:
            return
        try:
            self.close()
        finally:
            # Whatever went wrong, an open base does not outlive the lock.
            self._restart()

    def close(self) -> None:
        """The same without starting again; a second time does nothing."""
        if self._is_over:
            return
        self._is_over = True
        self._next_look.stop()
        try:
            self._hand_over()
        finally:
            self._lanes.drain()
            self._session.close()

    def _hand_over(self) -> None:
        """Everything typed goes to the store lane, and nothing personal stays on the screen."""
        self._session.make_room()
        bookmark = self._farewell()
        self.closing.emit()
        QApplication.processEvents()
        # What is typed waits here for an intake that is still being made, or was refused by a
        # full disk until just now: let that be answered, then hand over once more.
        self._lanes.run(Lane.STORE, _nothing).result()
        QApplication.processEvents()
        bookmark = _fuller(bookmark, self._farewell())
        self._dispatcher.close()
        if bookmark is not None:
            # A spot that cannot be kept must not hold the lock up.
            self._lanes.run(Lane.STORE, lambda: self._session.remember(bookmark))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS and self._idle is not None:
            self._idle.touch()
            if self._is_warning:
                self._look()
        return super().eventFilter(watched, event)

    @Slot()
    def _look(self) -> None:
        if self._idle is None or self._is_over:
            return
        remaining = self._idle.remaining()
        if remaining <= 0:
            self.lock()
            return
        if remaining <= WARNING_SECONDS:
            self._is_warning = True
            self.warned.emit(max(1, round(remaining)))
            self._next_look.start(1_000)
            return
        if self._is_warning:
            self._is_warning = False
            self.warned.emit(0)
        self._next_look.start(int((remaining - WARNING_SECONDS) * 1_000) + 50)


def _fuller(first: Bookmark | None, second: Bookmark | None) -> Bookmark | None:
    """The first spot, unless only the second knows whose file it is in."""
    is_known = first is not None and (first.participant_id is not None or second is None)
    return first if is_known else second


def _ignore(_result: object) -> None:
    """Room that was kept aside needs no answer."""


def _nothing() -> None:
    """Takes its turn on a lane, to be waited for."""
