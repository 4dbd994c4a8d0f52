"""Signs and checks requests: one fixed profile of RFC 9421, with the body digest of RFC 9530.

A request is signed over its method, authority, path, query, body digest, content type and a
single-use nonce that came from the server; nothing depends on the laptop's clock. The profile
has no options, so the reader is a comparison: whatever is not written exactly as `sign` writes
it is refused, before anyone looks at the body.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from plie_desktop.clock import Chance

KEY_BYTES: Final = 32
LABEL: Final = "plie"
HEADERS: Final = ("content-digest", "content-type", "x-nonce", "signature-input", "signature")
"""What a signed request carries, each exactly once."""

_COMPONENTS: Final = (
    '("@method" "@authority" "@path" "@query" "content-digest" "content-type" "x-nonce")'
)
_METHOD = re.compile(r"[A-Z]{1,16}")
_AUTHORITY = re.compile(r"(?:[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?")
# Only characters that no proxy and no framework rewrites: what is signed is what is routed.
_PATH = re.compile(r"/|(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
_QUERY = re.compile(r"[A-Za-z0-9._~=&-]{0,1024}")
_CONTENT_TYPE = re.compile(r"[a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,64}(?:; ?[a-z0-9-]+=[a-z0-9.-]+)?")
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_INPUT = re.compile(
    rf"{LABEL}=(?P<params>{re.escape(_COMPONENTS)}"
    r';created=(?P<created>0|[1-9][0-9]{0,11});keyid="(?P<key>[0-9a-f]{16})";alg="ed25519")'
)
_SIGNATURE = re.compile(rf"{LABEL}=:(?P<bytes>[A-Za-z0-9+/]{{86}}==):")


class SignatureRefusedError(ValueError):
    """The request is not signed by this key in this profile; the message says which part."""


@dataclass(frozen=True)
class SignedRequest:
    """What the five headers of a request claim; nothing in it is proven yet.

    Attributes:
        created: seconds since 1970 by the sender's clock; for the log, never for a decision.
        params: the exact text that was signed as `@signature-params`.
    """

    key_id: str
    nonce: str
    content_type: str
    digest: str
    created: int
    params: str
    signature: bytes


def new_key_pair(chance: Chance) -> tuple[bytes, bytes]:
    """A fresh Ed25519 key: the private and the public half, 32 raw bytes each."""
    private = chance.take(KEY_BYTES)
    return private, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """The name of a public key: 16 hexadecimal letters of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def content_digest(body: bytes) -> str:
    """The Content-Digest header of these bytes (RFC 9530, SHA-256)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def sign(  # noqa: PLR0913 - a request has these parts, and each is named where it is given
    private: bytes,
    *,
    method: str,
    authority: str,
    path: str,
    query: str,
    content_type: str,
    nonce: str,
    body: bytes,
    created: int,
) -> dict[str, str]:
    """The headers to add to a request.

    Args:
        private: the 32 bytes of the key.
        method: upper case.
        authority: host and port as in the Host header, the port left out when it is the scheme's.
        path: as sent; letters, digits and `-._~` only, no escapes, no segment beginning with `.`.
        query: without its question mark; empty when there is none.
        content_type: lower case.
        nonce: the one the server gave last, 16 to 64 URL-safe characters.
        body: the bytes as sent, after compression.
        created: seconds since 1970, for the server's log.

    Raises:
        SignatureRefusedError: a part is outside the profile.
    """
    key = Ed25519PrivateKey.from_private_bytes(private)
    name = key_id(key.public_key().public_bytes_raw())
    claim = SignedRequest(
        key_id=name,
        nonce=nonce,
        content_type=content_type,
        digest=content_digest(body),
        created=created,
        params=f'{_COMPONENTS};created={created};keyid="{name}";alg="ed25519"',
        signature=b"",
    )
    signature = base64.b64encode(key.sign(_base(claim, method, authority, path, query))).decode()
    return {
        "Content-Digest": claim.digest,
        "Content-Type": claim.content_type,
        "X-Nonce": claim.nonce,
        "Signature-Input": f"{LABEL}={claim.params}",
        "Signature": f"{LABEL}=:{signature}:",
    }


def read(headers: Sequence[tuple[str, str]]) -> SignedRequest:
    """What the headers claim, if they are those of this profile and of nothing else.

    Args:
        headers: names (any case) and values as received, repeated ones included.

    Raises:
        SignatureRefusedError: a header is missing, repeated or written otherwise.
    """
    values: dict[str, str] = {}
    for name, value in headers:
        lowered = name.lower()
        if lowered in HEADERS:
            if lowered in values:
                raise SignatureRefusedError(f"{lowered} is repeated")
            values[lowered] = value
    for name in HEADERS:
        if name not in values:
            raise SignatureRefusedError(f"{name} is missing")
    claimed = _fits("signature-input", _INPUT, values["signature-input"])
    signature = _fits("signature", _SIGNATURE, values["signature"])
    return SignedRequest(
        key_id=claimed["key"],
        nonce=values["x-nonce"],
        content_type=values["content-type"],
        digest=values["content-digest"],
        created=int(claimed["created"]),
        params=claimed["params"],
        signature=_decoded(signature["bytes"]),
    )


def verify(
    public: bytes,
    *,
    method: str,
    authority: str,
    path: str,
    query: str,
    headers: Sequence[tuple[str, str]],
    body: bytes,
) -> str:
    """The nonce of a request that this key signed; the caller then spends it.

    `path` and `query` are the raw ones, before any decoding; the rest is as in `sign`.

    Raises:
        SignatureRefusedError: anything else.
    """
    claim = read(headers)
    if claim.key_id != key_id(public):
        raise SignatureRefusedError("signed by another key")
    if claim.digest != content_digest(body):
        raise SignatureRefusedError("the body does not fit its digest")
    base = _base(claim, method, authority, path, query)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(claim.signature, base)
    except InvalidSignature:
        raise SignatureRefusedError("the signature does not fit the request") from None
    return claim.nonce


def _base(claim: SignedRequest, method: str, authority: str, path: str, query: str) -> bytes:
    """The signature base (RFC 9421 section 2.5), every part checked to be of the profile."""
    _fits("@method", _METHOD, method)
    _fits("@authority", _AUTHORITY, authority.lower())
    _fits("@path", _PATH, path)
    _fits("@query", _QUERY, query)
    _fits("content-type", _CONTENT_TYPE, claim.content_type)
    _fits("x-nonce", _NONCE, claim.nonce)
    _fits("signature-input", _INPUT, f"{LABEL}={claim.params}")
    lines = (
        f'"@method": {method}',
        f'"@authority": {authority.lower()}',
        f'"@path": {path}',
        f'"@query": ?{query}',
        f'"content-digest": {claim.digest}',
        f'"content-type": {claim.content_type}',
        f'"x-nonce": {claim.nonce}',
        f'"@signature-params": {claim.params}',
    )
    return "\n".join(lines).encode("ascii")


def _fits(part: str, shape: re.Pattern[str], value: str) -> re.Match[str]:
    found = shape.fullmatch(value)
    if found is None:
        raise SignatureRefusedError(f"{part} is outside the profile")
    return found


def _decoded(text: str) -> bytes:
    """The bytes of a base64 text that is the only spelling of them."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise SignatureRefusedError("signature is outside the profile") from None
    if base64.b64encode(decoded).decode() != text:
        raise SignatureRefusedError("signature is outside the profile")
    return decoded
