"""The body of a request: read as it comes, left when it does not come."""

import asyncio

import pytest
from fastapi import Request

from plie_desktop.protocol.messages import EXCHANGE_PATH
from plie_desktop.server.refusal import RequestRefusedError
from plie_desktop.server.routes import wire


def a_request(*pieces: bytes, pause: float = 0.0) -> Request:
    """A request whose body comes in these pieces, and whose end comes after the pause."""
    coming = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]

    async def receive():
        if coming:
            return coming.pop(0)
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "POST",
        "path": EXCHANGE_PATH,
        "raw_path": EXCHANGE_PATH.encode(),
        "query_string": b"",
        "headers": [(b"host", b"siege.example")],
    }
    return Request(scope, receive)


def test_a_body_is_read_whole_in_whatever_pieces():
    call = asyncio.run(wire.read(a_request(b"ab", b"", b"c")))
    assert (call.body, call.path, call.authority) == (b"abc", EXCHANGE_PATH, "siege.example")


def test_a_body_that_does_not_come_is_not_waited_for():
    with pytest.raises(RequestRefusedError) as caught:
        asyncio.run(wire.read(a_request(b"ab", pause=60.0), silence=0.05))
    # To try again helps, another version of the program does not.
    assert (caught.value.code, caught.value.status) == ("busy", 429)


def test_a_body_too_large_is_not_read_to_its_end():
    with pytest.raises(RequestRefusedError) as caught:
        asyncio.run(wire.read(a_request(b"x" * 9, b"x" * 9, pause=60.0), limit=16))
    assert caught.value.code == "too-big"
