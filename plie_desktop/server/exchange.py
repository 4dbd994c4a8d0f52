"""The exchange with one laptop: what it says is checked, taken in, and answered with news.

Only the routes come in.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
import psycopg
from psycopg import Connection

from plie_desktop.clock import Clock
from plie_desktop.protocol.messages import (
    MAX_OPS,
    MAX_PAGE_BYTES,
    PROTOCOL,
    ExchangeReply,
    ExchangeRequest,
    FrameError,
    Outcome,
    decode,
)
from plie_desktop.protocol.signature import SignedRequest
from plie_desktop.server.calls import Answer, Call
from plie_desktop.server.feed import Feed, Page
from plie_desktop.server.marks import Cursor, Cursors, Nonces
from plie_desktop.server.push import Push
from plie_desktop.server.refusal import RequestRefusedError
from plie_desktop.server.settings import Settings
from plie_desktop.server.store import counter, devices, incarnation
from plie_desktop.server.store.counter import Count
from plie_desktop.server.store.database import Database
from plie_desktop.server.store.devices import Base, Device
from plie_desktop.server.store.records import TakenError

_log = logging.getLogger(__name__)
_TRIES: Final = 5
_ID_BYTES: Final = 16
_LARGEST: Final = (1 << 53) - 1
_PASSING: Final = (
    TakenError,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)
"""What another try of the same transaction gets past."""


@dataclass(frozen=True)
class _Taken:
    """What the first half of an exchange leaves for the second."""

    device: Device
    base: Base
    request: ExchangeRequest
    cursor: Cursor | None
    outcomes: list[Outcome]
    last: int


class Exchange:
    """Answers the requests of laptops that are enrolled."""

    def __init__(
        self, database: Database, clock: Clock, nonces: Nonces, cursors: Cursors, settings: Settings
    ) -> None:
        self._database = database
        self._clock = clock
        self._nonces = nonces
        self._cursors = cursors
        self._settings = settings

    def answer(self, call: Call) -> Answer:
        """The reply, or the refusal; with the nonce of the next request.

        Raises:
            DatabaseError: PostgreSQL is away.
        """
        now = self._clock.now()
        try:
            claim = call.claim()
        except RequestRefusedError as refusal:
            return Answer(refusal.status, refusal.message())
        floor = 0
        try:
            floor = self._nonces.moment(claim.key_id, claim.nonce, now)
            taken = self._take_in(call, claim, floor, now)
            reply = self._reply(taken)
        except RequestRefusedError as refusal:
            _log.info("exchange refused: %s", refusal.code)
            if refusal.code == "nonce":
                floor = self._floor(claim.key_id)
            nonce = self._nonces.issue(claim.key_id, now, floor)
            return Answer(refusal.status, refusal.message(), nonce)
        return Answer(200, reply, self._nonces.issue(claim.key_id, now, floor))

    def _floor(self, key_id: str) -> int:
        with self._database.snapshot() as connection:
            return devices.nonce_floor(connection, key_id)

    def _take_in(self, call: Call, claim: SignedRequest, issued: int, now: datetime) -> _Taken:
        for remaining in reversed(range(_TRIES)):
            try:
                taken = self._try_to_take_in(call, claim, issued, now)
            except _PASSING:
                if not remaining:
                    raise RequestRefusedError("busy") from None
                continue
            if isinstance(taken, RequestRefusedError):
                raise taken
            return taken
        raise AssertionError  # the last try returns or raises

    def _try_to_take_in(
        self, call: Call, claim: SignedRequest, issued: int, now: datetime
    ) -> _Taken | RequestRefusedError:
        with self._database.write() as connection:
            device = devices.find(connection, claim.key_id)
            if device is None:
                raise RequestRefusedError("signature")
            call.check_signature(device.public_key)
            if not devices.spend_nonce(connection, device, issued, now):
                raise RequestRefusedError("nonce")
            try:
                # A refusal takes back what was written since, but the nonce stays spent.
                with connection.transaction():
                    return self._hear(connection, device, call, now)
            except RequestRefusedError as refusal:
                return refusal

    def _hear(
        self, connection: Connection, device: Device, call: Call, now: datetime
    ) -> _Taken | RequestRefusedError:
        if device.is_revoked:
            raise RequestRefusedError("revoked")
        request = _checked(call.body)
        cursor = self._cursors.read(device.id, request.cursor)
        base = devices.base(connection, device, request.db)
        if not request.ops:
            # Only a nonce and a time are written: to lose them in a crash of the machine harms
            # nobody, to wait for the disk would cost each idle exchange.
            connection.execute("SET LOCAL synchronous_commit TO off")
        count = counter.read(connection)
        if cursor is not None and _is_ahead(cursor, count, base):
            # Nobody knows since when: laptops read everything again.
            incarnation.begin(connection, "a laptop has seen more", 0, after=cursor.epoch)
            _log.warning("this base was restored without notice: new epoch begun")
            return RequestRefusedError("epoch", expected=base.last + 1)
        if request.epoch not in (0, count.epoch):
            raise RequestRefusedError("epoch", expected=base.last + 1)
        push = Push(connection, device, base, now, self._settings.clock_tolerance)
        outcomes = push.take(request.first, request.ops)
        last = max(base.last, request.first + len(request.ops) - 1)
        _log.info(
            "exchange of %s: %d edits, %d with an outcome of their own",
            device.prefix, len(request.ops), len(outcomes),
        )  # fmt: skip
        return _Taken(device, base, request, cursor, outcomes, last)

    def _reply(self, taken: _Taken) -> ExchangeReply:
        request = taken.request
        with self._database.snapshot() as connection:
            count = counter.read(connection)
            page: Page | None = None
            if request.want > 0:
                feed = Feed(connection, taken.device, taken.base.no, count)
                page = feed.page(taken.cursor, min(request.want, MAX_PAGE_BYTES))
        if page is None:
            since = taken.cursor.since if taken.cursor is not None else 0
            page = Page(taken.cursor, more=since < count.seq)
        cursor = page.cursor
        if cursor is not None:
            cursor = msgspec.structs.replace(cursor, base=taken.base.no, last=taken.last)
        return ExchangeReply(
            protocol=PROTOCOL,
            epoch=count.epoch,
            last=taken.last,
            durable=taken.base.durable,
            outcomes=taken.outcomes,
            blocks=page.blocks,
            evict=page.evict,
            erase=page.erase,
            cursor=self._cursors.write(taken.device.id, cursor) if cursor is not None else b"",
            more=page.more,
            clock=count.hlc,
        )


def _checked(body: bytes) -> ExchangeRequest:
    """The request in these bytes.

    Raises:
        RequestRefusedError: it is not one, or says what none can say.
    """
    try:
        request = decode(body, ExchangeRequest)
    except FrameError:
        raise RequestRefusedError("frame") from None
    if request.protocol.partition(".")[0] != PROTOCOL.partition(".")[0]:
        raise RequestRefusedError("too-old")
    if len(request.ops) > MAX_OPS:
        raise RequestRefusedError("too-big")
    if len(request.db) != _ID_BYTES or not 1 <= request.first <= _LARGEST:
        raise RequestRefusedError("frame")
    return request


def _is_ahead(cursor: Cursor, count: Count, base: Base) -> bool:
    """Whether a laptop was told what this base does not know: the base was restored."""
    if cursor.epoch != count.epoch:
        return cursor.epoch > count.epoch
    if cursor.base == base.no and cursor.last > base.last:
        return True
    return max(cursor.since, cursor.until) > count.seq
