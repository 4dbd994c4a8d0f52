"""Nonces and cursors: what headquarters hands out, and knows again when it comes back.

Both carry a mark made with a key that stays in the database, so nothing is stored for them.
Only the other parts of the server come in.
"""

import base64
import binascii
import hmac
from datetime import datetime, timedelta
from typing import Final

import msgspec

from plie_desktop.server.refusal import RequestRefusedError

_STAMP: Final = 8
_MARK: Final = 8
_CURSOR_MARK: Final = 16


class Nonces:
    """Single-use numbers, each bound to the key of a laptop.

    A nonce is the moment of its issue and a mark. The laptop's row remembers the last one used:
    that one and all older ones are spent.
    """

    def __init__(self, secret: bytes, life: timedelta) -> None:
        self._secret = secret
        self._life = life

    def issue(self, key_id: str, now: datetime, floor: int = 0) -> str:
        """A nonce for this key, later than the last one it used."""
        stamp = max(_microseconds(now), floor + 1).to_bytes(_STAMP, "big")
        return base64.urlsafe_b64encode(stamp + self._mark(key_id, stamp)).rstrip(b"=").decode()

    def moment(self, key_id: str, nonce: str, now: datetime) -> int:
        """When the nonce was issued, in microseconds.

        Raises:
            RequestRefusedError: we did not issue it for this key, or too long ago.
        """
        try:
            raw = base64.b64decode(nonce + "==", altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise RequestRefusedError("nonce") from None
        stamp, mark = raw[:_STAMP], raw[_STAMP:]
        if not hmac.compare_digest(mark, self._mark(key_id, stamp)):
            raise RequestRefusedError("nonce")
        issued = int.from_bytes(stamp, "big")
        if issued < _microseconds(now - self._life):
            raise RequestRefusedError("nonce")
        return issued

    def _mark(self, key_id: str, stamp: bytes) -> bytes:
        return hmac.digest(self._secret, b"nonce" + key_id.encode() + stamp, "sha256")[:_MARK]


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


class Cursor(msgspec.Struct, array_like=True, frozen=True):
    """How far a laptop has read.

    Attributes:
        epoch: incarnation in which it was given.
        generation: of the grants it was walked with.
        since: everything up to this version has been applied.
        until: where the counter stood when the walk under way began; 0 between two walks.
        scope: the scope the walk is in.
        version, root: the last aggregate it passed there.
        base, last: the base file it was given to, and its last edit in the journal then.
    """

    epoch: int
    generation: int
    since: int
    until: int = 0
    scope: str = ""
    version: int = 0
    root: bytes = b""
    base: int = 0
    last: int = 0


class Cursors:
    """Cursors as laptops hold them: opaque, and of use to nobody else."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def write(self, device: int, cursor: Cursor) -> bytes:
        body = msgspec.msgpack.encode(cursor)
        return self._mark(device, body) + body

    def read(self, device: int, given: bytes) -> Cursor | None:
        """The cursor; None for a laptop that has none yet.

        Raises:
            RequestRefusedError: we did not give it to this laptop.
        """
        if not given:
            return None
        mark, body = given[:_CURSOR_MARK], given[_CURSOR_MARK:]
        if not hmac.compare_digest(mark, self._mark(device, body)):
            raise RequestRefusedError("cursor")
        return msgspec.msgpack.decode(body, type=Cursor)

    def _mark(self, device: int, body: bytes) -> bytes:
        text = b"cursor" + device.to_bytes(8, "big") + body
        return hmac.digest(self._secret, text, "sha256")[:_CURSOR_MARK]
