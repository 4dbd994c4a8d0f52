"""The exchange: one request, one reply, push and pull in the same round trip.

Bodies are msgpack, compressed with zstd. Field names on the wire are short and fixed; unknown
names are ignored, so that a minor version may add some.
"""

from typing import Annotated, Any, Final, TypeVar

import msgspec
import zstandard

PROTOCOL: Final = "1.0"
CONTENT_TYPE: Final = "application/vnd.plie.exchange+msgpack+zstd"
EXCHANGE_PATH: Final = "/sync/v1/exchange"
NONCE_PATH: Final = "/sync/v1/nonce"
ENROL_PATH: Final = "/sync/v1/enrol"
HEALTH_PATH: Final = "/health"
NONCE_HEADER: Final = "X-Next-Nonce"
"""In each answer of headquarters: the nonce of the next request."""
KEY_HEADER: Final = "X-Key-Id"
"""In the unsigned, empty POST to `NONCE_PATH`: the key that the first nonce is for."""

USUAL_OPS: Final = 500
"""Edits in one request, unless the laptop finds the line to be faster."""
MAX_OPS: Final = 4000
MAX_FRAME: Final = 1 << 20
"""Most compressed bytes of one request."""
MAX_INFLATED: Final = 16 << 20
"""Most bytes of one message once inflated."""
PAGE_BYTES: Final = 64 << 10
"""Compressed bytes a device asks for in one page, unless it finds the line to be faster."""
MAX_PAGE_BYTES: Final = 1 << 20
LARGEST_NUMBER: Final = 1 << 62
"""Numbers of headquarters end here, so that the base of a laptop holds them and the next ones."""

Number = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_NUMBER)]
_MANY: Final = 10_000
"""Beyond that many things a list is not even counted through."""
_Sentence = Annotated[str, msgspec.Meta(max_length=1000)]
_Cursor = Annotated[bytes, msgspec.Meta(max_length=4096)]

T = TypeVar("T", bound=msgspec.Struct)


class Op(msgspec.Struct, array_like=True, frozen=True):
    """One edit; its number is `d0` plus its place in the list."""

    tx: int
    kind: str
    record: bytes
    root: bytes
    action: str
    base: int
    hlc: int
    values: dict[str, str | None]


class ExchangeRequest(
    msgspec.Struct,
    frozen=True,
    omit_defaults=True,
    rename={
        "protocol": "p",
        "schema": "sv",
        "first": "d0",
        "cursor": "cur",
        "digests": "dig",
    },
):
    """What a device sends.

    Attributes:
        db: random id of the base (16 bytes), renewed when a base is copied or restored.
        epoch: server incarnation the device last spoke to, 0 at first.
        first: number of the first edit in `ops`; the next expected one when there is none.
        cursor: opaque, as received; everything before it has been applied.
        want: compressed bytes wanted in the page, 0 for none.
        clock: the device's hybrid logical clock.
        digests: per scope, for the integrity check; absent when not asked for.
    """

    protocol: str
    schema: int
    db: bytes
    epoch: int = 0
    first: int = 1
    ops: Annotated[list[Op], msgspec.Meta(max_length=_MANY)] = []
    cursor: bytes = b""
    want: int = PAGE_BYTES
    clock: int = 0
    digests: Annotated[dict[str, bytes], msgspec.Meta(max_length=_MANY)] = {}


class OutcomeCode:
    """What became of an edit. All are final."""

    APPLIED: Final = 0
    SAME: Final = 1
    CONFLICT: Final = 2
    SUPERSEDED: Final = 3
    PARKED: Final = 4
    REDIRECTED: Final = 5
    ERASED: Final = 6


class Outcome(msgspec.Struct, array_like=True, frozen=True):
    """The outcome of an edit that was not simply applied.

    Attributes:
        dseq: number of the edit.
        ref: id of the review item of a conflict, or of the record redirected to.
        values: the values now in force for the columns of the edit.
    """

    dseq: Number
    code: int
    ref: bytes = b""
    values: dict[str, str | None] = {}


class Block(msgspec.Struct, array_like=True, frozen=True):
    """Rows of one kind that bring the same columns.

    Attributes:
        is_whole: the rows are complete and may be inserted; otherwise they update known rows.
        rows: `[version, id, root, value, value, …]` with the values in the order of `columns`;
            int, bytes, bytes, then str or None. The library cannot say so in a type (it takes
            no union of bytes and str), so the receiver checks it. Tuples, which the base takes
            as they are.
    """

    kind: str
    columns: list[str]
    is_whole: bool
    rows: list[tuple[Any, ...]]


class ExchangeReply(
    msgspec.Struct,
    frozen=True,
    omit_defaults=True,
    rename={
        "protocol": "p",
        "outcomes": "out",
        "blocks": "pg",
        "cursor": "cur",
    },
):
    """What headquarters answers.

    Attributes:
        epoch: server incarnation.
        last: number of the last edit journalled for this device and base.
        durable: edits up to this number are in a verified backup.
        outcomes: of the edits just sent, those that were not simply applied.
        blocks: whole aggregates; applying all of them with `cursor` leaves no dangling row.
        evict: roots that left the device's scopes.
        erase: roots erased for good.
        more: there is another page.
        clock: the largest effective hybrid logical clock headquarters knows.
        message: French sentence for the person, empty as a rule.
    """

    protocol: str
    epoch: Number
    last: Number
    durable: Number = 0
    outcomes: list[Outcome] = []
    blocks: list[Block] = []
    evict: list[bytes] = []
    erase: list[bytes] = []
    cursor: _Cursor = b""
    more: bool = False
    clock: Number = 0
    message: _Sentence = ""


class EnrolRequest(msgspec.Struct, frozen=True):
    """A laptop asks to be known. The code itself never travels, only a proof of it.

    The request is signed with the new key. `proof` is that of `protocol.enrolment` over
    `transcript(hint, public_key, device_name, nonce, salt)` with the nonce of the request.
    """

    hint: str
    public_key: bytes
    device_name: str
    salt: bytes
    proof: bytes


class Grant(msgspec.Struct, frozen=True):
    """What headquarters tells a laptop about its person.

    Attributes:
        device: short prefix of the numbers this laptop gives to participants, such as `K7`.
        staff: id of the person among the staff.
    """

    organisation: str
    device: str
    staff: bytes
    name: str
    role: str
    scopes: list[str]


class EnrolReply(msgspec.Struct, frozen=True):
    """The grant, and the proof that headquarters knew the code too.

    `proof` is the `server_proof` over the same transcript and `msgspec.msgpack.encode(grant)`.
    """

    grant: Grant
    proof: bytes


class Refusal(msgspec.Struct, frozen=True):
    """Why a request was refused; `sentence` is a French message id.

    Attributes:
        code: `frame`, `gap`, `fork`, `epoch`, `cursor`, `revoked`, `signature`, `nonce`,
            `too-big`, `too-old`, `code-unknown`, `code-used`, `code-expired`, `busy`.
        expected: the number expected next, for `gap` and `epoch`; after `epoch` the sender
            says 0 as its epoch once, and learns the new one from the reply.
    """

    code: str
    sentence: _Sentence
    expected: Number = 0


class FrameError(ValueError):
    """The bytes are not a message of ours, or larger than a message may be."""


def encode(message: msgspec.Struct) -> bytes:
    """The message as compressed bytes."""
    return zstandard.compress(msgspec.msgpack.encode(message), 3)


def decode(body: bytes, kind: type[T]) -> T:
    """The message in these bytes.

    Raises:
        FrameError: not zstd, not msgpack, not of that kind, too large, or nested without end.
    """
    try:
        # The library holds to `max_output_size` only where the frame does not announce its size.
        if zstandard.frame_content_size(body) > MAX_INFLATED:
            raise FrameError("too large")
        inflated = zstandard.ZstdDecompressor().decompress(body, max_output_size=MAX_INFLATED)
        return msgspec.msgpack.decode(inflated, type=kind)
    except (
        zstandard.ZstdError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError,
    ) as error:  # fmt: skip
        raise FrameError(str(type(error).__name__)) from error
