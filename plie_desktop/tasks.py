"""Lanes of background work, without any toolkit. Views and services come in.

The base file has one lane of exactly one thread, so that two writes never wait on each other's
lock; exchanges with headquarters and the making of papers have their own. Network and document
work may wait on the store lane, never the other way round.
"""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from enum import Enum
from typing import Final, TypeVar

T = TypeVar("T")

Progress = Callable[[int, int | None, str], None]
"""What a long work calls now and then: done, total (None when unknown), a sentence to show."""


class Lane(Enum):
    """Where a work runs; the value names its threads in logs."""

    STORE = "store"
    NETWORK = "network"
    DOCUMENT = "document"


THREADS: Final = {Lane.STORE: 1, Lane.NETWORK: 2, Lane.DOCUMENT: 1}


class Cancel:
    """A wish to stop, shared by the person who asks and the work that looks at it."""

    def __init__(self) -> None:
        self._wish = threading.Event()

    def cancel(self) -> None:
        self._wish.set()

    @property
    def cancelled(self) -> bool:
        return self._wish.is_set()

    def check(self) -> None:
        """Stop here when the wish was made.

        Raises:
            CancelledError: it was.
        """
        if self.cancelled:
            raise CancelledError

    def wait(self, seconds: float) -> bool:
        """Pause at most so long; True as soon as the wish is made."""
        return self._wish.wait(seconds)


class Lanes:
    """The threads of the program, one pool for each lane."""

    def __init__(self) -> None:
        self._pools = {
            lane: ThreadPoolExecutor(THREADS[lane], thread_name_prefix=lane.value) for lane in Lane
        }
        self._cancels: set[Cancel] = set()
        self._guard = threading.Lock()

    def run(self, lane: Lane, work: Callable[[], T], cancel: Cancel | None = None) -> Future[T]:
        """Do `work` on a lane; works of the STORE lane are done in the order given.

        Args:
            lane: where.
            work: what; it must not touch a widget.
            cancel: the token that `work` looks at, so that `drain` can ask it to stop.

        Raises:
            RuntimeError: the lanes were drained.
        """
        future = self._pools[lane].submit(work)
        if cancel is not None:
            with self._guard:
                self._cancels.add(cancel)
            future.add_done_callback(lambda _: self._forget(cancel))
        return future

    def drain(self) -> None:
        """End of the program: every write asked for is done, everything else is let go.

        What was typed last may still wait on the STORE lane; it is never cancelled.
        """
        with self._guard:
            cancels = tuple(self._cancels)
        for cancel in cancels:
            cancel.cancel()
        for lane in (Lane.NETWORK, Lane.DOCUMENT):
            self._pools[lane].shutdown(wait=False, cancel_futures=True)
        self._pools[Lane.STORE].shutdown(wait=True)

    def _forget(self, cancel: Cancel) -> None:
        with self._guard:
            self._cancels.discard(cancel)
