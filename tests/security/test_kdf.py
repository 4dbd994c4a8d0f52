"""Keys from passphrases and from keys."""

import hashlib
import hmac
import subprocess
import sys

import pytest

from plie_desktop.security import kdf
from plie_desktop.security.kdf import ALONE, LEAST, NORMAL, KdfParameters

SALT = bytes(range(16))


def test_prices_are_those_of_the_design():
    assert (NORMAL.memory_kib, NORMAL.passes, NORMAL.lanes) == (131_072, 3, 1)
    assert (ALONE.memory_kib, ALONE.passes, ALONE.lanes) == (262_144, 3, 1)


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [
        (19 * 1024 - 1, 3, 1),
        (1024 * 1024 + 1, 3, 1),
        (2**40, 3, 1),
        (131_072, 0, 1),
        (131_072, 11, 1),
        (131_072, 3, 0),
        (131_072, 3, 5),
        (-131_072, 3, 1),
    ],
)
def test_price_out_of_bounds_cannot_be_named(memory_kib, passes, lanes):
    with pytest.raises(ValueError, match="bounds"):
        KdfParameters(memory_kib, passes, lanes)


def test_stretching_is_argon2id():
    """The bytes that argon2-cffi 25.1, on the reference implementation in C, gives for these."""
    stretched = kdf.stretch("phrase de passe", b"0123456789abcdef", LEAST)
    assert stretched.hex() == "18dd276ef56af99f8a4ae97aac009fc7da852a50ffc0a5e9f3a57243d4a587ce"


def test_passphrase_typed_composed_or_decomposed_is_one():
    assert kdf.stretch("Été ½", SALT, LEAST) == kdf.stretch("E\u0301te\u0301 1\u20442", SALT, LEAST)


def test_other_salt_gives_another_key():
    assert kdf.stretch("a", SALT, LEAST) != kdf.stretch("a", SALT[::-1], LEAST)


def test_text_that_no_keyboard_sends_is_stretched_too():
    assert len(kdf.stretch("\ud800", SALT, LEAST)) == 32


def test_each_purpose_has_its_own_key():
    keys = {kdf.derive(bytes(32), salt=SALT, purpose=name) for name in ("a", "b", "ab")}
    assert len(keys) == 3


def test_derivation_is_hkdf_sha256():
    """Recomputed from RFC 5869 with the standard library."""
    key, purpose = bytes(range(32)), "database"
    inner = hmac.digest(SALT, key, hashlib.sha256)
    outer = hmac.digest(inner, b"plie vault 1 database\x01", hashlib.sha256)
    assert kdf.derive(key, salt=SALT, purpose=purpose) == outer


def test_lack_of_memory_is_told():
    """In a child whose address space is too small for the price."""
    pytest.importorskip("resource", reason="this system has no memory limit to set")
    code = (
        "import resource, cryptography.hazmat.primitives.kdf.argon2\n"
        "from plie_desktop.errors import VaultError\n"
        "from plie_desktop.security import kdf\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
        "try:\n"
        "    kdf.stretch('a', bytes(16), kdf.KdfParameters(1 << 20, 1, 1))\n"
        "except VaultError as error:\n"
        "    print(error.sentence)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "mémoire" in done.stdout
