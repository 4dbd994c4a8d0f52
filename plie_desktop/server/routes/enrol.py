"""The doors for those who are not known yet; they open a limited number of times a minute."""

import re
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from plie_desktop.clock import Clock
from plie_desktop.protocol.messages import ENROL_PATH, KEY_HEADER, NONCE_HEADER, NONCE_PATH
from plie_desktop.server.enrolment import Enrolment
from plie_desktop.server.refusal import RequestRefusedError
from plie_desktop.server.routes import wire

_KEY_ID: Final = re.compile(r"[0-9a-f]{16}")
_LONGEST_ENROLMENT: Final = 4096
_MOST_ADDRESSES: Final = 10_000


class Knocks:
    """Counts the unsigned requests of each address, minute by minute."""

    def __init__(self, clock: Clock, per_minute: int) -> None:
        self._clock = clock
        self._per_minute = per_minute
        self._minute = -1
        self._counts: dict[str, int] = {}

    def admit(self, request: Request) -> None:
        """Count one more.

        Raises:
            RequestRefusedError: this address knocked too often in this minute.
        """
        minute = int(self._clock.monotonic() // 60)
        if minute != self._minute or len(self._counts) > _MOST_ADDRESSES:
            self._minute, self._counts = minute, {}
        address = request.client.host if request.client is not None else ""
        self._counts[address] = self._counts.get(address, 0) + 1
        if self._counts[address] > self._per_minute:
            raise RequestRefusedError("busy")


def router(enrolment: Enrolment, knocks: Knocks) -> APIRouter:
    door = APIRouter()

    @door.post(NONCE_PATH)
    async def post_nonce(request: Request) -> Response:
        knocks.admit(request)
        key_id = request.headers.get(KEY_HEADER, "")
        if _KEY_ID.fullmatch(key_id) is None:
            raise RequestRefusedError("frame")
        nonce = await run_in_threadpool(enrolment.first_nonce, key_id)
        return Response(status_code=204, headers={NONCE_HEADER: nonce})

    @door.post(ENROL_PATH)
    async def post_enrolment(request: Request) -> Response:
        knocks.admit(request)
        return await wire.answer(request, enrolment.answer, _LONGEST_ENROLMENT)

    return door
