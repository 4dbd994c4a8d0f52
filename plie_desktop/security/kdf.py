"""Makes keys from passphrases (Argon2id, slow on purpose) and keys from keys (HKDF-SHA256)."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from plie_desktop.errors import VaultError
from plie_desktop.text import N_

KEY_BYTES: Final = 32

_LEAST_MEMORY_KIB: Final = 19 * 1024
_MOST_MEMORY_KIB: Final = 1024 * 1024
_MOST_PASSES: Final = 10
_MOST_LANES: Final = 4

_NO_MEMORY: Final = N_(
    "La mémoire manque sur cet ordinateur pour calculer la clé du coffre. Fermez d’autres "
    "programmes, puis recommencez."
)


@dataclass(frozen=True)
class KdfParameters:
    """The price of one guess.

    Raises:
        ValueError: outside the bounds. A key file must neither make guessing cheap nor ask this
            computer for more memory than it has; the floor is OWASP's (ASVS 5.0, appendix C).
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        if not (
            _LEAST_MEMORY_KIB <= self.memory_kib <= _MOST_MEMORY_KIB
            and 1 <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
        ):
            raise ValueError("Argon2id parameters out of bounds")


# One lane: four gave an honest computer of two cores nothing, and a guesser has many.
NORMAL: Final = KdfParameters(memory_kib=128 * 1024, passes=3, lanes=1)
ALONE: Final = KdfParameters(memory_kib=256 * 1024, passes=3, lanes=1)
LEAST: Final = KdfParameters(memory_kib=_LEAST_MEMORY_KIB, passes=1, lanes=1)
"""The cheapest that is ever read; for invented data and tests."""


def normalised(passphrase: str) -> str:
    """The one spelling that keys are made from (NFKC): keyboards differ in how they send é."""
    return unicodedata.normalize("NFKC", passphrase)


def stretch(passphrase: str, salt: bytes, parameters: KdfParameters) -> bytes:
    """32 bytes that cost `parameters` to compute; leaves other threads running meanwhile.

    Raises:
        VaultError: the computer has not that much memory.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import (  # noqa: PLC0415 - after the first paint
        Argon2id,
    )

    # A lone surrogate cannot be typed, but a damaged file can hold one: it is a wrong phrase.
    material = normalised(passphrase).encode("utf-8", "surrogatepass")
    try:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=parameters.passes,
            lanes=parameters.lanes,
            memory_cost=parameters.memory_kib,
        ).derive(material)
    except MemoryError:
        raise VaultError(_NO_MEMORY) from None


def derive(key: bytes, *, salt: bytes, purpose: str, size: int = KEY_BYTES) -> bytes:
    """A key of its own for one purpose; knowing it tells nothing about `key` or its sisters."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

    info = f"plie vault 1 {purpose}".encode("ascii")
    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=info).derive(key)
