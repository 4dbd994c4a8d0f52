"""The key this laptop signs its requests with: it lives in the encrypted base and nowhere else."""

from typing import Final

from plie_desktop.errors import VaultDamagedError
from plie_desktop.protocol.signature import KEY_BYTES
from plie_desktop.store.ports import Transaction
from plie_desktop.sync.client import DeviceKey
from plie_desktop.text import N_

_KEY: Final = "signing_key"


def keep_key(transaction: Transaction, key: DeviceKey) -> None:
    """Keep a new key."""
    transaction.local.put(_KEY, key.private + key.public)


def read_key(transaction: Transaction) -> DeviceKey | None:
    """The key of this laptop; None before its enrolment.

    Raises:
        VaultDamagedError: what is kept is no key.
    """
    raw = transaction.local.get(_KEY)
    if raw is None:
        return None
    if len(raw) != 2 * KEY_BYTES:
        raise VaultDamagedError(
            N_("La clé de ce portable ne se lit plus. Appelez le siège, ne changez rien.")
        )
    return DeviceKey(raw[:KEY_BYTES], raw[KEY_BYTES:])
