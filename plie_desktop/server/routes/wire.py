"""Between HTTP and the calls of headquarters."""

import asyncio
from collections.abc import Callable
from typing import Final

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from plie_desktop.protocol.messages import CONTENT_TYPE, MAX_FRAME, NONCE_HEADER, encode
from plie_desktop.protocol.signature import content_digest
from plie_desktop.server.calls import Answer, Call
from plie_desktop.server.refusal import RequestRefusedError

SILENCE_SECONDS: Final = 20.0
"""As laptops: a slow line is not a dead one, time is counted from byte to byte."""


async def read(request: Request, limit: int = MAX_FRAME, silence: float = SILENCE_SECONDS) -> Call:
    """The request with its whole body.

    Args:
        request: as the framework gives it.
        limit: most bytes of the body.
        silence: longest wait for its next bytes, in seconds.

    Raises:
        RequestRefusedError: the body is larger than a message may be, or does not come.
    """
    body = bytearray()
    pieces = request.stream()
    try:
        while (piece := await asyncio.wait_for(anext(pieces, None), silence)) is not None:
            body += piece
            if len(body) > limit:
                raise RequestRefusedError("too-big")
    except TimeoutError:
        # Of a line that went silent nothing is known but that another try may get through.
        raise RequestRefusedError("busy") from None
    scope = request.scope
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    )
    return Call(
        method=scope["method"],
        authority=request.headers.get("host", ""),
        path=scope["raw_path"].decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=bytes(body),
    )


async def answer(request: Request, how: Callable[[Call], Answer], limit: int) -> Response:
    """Have a call answered beside the event loop."""
    call = await read(request, limit)
    return await run_in_threadpool(lambda: respond(how(call)))


def respond(given: Answer) -> Response:
    body = encode(given.message)
    headers = {"Content-Digest": content_digest(body)}
    if given.nonce:
        headers[NONCE_HEADER] = given.nonce
    return Response(body, given.status, headers=headers, media_type=CONTENT_TYPE)


def refuse(refusal: RequestRefusedError) -> Response:
    return respond(Answer(refusal.status, refusal.message()))
