"""How a laptop and headquarters prove to each other that they know one invitation code.

The code is 13 letters (65 bits) given on paper or by voice, valid once. It never travels: its
first four letters tell headquarters which invitation is meant, and both sides sign a transcript
of the meeting with a key stretched from the whole code. Whoever listens learns the first 20
bits and would pay 2^45 stretchings for the rest. The words drawn from the transcript are shown
on both screens; a person compares them.

    laptop                                            headquarters
    hint, public key, device name      ──────────►    looks the invitation up
                                       ◄──────────    a nonce
    proof(key, transcript)             ──────────►    is_proof, then the invitation is spent
                                       ◄──────────    answer, server_proof(key, transcript, answer)
    is_server_proof, then the words                   the same words
"""

import hashlib
import hmac
from typing import Final

from plie_desktop.clock import Chance
from plie_desktop.protocol import spoken

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
CODE_LETTERS: Final = 13
HINT_LETTERS: Final = 4
WORDS: Final = 6

_GROUPS: Final = ((0, 4), (4, 9), (9, 13))
_BETWEEN: Final = " \t\r\n\u00a0\u202f-\u2010\u2011\u2013"
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
# OWASP's floor for Argon2id (19 MiB, two passes): some 30 ms for each honest side.
_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2
_SALT: Final = b"plie enrolment code 1"


def new_code(chance: Chance) -> str:
    """A fresh invitation code, as it is printed: `XXXX-XXXXX-XXXX`."""
    number = int.from_bytes(chance.take(9), "big")
    letters = "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(CODE_LETTERS))
    return _grouped(letters)


def normalise_code(text: str) -> str:
    """The code as it is printed, from what a person typed.

    Lower case, spaces and hyphens anywhere are taken; O is read as 0, I and L as 1.

    Raises:
        ValueError: there are not 13 letters of the alphabet.
    """
    kept = "".join(sign for sign in text if sign not in _BETWEEN)
    letters = kept.upper().translate(_MISREAD)
    # Some letters of other scripts have a capital of the alphabet.
    if (
        not kept.isascii()
        or len(letters) != CODE_LETTERS
        or any(letter not in ALPHABET for letter in letters)
    ):
        raise ValueError("an invitation code has 13 letters and digits")
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[first:last] for first, last in _GROUPS)


def code_hint(code: str) -> str:
    """The first four letters, by which headquarters finds the invitation.

    Raises:
        ValueError: as `normalise_code`.
    """
    return normalise_code(code)[:HINT_LETTERS]


def code_key(code: str) -> bytes:
    """The key that both sides sign with, stretched from the whole code (32 bytes).

    It is worth as much as the code: headquarters keeps it as a secret and forgets it on use.

    Raises:
        ValueError: as `normalise_code`.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import (  # noqa: PLC0415 - once per invitation
        Argon2id,
    )

    stretching = Argon2id(
        salt=_SALT, length=32, iterations=_PASSES, lanes=1, memory_cost=_MEMORY_KIB
    )
    return stretching.derive(normalise_code(code).encode("ascii"))


def transcript(
    hint: str, public_key: bytes, device_name: str, server_nonce: str, *more: bytes
) -> bytes:
    """What happened so far, in one spelling; `more` for what a later version adds."""
    parts = (
        b"plie enrolment 1",
        hint.encode(),
        public_key,
        device_name.encode("utf-8", "surrogatepass"),
        server_nonce.encode(),
        *more,
    )
    return _joined(parts)


def _joined(parts: tuple[bytes, ...]) -> bytes:
    # Each part behind its length: no two lists of parts give the same bytes.
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def proof(key: bytes, meeting: bytes) -> bytes:
    """The laptop's proof that it knows the code, over `transcript(...)`; 32 bytes."""
    return hmac.digest(key, _joined((b"laptop", meeting)), "sha256")


def is_proof(key: bytes, meeting: bytes, given: bytes) -> bool:
    """Whether the laptop gave the right proof, compared in constant time."""
    return hmac.compare_digest(proof(key, meeting), given)


def server_proof(key: bytes, meeting: bytes, answer: bytes) -> bytes:
    """Headquarters' proof that it knew the code too, over its answer as well; 32 bytes."""
    return hmac.digest(key, _joined((b"headquarters", meeting, answer)), "sha256")


def is_server_proof(key: bytes, meeting: bytes, answer: bytes, given: bytes) -> bool:
    """Whether the answer comes from someone who knows the code, compared in constant time."""
    return hmac.compare_digest(server_proof(key, meeting, answer), given)


def words(meeting: bytes) -> tuple[str, ...]:
    """Six words (83 bits) that differ as soon as one byte of the meeting differs."""
    return spoken.draw(hashlib.sha256(meeting).digest(), WORDS)
