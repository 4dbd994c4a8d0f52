"""Between HTTP and the calls of headquarters."""

from collections.abc import Callable

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from plie_desktop.protocol.messages import CONTENT_TYPE, MAX_FRAME, NONCE_HEADER, encode
from plie_desktop.protocol.signature import content_digest
from plie_desktop.server.calls import Answer, Call
from plie_desktop.server.refusal import RequestRefusedError


async def read(request: Request, limit: int = MAX_FRAME) -> Call:
    """The request with its whole body.

    Raises:
        RequestRefusedError: the body is larger than a message may be.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise RequestRefusedError("too-big")
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
