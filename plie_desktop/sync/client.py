"""One signed request to headquarters and its answer: the only place that speaks HTTP.

No bearer secret exists: each request is signed over a nonce that headquarters gave with its
previous answer. Redirects are not followed, time is counted from byte to byte (a slow line is
not a dead one), and an answer is believed only when its type, size and digest are ours.
"""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from plie_desktop.clock import Clock
from plie_desktop.errors import ServerUnreachableError
from plie_desktop.protocol import messages, signature
from plie_desktop.protocol.messages import (
    EnrolReply,
    EnrolRequest,
    ExchangeReply,
    ExchangeRequest,
    FrameError,
    Refusal,
)
from plie_desktop.sync.address import Address
from plie_desktop.sync.refusals import (
    BUSY,
    NOT_TRUSTED,
    STALLED,
    UNREACHABLE,
    RequestRefusedError,
    not_headquarters,
)

if TYPE_CHECKING:
    import httpx2

SILENCE_SECONDS: Final = 20.0
"""Longest silence between two bytes."""
CONNECT_SECONDS: Final = 10.0
MOST_ANSWER_BYTES: Final = 8 << 20
_FIRST_REFUSAL: Final = 400
_NO_CONTENT: Final = 204
_BUSY_STATUS: Final = frozenset({429, 502, 503, 504, 507})

T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True)
class DeviceKey:
    """The laptop's signing key, both halves as raw bytes."""

    private: bytes = field(repr=False)
    public: bytes


@dataclass
class Traffic:
    """What went over the line since the client was made."""

    requests: int = 0
    bytes_out: int = 0
    bytes_in: int = 0


class SyncClient:
    """Speaks with one headquarters in the name of one laptop; one request at a time."""

    def __init__(
        self,
        address: Address,
        key: DeviceKey,
        clock: Clock,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        self._address = address
        self._key = key
        self._clock = clock
        self._silence = silence_seconds
        self._nonce = ""
        self._http: httpx2.Client | None = None
        self.traffic = Traffic()

    def exchange(self, request: ExchangeRequest) -> ExchangeReply:
        """Push and pull in one round trip.

        Raises:
            ServerUnreachableError: no answer, or not one of headquarters'.
            RequestRefusedError: headquarters refused; its `code` says why.
        """
        body = messages.encode(request)
        return self._signed(messages.EXCHANGE_PATH, lambda _: body, ExchangeReply)

    def enrol(self, ask: Callable[[str], EnrolRequest]) -> EnrolReply:
        """Make this laptop known; `ask` writes the request for the nonce it is given.

        Raises:
            ServerUnreachableError, RequestRefusedError: as `exchange`.
        """
        return self._signed(
            messages.ENROL_PATH, lambda nonce: messages.encode(ask(nonce)), EnrolReply
        )

    def close(self) -> None:
        """Let go of the connection."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _signed(self, path: str, write: Callable[[str], bytes], kind: type[T]) -> T:
        is_fresh = not self._nonce
        if is_fresh:
            self._ask_nonce()
        try:
            return _decode(self._send_signed(path, write), kind)
        except RequestRefusedError as refused:
            # The nonce grew old while the laptop slept, or its answer was lost on the way.
            if refused.code != "nonce" or is_fresh:
                raise
        self._ask_nonce()
        return _decode(self._send_signed(path, write), kind)

    def _send_signed(self, path: str, write: Callable[[str], bytes]) -> bytes:
        nonce, self._nonce = self._nonce, ""
        body = write(nonce)
        try:
            headers = signature.sign(
                self._key.private,
                method="POST",
                authority=self._address.authority,
                path=path,
                query="",
                content_type=messages.CONTENT_TYPE,
                nonce=nonce,
                body=body,
                created=int(self._clock.now().timestamp()),
            )
        except signature.SignatureRefusedError:
            # Only the nonce comes from outside: headquarters' always fits the profile.
            raise not_headquarters() from None
        return self._post(path, headers, body)

    def _ask_nonce(self) -> None:
        key_id = signature.key_id(self._key.public)
        self._post(messages.NONCE_PATH, {messages.KEY_HEADER: key_id}, b"")
        if not self._nonce:
            raise not_headquarters()

    def _post(self, path: str, headers: dict[str, str], body: bytes) -> bytes:
        """The body of an answer that headquarters gave and that is no refusal."""
        answer = self._send(path, headers, body)
        self._nonce = answer.headers.get(messages.NONCE_HEADER.lower(), "")
        if answer.status < _FIRST_REFUSAL and answer.is_ours:
            return answer.body
        if answer.status >= _FIRST_REFUSAL and answer.is_ours:
            refusal = _decode(answer.body, Refusal)
            raise RequestRefusedError(refusal.code, refusal.sentence, refusal.expected)
        if answer.status in _BUSY_STATUS:
            raise ServerUnreachableError(BUSY)
        raise not_headquarters()

    def _send(self, path: str, headers: dict[str, str], body: bytes) -> "_Answer":
        import httpx2  # noqa: PLC0415 - slow to import, and most sessions begin offline

        if self._http is None:
            self._http = _open(self._silence, self._address.scheme)
        self.traffic.requests += 1
        self.traffic.bytes_out += len(body)
        try:
            with self._http.stream(
                "POST", self._address.origin + path, content=body, headers=headers
            ) as answer:
                read = _read_capped(answer.iter_bytes())
                self.traffic.bytes_in += len(read)
                return _Answer(answer.status_code, dict(answer.headers), read)
        except httpx2.RequestError as error:
            raise _unreachable(error) from None


@dataclass(frozen=True)
class _Answer:
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_ours(self) -> bool:
        """Whether its type is the exchange's and its bytes are those that were sent."""
        digest = self.headers.get("content-digest")
        return (
            self.headers.get("content-type") == messages.CONTENT_TYPE
            and (digest is None or digest == signature.content_digest(self.body))
        ) or (self.status == _NO_CONTENT and not self.body)


def _open(silence: float, scheme: str) -> "httpx2.Client":
    import httpx2  # noqa: PLC0415 - as above

    limits = httpx2.Timeout(silence, connect=min(CONNECT_SECONDS, silence))
    # Authorities are slow to load: on this very machine, without TLS, nobody is trusted.
    trusted = True if scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # The environment names no proxy and no other authority: what is sent goes where it was said.
    client = httpx2.Client(timeout=limits, verify=trusted, follow_redirects=False, trust_env=False)
    # What the library says of itself is of no use to headquarters, and longer than most requests.
    for name in ("Accept", "Accept-Encoding", "User-Agent"):
        del client.headers[name]
    return client


def _read_capped(pieces: Iterator[bytes]) -> bytes:
    read = bytearray()
    for piece in pieces:
        read += piece
        if len(read) > MOST_ANSWER_BYTES:
            raise not_headquarters()
    return bytes(read)


def _decode(body: bytes, kind: type[T]) -> T:
    try:
        return messages.decode(body, kind)
    except FrameError:
        raise not_headquarters() from None


def _unreachable(error: Exception) -> ServerUnreachableError:
    import httpx2  # noqa: PLC0415 - as above

    if _is_of_tls(error):
        return ServerUnreachableError(NOT_TRUSTED)
    # Of an answer cut short the library says the same as of one that is no HTTP at all.
    was_cut = "complete message" in str(error) or "disconnected" in str(error)
    if isinstance(error, httpx2.DecodingError) or (
        isinstance(error, httpx2.RemoteProtocolError) and not was_cut
    ):
        return not_headquarters()
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return ServerUnreachableError(UNREACHABLE)
    return ServerUnreachableError(STALLED)


def _is_of_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
