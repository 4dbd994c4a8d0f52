"""The key of backups: its public half stays in the database, its private half leaves the machine.

The private half is a file in the usual form (PKCS #8, PEM) that any tool can read and a person
can type from paper: one line of 64 signs between two marks.
"""

import hashlib
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from plie_desktop.clock import Chance
from plie_desktop.errors import RefusedInputError
from plie_desktop.server.backups import files
from plie_desktop.server.store import saving
from plie_desktop.server.store.database import Database
from plie_desktop.text import N_

_KEY_BYTES: Final = 32
_FINGERPRINT_BYTES: Final = 16
_GROUP: Final = 4
_MOST_BYTES: Final = 1 << 16
_KNOWN: Final = N_(
    "Le siège a déjà une clé de sauvegarde. Pour en changer, ajoutez --replace, et gardez "
    "l’ancienne aussi longtemps que les sauvegardes qu’elle ouvre."
)
_NO_KEY: Final = N_(
    "Ce fichier n’est pas une clé de sauvegarde. Donnez avec --key celui qu’a écrit "
    "« plie-server backup-key »."
)


def make(database: Database, chance: Chance, out: Path, *, replace: bool) -> str:
    """Write a new private key to a file of this name, keep the public one; its fingerprint.

    Raises:
        RefusedInputError: there is a key already, or the file cannot be written.
    """
    private = X25519PrivateKey.from_private_bytes(chance.take(_KEY_BYTES))
    public = private.public_key().public_bytes_raw()
    name = fingerprint(public)
    with database.write() as connection:
        if saving.backup_key(connection) is not None and not replace:
            raise RefusedInputError(_KNOWN)
        saving.set_backup_key(connection, public)
        with files.whole(out) as file:
            file.write(f"PLIE, backup key {name}\n".encode("ascii"))
            file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return name


def read(file: Path) -> X25519PrivateKey:
    """The private key in a file.

    Raises:
        RefusedInputError: there is none in it.
    """
    with files.reading(file) as stream:
        text = stream.read(_MOST_BYTES)
    try:
        key = load_pem_private_key(text, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise RefusedInputError(_NO_KEY) from None
    if not isinstance(key, X25519PrivateKey):
        raise RefusedInputError(_NO_KEY)
    return key


def fingerprint(public: bytes) -> str:
    """The name of a public key, for people to compare."""
    name = hashlib.sha256(public).digest()[:_FINGERPRINT_BYTES].hex()
    return " ".join(name[at : at + _GROUP] for at in range(0, len(name), _GROUP))


def fingerprint_of(private: X25519PrivateKey) -> str:
    return fingerprint(private.public_key().public_bytes_raw())
