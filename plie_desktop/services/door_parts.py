"""What the door is made of: its tools, what it tells, and the open vault it gives."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plie_desktop.clock import Chance, Clock, Ids
from plie_desktop.errors import VaultDamagedError
from plie_desktop.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from plie_desktop.security.kdf import KdfParameters
    from plie_desktop.security.keychain import Keychain
    from plie_desktop.security.vault import Vault
    from plie_desktop.services.identity import Identity
    from plie_desktop.store.ports import Store
    from plie_desktop.sync.address import Address
    from plie_desktop.sync.client import DeviceKey, SyncClient

_UNFINISHED: Final = N_(
    "L’inscription de ce portable n’est pas allée au bout. Appelez le siège, ne changez rien."
)


@dataclass(frozen=True)
class DoorState:
    """What stands at the door.

    Attributes:
        exists: there is a vault, even a damaged one.
        has_keychain: the keychain of this computer guards it, or will guard a new one.
        folder: where the vault is, or will be.
    """

    exists: bool
    has_keychain: bool
    folder: Path


@dataclass(frozen=True)
class PassphraseStrength:
    """How well a passphrase protects; `sentence` is a French message id."""

    bits: float
    enough: bool
    sentence: str


@dataclass(frozen=True)
class OpenedVault:
    """An open vault, to be handed to `bootstrap.services` as it is.

    Attributes:
        words: what both screens show after an enrolment, for a person to compare; else empty.
    """

    store: "Store" = field(repr=False)
    identity: "Identity"
    folder: Path
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class DoorTools:
    """What the door works with, decided in `bootstrap`.

    Attributes:
        keychain: finds the keychain of this session; slow, so only called when needed.
        open_store: opens the base at a path with key and salt; makes it when told so.
        connect: speaks with a headquarters in the name of a key.
        prices: what stretching a passphrase costs, with and without a keychain; None for the
            usual prices.
    """

    clock: Clock
    ids: Ids
    chance: Chance
    keychain: "Callable[[], Keychain | None]"
    open_store: "Callable[[Path, bytes, bytes, bool], Store]"
    connect: "Callable[[Address, DeviceKey], SyncClient]"
    prices: "tuple[KdfParameters, KdfParameters] | None" = None


def make_vault(folder: Path, tools: DoorTools, *, needs_keychain: bool) -> "Vault":
    """The vault of a folder; the keychain is only looked for when it is needed."""
    from plie_desktop.security.vault import Vault  # noqa: PLC0415 - after the first paint

    keychain = tools.keychain() if needs_keychain else None
    if tools.prices is None:
        return Vault(folder, keychain, tools.chance)
    return Vault(folder, keychain, tools.chance, *tools.prices)


def with_identity(store: "Store", folder: Path) -> OpenedVault:
    """The open vault, once it says whose it is.

    Raises:
        VaultDamagedError: it does not say.
    """
    from plie_desktop.services import identity  # noqa: PLC0415 - as above

    try:
        with store.read() as transaction:
            found = identity.find(transaction)
    except BaseException:
        store.close()
        raise
    if found is None:
        store.close()
        raise VaultDamagedError(_UNFINISHED)
    return OpenedVault(store, found, folder)
