"""The only bridge between the lanes and the window.

A signal whose receiver is a plain function, or whose sender dies with its thread, loses results
without a word in PySide6. So there is one signal, owned by an object that lives as long as the
window, ended at its own slot, and always queued.
"""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from plie_desktop.errors import PlieError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.tasks import Cancel, Lane, Lanes, Progress

T = TypeVar("T")
OnFailed = Callable[[BaseException], None]


@dataclass(frozen=True)
class _Call:
    """Something to do on the main thread."""

    target: Callable[..., None]
    arguments: tuple[object, ...] = ()


@dataclass(frozen=True)
class _Answer:
    """The end of a work, on its way home."""

    future: Future[Any] = field(repr=False)
    on_done: Callable[[object], None]
    on_failed: OnFailed | None


class Dispatcher(QObject):
    """Sends work to the lanes and brings the answers to the main thread.

    Signals:
        changed: a work returned `Changes`, or something with `.changes`.
        failed: an error nobody else answers; the shell's banner is always connected.
        waiting: how many works have not been answered yet.
    """

    changed = Signal(object)
    failed = Signal(object)
    waiting = Signal(int)
    _home = Signal(object)

    def __init__(self, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._waiting = 0
        self._is_closed = False
        self._home.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: OnFailed | None = None,
        cancel: Cancel | None = None,
    ) -> Future[T]:
        """Do `work` on a lane, then call `on_done` or `on_failed` on the main thread.

        An answer for a Qt object that was destroyed meanwhile is dropped. `on_failed` also
        receives the `CancelledError` of a work that was stopped; a stopped work never reaches
        `failed`. An error that is no `PlieError` reaches `failed` even where `on_failed` is given.
        After `close` nothing is done: the future is cancelled and nobody is called.
        """
        if self._is_closed:
            return _refused()
        self._count(1)
        future = self._lanes.run(lane, work, cancel)
        future.add_done_callback(partial(self._send, on_done, on_failed))
        return future

    def close(self) -> None:
        """The session ends: works asked for so far are done, later ones are not."""
        self._is_closed = True

    def progress(self, receiver: Progress) -> Progress:
        """A `Progress` to call from a lane; `receiver` hears it on the main thread."""

        def report(done: int, total: int | None, sentence: str) -> None:
            if shiboken6.isValid(self):
                self._home.emit(_Call(receiver, (done, total, sentence)))

        return report

    @property
    def busy(self) -> int:
        """How many works have not been answered yet."""
        return self._waiting

    def _send(
        self, on_done: Callable[..., None], on_failed: OnFailed | None, future: Future[T]
    ) -> None:
        # Called on a lane: it may only emit.
        if shiboken6.isValid(self):
            self._home.emit(_Answer(future, on_done, on_failed))

    @Slot(object)
    def _arrive(self, item: object) -> None:
        if isinstance(item, _Call):
            if _alive(item.target):
                item.target(*item.arguments)
        elif isinstance(item, _Answer):
            self._count(-1)
            self._deliver(item)

    def _deliver(self, answer: _Answer) -> None:
        error: BaseException | None
        try:
            error = answer.future.exception()
        except CancelledError as stopped:
            error = stopped
        if error is not None:
            self._refuse(error, answer.on_failed)
            return
        result = answer.future.result()
        if _alive(answer.on_done):
            answer.on_done(result)
        changes = getattr(result, "changes", result)
        if isinstance(changes, Changes):
            self.changed.emit(changes)

    def _refuse(self, error: BaseException, on_failed: OnFailed | None) -> None:
        answered = on_failed is not None and _alive(on_failed)
        if on_failed is not None and answered:
            on_failed(error)
        if isinstance(error, CancelledError) or (answered and isinstance(error, PlieError)):
            return
        self.failed.emit(error)

    def _count(self, difference: int) -> None:
        self._waiting += difference
        self.waiting.emit(self._waiting)


def _refused() -> Future[T]:
    future: Future[T] = Future()
    future.cancel()
    return future


def _alive(target: Callable[..., object]) -> bool:
    """Whether the Qt object behind a bound method (or a partial of one) still exists."""
    while isinstance(target, partial):
        target = target.func
    owner = getattr(target, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
