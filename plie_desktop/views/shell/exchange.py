"""Exchanges by themselves while the program is open; the page of that name shows them."""

from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from plie_desktop.errors import ServerError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.tasks import Cancel, Lane
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.synchronisation import SyncRun, SyncService


class Exchange(QObject):
    """Runs one cycle now and then; a failure is told by the pill, never by a message."""

    def __init__(
        self,
        sync: "SyncService",
        dispatcher: Dispatcher,
        on_ended: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sync = sync
        self._dispatcher = dispatcher
        self._on_ended = on_ended
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._run)

    def begin(self) -> None:
        """Exchange now, then at the service's own rhythm."""
        self._run()

    def stop(self) -> None:
        """No cycle begins any more."""
        self._next.stop()

    @Slot()
    def _run(self) -> None:
        cancel = Cancel()
        work = partial(self._sync.run_once, self._dispatcher.progress(_unseen), cancel)
        self._dispatcher.run(Lane.NETWORK, work, self._on_done, self._on_failed, cancel)

    def _on_done(self, _run: "SyncRun") -> None:
        self._wait()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, ServerError):
            # A cycle cut short may have brought something all the same.
            self._dispatcher.changed.emit(self._sync.last_changes | Changes(sync=True))
        if not isinstance(error, CancelledError):
            self._wait()

    def _wait(self) -> None:
        self._on_ended()
        self._next.start(max(1_000, int(self._sync.seconds_until_next() * 1_000)))


def _unseen(_done: int, _total: int | None, _sentence: str) -> None:
    """Cycles that begin by themselves show no bar."""
