"""The door of the vault, and the session behind it.

`VaultDoor` exists before anything of the vault can be read, and its module is loaded before the
first paint: what opening or making a vault needs is imported when it happens.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plie_desktop.errors import VaultError, VaultMissingError
from plie_desktop.services.door_parts import (
    DoorState,
    DoorTools,
    OpenedVault,
    PassphraseStrength,
    make_vault,
    with_identity,
)
from plie_desktop.services.passphrases import PassphraseService
from plie_desktop.text import N_

if TYPE_CHECKING:
    from uuid import UUID

    from plie_desktop.models.domain.intake import Bookmark
    from plie_desktop.services.identity import Identity

__all__ = [
    "DoorState",
    "DoorTools",
    "OpenedVault",
    "PassphraseStrength",
    "SessionService",
    "VaultDoor",
]

_BOOKMARK: Final = "bookmark"
_NO_VAULT: Final = N_(
    "Il n’y a pas de coffre dans ce dossier. Inscrivez ce portable auprès du siège, ou "
    "commencez par un entraînement."
)


class VaultDoor:
    """Opens the vault of one folder, or makes it. Slow: for the document lane."""

    def __init__(self, folder: Path, tools: DoorTools) -> None:
        self._folder = folder
        self._tools = tools
        self._passphrases = PassphraseService(folder, tools)

    def state(self) -> DoorState:
        """Whether there is a vault, and what guards it."""
        exists = make_vault(self._folder, self._tools, needs_keychain=False).exists()
        try:
            return DoorState(exists, self._passphrases.has_keychain(), self._folder)
        except VaultError:
            return DoorState(exists, False, self._folder)

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
        from plie_desktop.services.vault_making import VaultMaker  # noqa: PLC0415 - after the first paint

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
        return self._passphrases.suggest()

    def strength(self, passphrase: str) -> PassphraseStrength:
        """How well a passphrase would protect a new vault on this computer."""
        return self._passphrases.strength(passphrase)


class SessionService:
    """Who is at work, where they were, what they were typing, and the end of the session."""

    def __init__(self, opened: OpenedVault, closers: tuple[Callable[[], None], ...] = ()) -> None:
        self._opened = opened
        self._closers = closers

    def identity(self) -> "Identity":
        return self._opened.identity

    def bookmark(self) -> "Bookmark | None":
        """Where the person was; None at first, or when it cannot be read."""
        import msgspec  # noqa: PLC0415 - not before the first paint

        from plie_desktop.models.domain.intake import Bookmark  # noqa: PLC0415 - as above

        with self._opened.store.read() as transaction:
            raw = transaction.local.get(_BOOKMARK)
        try:
            return msgspec.json.decode(raw, type=Bookmark) if raw is not None else None
        except msgspec.MsgspecError:
            return None

    def remember(self, bookmark: "Bookmark") -> None:
        """Keep where the person is, for the next opening."""
        import msgspec  # noqa: PLC0415 - as above

        with self._opened.store.write() as transaction:
            transaction.local.put(_BOOKMARK, msgspec.json.encode(bookmark))

    def draft(self, place: str, participant_id: "UUID") -> str:
        """What was being typed there about that person; empty when there is nothing."""
        from plie_desktop.services import drafts  # noqa: PLC0415 - as above

        with self._opened.store.read() as transaction:
            return drafts.find(transaction, place, participant_id)

    def keep_draft(self, place: str, participant_id: "UUID", text: str) -> None:
        """Keep what is being typed, in the place of what was; no text removes it.

        Raises:
            RefusedInputError: it is too long, a national number is written in it, or the file is
                not on this laptop. The draft kept before stays.
        """
        from plie_desktop.services import drafts  # noqa: PLC0415 - as above

        with self._opened.store.write() as transaction:
            drafts.keep(transaction, place, participant_id, text)

    def keep_room(self) -> None:
        """Keep room aside on the disk for the end of a session, where there is some."""
        from plie_desktop.store.ballast import Ballast  # noqa: PLC0415 - as above

        Ballast(self._opened.folder).keep()

    def make_room(self) -> None:
        """Give that room back if the disk is full: what is typed is written now or never."""
        from plie_desktop.store.ballast import Ballast  # noqa: PLC0415 - as above

        Ballast(self._opened.folder).give_back()

    def close(self) -> None:
        """Let go of the line, write everything to the base file and close it."""
        for close in self._closers:
            close()
        self._opened.store.close()
