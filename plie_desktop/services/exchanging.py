"""One cycle of exchanges with headquarters: until nothing waits here and nothing more there.

Each reply is applied with its cursor in one transaction of the store, between two requests. So
the program may be killed at any moment: what was not applied is asked for again, and what was
sent twice is known to headquarters by its number.

While a reply is applied the next request is already under way, with the cursor of that reply and
the edits after those it acknowledges. Headquarters keeps nothing about a cursor and replies are
applied in their order, so what was asked in vain is only asked again; and edits are never changed
once they are closed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Final, Protocol, TypeVar
from uuid import UUID

from plie_desktop.clock import Clock
from plie_desktop.errors import ServerUnreachableError
from plie_desktop.models.domain.sync_page import SyncPage
from plie_desktop.models.domain.sync_state import SyncReport
from plie_desktop.protocol.messages import ExchangeRequest, FrameError
from plie_desktop.services.asking import Answer, Asked, Batch, Detour, Ready
from plie_desktop.services.tally import Tally
from plie_desktop.store.ports import ExchangePlace, Store
from plie_desktop.sync import batches
from plie_desktop.sync.client import SyncClient
from plie_desktop.sync.pace import Pace
from plie_desktop.sync.refusals import FORKED, RequestRefusedError, not_headquarters
from plie_desktop.tasks import Cancel, Progress
from plie_desktop.text import N_

SENDING: Final = N_("Envoi au siège")
RECEIVING: Final = N_("Réception du siège")

_MOST_TURNS: Final = 8
"""Refusals a cycle may answer by asking otherwise: headquarters' own are two or three."""

T = TypeVar("T")


class OnStore(Protocol):
    """Does a work where the store may be touched, and waits for its result."""

    def __call__(self, work: Callable[[], T]) -> T: ...


class Cycle:
    """Runs exchanges on the calling thread, and its few transactions where the store lives."""

    def __init__(
        self,
        store: Store,
        on_store: OnStore,
        client: SyncClient,
        clock: Clock,
        want: int,
    ) -> None:
        self._store = store
        self._on_store = on_store
        self._client = client
        self._clock = clock
        self._pace = Pace(want)
        self._detour = Detour()
        self._tried: set[tuple[str, int]] = set()
        self._too_old: RequestRefusedError | None = None
        self._tally = Tally()
        self._ahead: Asked | None = None
        self._read_ahead: Batch | None = None
        self._line = ThreadPoolExecutor(1, thread_name_prefix="line")

    def run(self, progress: Progress, cancel: Cancel) -> SyncReport:
        """Exchange until both sides are even.

        Raises:
            ServerUnreachableError: the line or the other side failed; what was applied stays.
            RequestRefusedError: headquarters refused for good.
            CancelledError: the person asked to stop, between two exchanges.
        """
        before = replace(self._client.traffic)
        self._on_store(self._close_open)
        # Leaving waits for what is under way: the line is free for the next cycle.
        with self._line:
            while True:
                cancel.check()
                asked, self._ahead = self._ahead or self._ask(self._next()), None
                self._tell(progress, asked.ready)
                self._read_on(asked.ready)
                answer = self._exchange(asked)
                if answer is None:
                    continue
                self._apply(asked.ready, answer)
                if self._is_even(answer):
                    break
        if self._too_old is not None:
            raise self._too_old
        return self._tally.report(
            self._on_store(partial(_waiting, self._store)), before, self._client.traffic
        )

    @property
    def want(self) -> int:
        """Compressed bytes that a page should have by now, 0 for none."""
        return self._pace.want

    @property
    def touched(self) -> frozenset[UUID]:
        """Files changed so far, also when the cycle was cut short."""
        return frozenset(self._tally.touched)

    def _close_open(self) -> None:
        with self._store.write() as transaction:
            transaction.outbox.seal_stray()
            transaction.outbox.close_open()

    def _next(self) -> Ready:
        place = self._on_store(partial(_place, self._store))
        standing = batches.Standing(
            db=place.db,
            epoch=place.epoch if self._detour.epoch is None else self._detour.epoch,
            cursor=b"" if self._detour.restart else place.cursor,
            clock=place.clock,
        )
        return self._ready(
            standing, place.last if self._detour.after is None else self._detour.after
        )

    def _ready(self, standing: batches.Standing, after: int) -> Ready:
        batch, self._read_ahead = self._read_ahead, None
        if batch is None or batch.after != after:
            batch = self._on_store(partial(self._batch, after))
        # What was typed leaves first: news come with the last batch.
        return Ready(standing, batch, self.want if batch.is_last else 0)

    def _batch(self, after: int) -> Batch:
        with self._store.read() as transaction:
            pending = transaction.outbox.pending(after=after, limit=self._pace.ops + 1)
            waiting = transaction.outbox.place().following - 1 - after
        edits = batches.take_batch(pending, self._pace.ops)
        first = edits[0].dseq if edits else after + 1
        ops = [batches.write_op(edit) for edit in edits]
        return Batch(after, first, ops, len(edits) == len(pending), waiting)

    def _read_on(self, ready: Ready) -> None:
        """Read the edits after these while these are on their way."""
        if ready.batch.ops and not ready.want:
            self._read_ahead = self._on_store(partial(self._batch, ready.batch.last))

    def _ask(self, ready: Ready) -> Asked:
        batch = ready.batch
        request = batches.build_request(ready.standing, batch.first, batch.ops, ready.want)
        return Asked(ready, self._line.submit(self._send, request))

    def _send(self, request: ExchangeRequest) -> Answer:
        started, received = self._clock.monotonic(), self._client.traffic.bytes_in
        reply = self._client.exchange(request)
        seconds = self._clock.monotonic() - started
        try:
            page = batches.read_reply(reply)
        except FrameError:
            raise not_headquarters() from None
        return Answer(page, reply.more, seconds, self._client.traffic.bytes_in - received)

    def _exchange(self, asked: Asked) -> Answer | None:
        """The answer; None when a refusal showed another way to ask."""
        try:
            answer = asked.answer.result()
        except RequestRefusedError as refused:
            self._turn(refused, asked.ready)
            return None
        except ServerUnreachableError:
            self._pace.stalled()
            raise
        sent = asked.ready.batch.last
        if answer.page.last > sent:
            if answer.page.last >= self._on_store(partial(_next_number, self._store)):
                # Nothing of this page may be applied: it leaves out what the other copy wrote.
                self._turn(RequestRefusedError("fork", FORKED), asked.ready)
                return None
            # Sent before in a larger batch, or by a copy: sending them again will tell.
            answer = replace(answer, page=replace(answer.page, last=sent))
        if asked.ready.want:
            self._pace.received(answer.size, answer.seconds)
        if asked.ready.batch.ops:
            self._pace.sent(len(asked.ready.batch.ops), answer.seconds)
        return answer

    def _apply(self, ready: Ready, answer: Answer) -> None:
        page = answer.page
        ops = ready.batch.ops
        if ops and page.last < ready.batch.first:
            raise not_headquarters()
        is_stuck = page.cursor == ready.standing.cursor and not ops
        if answer.more and self.want and is_stuck:
            raise not_headquarters()
        self._ask_ahead(ready, answer)
        touched = self._on_store(lambda: self._write(page))
        self._detour = Detour()
        self._tally.count(len(ops), page, touched)

    def _ask_ahead(self, ready: Ready, answer: Answer) -> None:
        """Send the next edits and ask for the next page, if there are any."""
        page = answer.page
        standing = replace(ready.standing, epoch=page.epoch, cursor=page.cursor)
        following = self._ready(standing, page.last)
        if following.batch.ops or (answer.more and self.want):
            self._ahead = self._ask(following)

    def _write(self, page: SyncPage) -> frozenset[UUID]:
        with self._store.write() as transaction:
            return transaction.outbox.apply(page)

    def _is_even(self, answer: Answer) -> bool:
        if self._ahead is not None:
            return False
        return not self._on_store(partial(_has_pending, self._store, answer.page.last))

    def _turn(self, refused: RequestRefusedError, ready: Ready) -> None:
        """Find the other way that a refusal calls for, each only once."""
        known = (refused.code, refused.expected)
        if refused.code == "too-big" and len(ready.batch.ops) > 1:
            self._pace.refused(len(ready.batch.ops))
            return
        is_gone = refused.code == "gap" and known in self._tried
        if is_gone:
            # What headquarters misses was let go of: what is still here needs other numbers.
            known = ("fork", 0)
        if known in self._tried or len(self._tried) >= _MOST_TURNS:
            raise refused
        self._tried.add(known)
        if refused.code == "gap" and refused.expected != ready.batch.first and not is_gone:
            self._detour = replace(self._detour, after=refused.expected - 1)
        elif is_gone or refused.code == "fork" or self._is_ahead_of_us(refused):
            # A copy of this base went on, or an old one was put back: each counts for itself.
            self._on_store(self._start_over)
            self._detour = Detour()
        elif refused.code == "epoch":
            self._detour = replace(self._detour, after=refused.expected - 1, epoch=0)
        elif refused.code == "cursor":
            self._detour = replace(self._detour, restart=True)
        elif refused.code == "too-old" and self.want:
            # What was typed still leaves; only the reading waits for the new version.
            self._too_old, self._pace.want = refused, 0
        else:
            raise refused

    def _is_ahead_of_us(self, refused: RequestRefusedError) -> bool:
        """Whether a new incarnation expects an edit that comes after our next one."""
        return refused.code == "epoch" and refused.expected > self._on_store(
            partial(_next_number, self._store)
        )

    def _start_over(self) -> None:
        with self._store.write() as transaction:
            transaction.outbox.start_over()

    def _tell(self, progress: Progress, ready: Ready) -> None:
        if ready.batch.ops:
            progress(self._tally.sent, self._tally.sent + ready.batch.waiting, SENDING)
        else:
            progress(self._tally.received, None, RECEIVING)


def _has_pending(store: Store, after: int) -> bool:
    with store.read() as transaction:
        return bool(transaction.outbox.pending(after=after, limit=1))


def _waiting(store: Store) -> int:
    with store.read() as transaction:
        return transaction.outbox.counts()[0]


def _place(store: Store) -> ExchangePlace:
    with store.read() as transaction:
        return transaction.outbox.place()


def _next_number(store: Store) -> int:
    return _place(store).following
