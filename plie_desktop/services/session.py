"""The door of the vault, and the session behind it.

`VaultDoor` exists before anything of the vault can be read, and its module is loaded before the
first paint: what opening or making a vault needs is imported when it happens.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plie_desktop.clock import Chance, Clock, Ids
from plie_desktop.errors import VaultDamagedError, VaultMissingError
from plie_desktop.models.domain.intake import Bookmark
from plie_desktop.text import N_

if TYPE_CHECKING:
    from plie_desktop.security.kdf import KdfParameters
    from plie_desktop.security.keychain import Keychain
    from plie_desktop.security.vault import Vault
    from plie_desktop.services.identity import Identity
    from plie_desktop.store.ports import Store
    from plie_desktop.sync.address import Address
    from plie_desktop.sync.client import DeviceKey, SyncClient

_BOOKMARK: Final = "bookmark"
_NO_VAULT: Final = N_(
    "Il n’y a pas de coffre dans ce dossier. Inscrivez ce portable auprès du siège, ou "
    "commencez par un entraînement."
)
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


class VaultDoor:
    """Opens the vault of one folder, or makes it. Slow: for the document lane."""

    def __init__(self, folder: Path, tools: DoorTools) -> None:
        self._folder = folder
        self._tools = tools

    def state(self) -> DoorState:
        """Whether there is a vault, and what guards it."""
        from plie_desktop.errors import VaultError  # noqa: PLC0415 - only to be told apart here

        vault = make_vault(self._folder, self._tools, needs_keychain=False)
        if not vault.exists():
            return DoorState(False, self._tools.keychain() is not None, self._folder)
        try:
            return DoorState(True, vault.needs_device_secret(), self._folder)
        except VaultError:
            return DoorState(True, False, self._folder)

    def unlock(self, passphrase: str) -> OpenedVault:
        """Open the vault.

        Raises:
            WrongPassphraseError: the passphrase, or the computer, is not the right one.
            VaultMissingError: there is no vault, or its base is gone.
            VaultDamagedError: keys or base are truncated, plain, foreign or altered.
            VaultBusyError: another program holds it.
        """
        without = make_vault(self._folder, self._tools, needs_keychain=False)
        if not without.exists() and not without.database_path.exists():
            raise VaultMissingError(_NO_VAULT)
        needs_keychain = without.exists() and without.needs_device_secret()
        vault = make_vault(self._folder, self._tools, needs_keychain=needs_keychain)
        keys = vault.open(passphrase)
        store = self._tools.open_store(vault.database_path, keys.database, keys.salt, False)
        return with_identity(store, self._folder)

    def create_practice(self, passphrase: str) -> OpenedVault:
        """Make a vault with invented people and no headquarters.

        Raises:
            RefusedInputError: there is a vault already, or the passphrase is too weak.
            VaultError: nothing could be written; nothing is left behind.
        """
        from plie_desktop.services.vault_making import VaultMaker  # noqa: PLC0415 - as above

        return VaultMaker(self._folder, self._tools).practice(passphrase)

    def enrol(self, server: str, code: str, passphrase: str, device_name: str) -> OpenedVault:
        """Make this laptop known to headquarters, and its vault.

        Raises:
            EnrolmentRefusedError: the code is wrong, used or too old; no vault is left behind.
            ServerUnreachableError: headquarters did not answer; try again with the same code.
            RefusedInputError: address or passphrase cannot be taken, or there is a vault.
            VaultError: nothing could be written.
        """
        from plie_desktop.services.enrolling import Enrolment  # noqa: PLC0415 - as above

        enrolment = Enrolment(server, code, device_name)
        return enrolment.run(passphrase, self._folder, self._tools)

    def suggest_passphrase(self) -> str:
        """A good passphrase, easy to copy and to say."""
        from plie_desktop.security import passphrase as judged  # noqa: PLC0415 - as above

        if self._tools.keychain() is None:
            return judged.suggest_long(self._tools.chance)
        return judged.suggest(self._tools.chance)

    def strength(self, passphrase: str) -> PassphraseStrength:
        """How well a passphrase would protect a new vault on this computer."""
        from plie_desktop.security import passphrase as judged  # noqa: PLC0415 - as above

        found = judged.strength(passphrase, alone=self._tools.keychain() is None)
        return PassphraseStrength(found.bits, found.enough, found.sentence)


class SessionService:
    """Who is at work, where they were, and the end of the session."""

    def __init__(self, opened: OpenedVault, closers: tuple[Callable[[], None], ...] = ()) -> None:
        self._opened = opened
        self._closers = closers

    def identity(self) -> "Identity":
        return self._opened.identity

    def bookmark(self) -> Bookmark | None:
        """Where the person was; None at first, or when it cannot be read."""
        import msgspec  # noqa: PLC0415 - not before the first paint

        with self._opened.store.read() as transaction:
            raw = transaction.local.get(_BOOKMARK)
        try:
            return msgspec.json.decode(raw, type=Bookmark) if raw is not None else None
        except msgspec.MsgspecError:
            return None

    def remember(self, bookmark: Bookmark) -> None:
        """Keep where the person is, for the next opening."""
        import msgspec  # noqa: PLC0415 - as above

        with self._opened.store.write() as transaction:
            transaction.local.put(_BOOKMARK, msgspec.json.encode(bookmark))

    def close(self) -> None:
        """Let go of the line, write everything to the base file and close it."""
        for close in self._closers:
            close()
        self._opened.store.close()


def make_vault(folder: Path, tools: DoorTools, *, needs_keychain: bool) -> "Vault":
    """The vault of a folder; the keychain is only looked for when it is needed."""
    from plie_desktop.security.vault import Vault  # noqa: PLC0415 - as above

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
