"""Whatever answers in the place of headquarters is told apart from it, and changes nothing."""

import asyncio
import socket
import threading
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from plie_desktop.clock import SystemChance
from plie_desktop.errors import ServerUnreachableError
from plie_desktop.protocol import signature
from plie_desktop.protocol.messages import (
    CONTENT_TYPE,
    EXCHANGE_PATH,
    KEY_HEADER,
    NONCE_HEADER,
    NONCE_PATH,
    ExchangeReply,
    ExchangeRequest,
    Refusal,
    decode,
    encode,
)
from plie_desktop.sync import client as client_module
from plie_desktop.sync import refusals
from plie_desktop.sync.address import read_address
from plie_desktop.sync.client import DeviceKey, SyncClient
from plie_desktop.sync.refusals import RequestRefusedError
from tests.support.clocks import FixedClock
from tests.support.laptops import MORNING, listening

REQUEST = ExchangeRequest(protocol="1.0", schema=1, db=bytes(16))
REPLY = ExchangeReply(protocol="1.0", epoch=1, last=0, message="bonjour")
NONCE = "bm9uY2Utbm9uY2U-1"
KEY = DeviceKey(*signature.new_key_pair(SystemChance()))


def nonce(_request, value=NONCE):
    return Response(status_code=204, headers={NONCE_HEADER: value})


def ours(body: bytes, status=200, **headers) -> Response:
    return Response(body, status, {NONCE_HEADER: NONCE, **headers}, media_type=CONTENT_TYPE)


def application(answer, first=nonce) -> Starlette:
    return Starlette(
        routes=[
            Route(NONCE_PATH, first, methods=["POST"]),
            Route(EXCHANGE_PATH, answer, methods=["POST"]),
        ]
    )


@contextmanager
def speaking_with(answer, first=nonce, silence=3.0):
    with listening(application(answer, first)) as url:
        client = SyncClient(read_address(url), KEY, FixedClock(MORNING), silence)
        try:
            yield client
        finally:
            client.close()


def test_a_request_is_signed_over_the_nonce_of_the_answer_before():
    seen = []

    async def answer(request):
        body = await request.body()
        headers = [(name.decode(), value.decode()) for name, value in request.scope["headers"]]
        used = signature.verify(
            KEY.public,
            method="POST",
            authority=request.headers["host"],
            path=request.url.path,
            query="",
            headers=headers,
            body=body,
        )
        seen.append((used, decode(body, ExchangeRequest)))
        return ours(encode(REPLY), **{NONCE_HEADER: f"{NONCE}{len(seen)}"})

    with speaking_with(answer) as client:
        assert client.exchange(REQUEST).message == "bonjour"
        client.exchange(REQUEST)
        assert client.traffic.requests == 3
    assert [used for used, _ in seen] == [NONCE, NONCE + "1"]
    assert seen[0][1] == REQUEST


def test_the_first_nonce_is_asked_for_by_key():
    asked = []

    async def first(request):
        asked.append((request.headers[KEY_HEADER], await request.body()))
        return nonce(request)

    async def answer(_request):
        return ours(encode(REPLY))

    with speaking_with(answer, first) as client:
        client.exchange(REQUEST)
    assert asked == [(signature.key_id(KEY.public), b"")]


def test_a_nonce_grown_old_is_replaced_once():
    tries = []

    async def answer(request):
        tries.append(request.headers["x-nonce"])
        if len(tries) == 2:
            return ours(encode(Refusal("nonce", "trop vieux")), 409)
        return ours(encode(REPLY))

    with speaking_with(answer) as client:
        client.exchange(REQUEST)
        client.exchange(REQUEST)
    assert len(tries) == 3


def test_a_nonce_that_is_always_refused_is_no_endless_story():
    async def answer(_request):
        return ours(encode(Refusal("nonce", "déjà servi")), 409)

    with speaking_with(answer) as client, pytest.raises(RequestRefusedError, match="déjà servi"):
        client.exchange(REQUEST)


def test_a_refusal_says_its_code_and_its_number():
    async def answer(_request):
        return ours(encode(Refusal("gap", "il manque", 41)), 409)

    with speaking_with(answer) as client, pytest.raises(RequestRefusedError) as caught:
        client.exchange(REQUEST)
    assert (caught.value.code, caught.value.expected) == ("gap", 41)


async def portal(_request):
    return HTMLResponse("<html>Bienvenue sur le Wi-Fi de la gare</html>")


async def elsewhere(_request):
    return RedirectResponse("https://portail.example/login")


async def not_found(_request):
    return HTMLResponse("rien ici", 404)


async def garbled(_request):
    return ours(b"\x28\xb5\x2f\xfd not ours")


async def another_message(_request):
    return ours(encode(Refusal("gap", "x")))


async def altered(_request):
    return ours(encode(REPLY), **{"Content-Digest": signature.content_digest(b"autre")})


async def empty(_request):
    return ours(b"")


@pytest.mark.parametrize(
    "answer", [portal, elsewhere, not_found, garbled, another_message, altered, empty]
)
def test_an_answer_of_someone_else_is_not_believed(answer):
    with speaking_with(answer) as client, pytest.raises(ServerUnreachableError) as caught:
        client.exchange(REQUEST)
    assert caught.value.sentence == refusals.NOT_HEADQUARTERS


@pytest.mark.parametrize("first", [portal, elsewhere, not_found])
def test_a_portal_is_found_out_at_the_first_word(first):
    with speaking_with(portal, first) as client, pytest.raises(ServerUnreachableError) as caught:
        client.exchange(REQUEST)
    assert caught.value.sentence == refusals.NOT_HEADQUARTERS


def test_a_nonce_no_headquarters_gives_is_not_signed():
    def first(request):
        return nonce(request, "court")

    with speaking_with(portal, first) as client, pytest.raises(ServerUnreachableError):
        client.exchange(REQUEST)


def test_a_gateway_without_headquarters_behind_is_busy():
    async def answer(_request):
        return HTMLResponse("bad gateway", 502)

    with speaking_with(answer) as client, pytest.raises(ServerUnreachableError) as caught:
        client.exchange(REQUEST)
    assert caught.value.sentence == refusals.BUSY


def test_an_answer_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(client_module, "MOST_ANSWER_BYTES", 1 << 16)

    async def endless():
        while True:
            yield b"x" * 4096
            await asyncio.sleep(0)

    async def answer(_request):
        return StreamingResponse(endless(), media_type=CONTENT_TYPE)

    with speaking_with(answer) as client, pytest.raises(ServerUnreachableError):
        client.exchange(REQUEST)


def test_a_line_that_goes_silent_is_left():
    async def answer(_request):
        await asyncio.sleep(1)
        return ours(encode(REPLY))

    with speaking_with(answer, silence=0.3) as client:
        with pytest.raises(ServerUnreachableError) as caught:
            client.exchange(REQUEST)
        assert caught.value.sentence == refusals.STALLED


def test_a_slow_line_is_not_a_dead_one():
    body = encode(REPLY)

    async def drip():
        for at in range(len(body)):
            yield body[at : at + 1]
            await asyncio.sleep(0.02)

    async def answer(_request):
        return StreamingResponse(drip(), media_type=CONTENT_TYPE)

    with speaking_with(answer, silence=0.5) as client:
        assert client.exchange(REQUEST).message == "bonjour"


@contextmanager
def raw_server(answer: bytes):
    """Answers every connection with these bytes, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve():
            try:
                while True:
                    line, _ = door.accept()
                    with line:
                        line.recv(65536)
                        line.sendall(answer)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        door.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"220 mail.example ESMTP\r\n\r\n", refusals.NOT_HEADQUARTERS),
        (b"", refusals.STALLED),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\nhalf", refusals.STALLED),
    ],
)
def test_what_is_no_http_or_is_cut_short_is_told(answer, sentence):
    with raw_server(answer) as url:
        client = SyncClient(read_address(url), KEY, FixedClock(MORNING), 3.0)
        with pytest.raises(ServerUnreachableError) as caught:
            client.exchange(REQUEST)
        client.close()
    assert caught.value.sentence == sentence


def test_nobody_there_is_told_at_once():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    client = SyncClient(read_address(f"http://127.0.0.1:{port}"), KEY, FixedClock(MORNING), 3.0)
    with pytest.raises(ServerUnreachableError) as caught:
        client.exchange(REQUEST)
    client.close()
    assert caught.value.sentence == refusals.UNREACHABLE


def test_a_server_that_cannot_prove_itself_gets_nothing():
    async def answer(_request):
        return ours(encode(REPLY))

    with listening(application(answer)) as url:
        client = SyncClient(
            read_address(url.replace("http://", "https://")), KEY, FixedClock(MORNING), 3.0
        )
        with pytest.raises(ServerUnreachableError) as caught:
            client.exchange(REQUEST)
        client.close()
    assert caught.value.sentence == refusals.NOT_TRUSTED


def test_the_key_does_not_show():
    assert KEY.private.hex() not in repr(KEY)
    assert str(KEY.private) not in repr(KEY)
