"""Makes a vault beside its place, and moves it there when it is whole.

A name that exists is a whole vault: refusal, power cut or a full disk leave nothing at the place
itself, so that the next try starts as the first one did.
"""

import logging
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from plie_desktop.errors import RefusedInputError, VaultError
from plie_desktop.security.file_names import DATABASE
from plie_desktop.security.key_copies import KeyCopies
from plie_desktop.security.keychain import Keychain
from plie_desktop.security.vault import VaultKeys
from plie_desktop.services import identity, practice
from plie_desktop.services.door_parts import DoorTools, OpenedVault, make_vault, with_identity
from plie_desktop.store.ports import Store
from plie_desktop.text import N_

_EXISTS: Final = N_(
    "Un coffre existe déjà dans ce dossier. Ouvrez-le, ou choisissez un autre dossier."
)
_OCCUPIED: Final = N_(
    "Ce dossier contient déjà autre chose qu’un coffre. Choisissez un dossier vide ou nouveau."
)
_NOT_WRITABLE: Final = N_(
    "Le dossier du coffre ne peut pas être créé. Vérifiez vos droits, ou choisissez un autre "
    "dossier."
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Draft:
    """A vault in the making, its base open."""

    store: Store = field(repr=False)
    keys: VaultKeys = field(repr=False)


class Nursery:
    """The place beside a vault's, where it is made."""

    def __init__(self, folder: Path, tools: DoorTools) -> None:
        self._folder = folder
        self._tools = tools
        self._beside = folder.with_name(f"{folder.name}.unfinished")

    def require_free(self) -> None:
        """Go on only where no vault and nothing else stands.

        Raises:
            RefusedInputError: something does.
        """
        try:
            names = {entry.name for entry in self._folder.iterdir()}
        except FileNotFoundError:
            return
        except OSError as error:
            raise RefusedInputError(_OCCUPIED) from error
        if KeyCopies(self._folder).exist():
            raise RefusedInputError(_EXISTS)
        if names:
            raise RefusedInputError(_OCCUPIED)

    def create(self, passphrase: str) -> Draft:
        """A fresh, empty base under fresh keys; what an earlier try left is discarded.

        Raises:
            RefusedInputError: the passphrase is too weak.
            VaultError: nothing could be written.
        """
        self.discard()
        vault = make_vault(self._beside, self._tools, needs_keychain=True)
        try:
            keys = vault.create(passphrase)
            return Draft(self._open(vault.database_path, keys, is_new=True), keys)
        except BaseException:
            self.discard()
            raise

    def reopen(self, passphrase: str) -> Draft | None:
        """The base of a try that was cut short; None when there is none this can open."""
        if not self._beside.exists():
            return None
        try:
            vault = make_vault(self._beside, self._tools, needs_keychain=True)
            keys = vault.open(passphrase)
            return Draft(self._open(vault.database_path, keys, is_new=False), keys)
        except VaultError as refusal:
            _log.info("what an earlier try left does not open: %s", type(refusal).__name__)
            return None

    def discard(self) -> None:
        """Leave nothing behind, neither here nor in the keychain."""
        if not self._beside.exists():
            return
        keychain = self._tools.keychain()
        if keychain is not None:
            self._forget_secret(keychain)
        shutil.rmtree(self._beside, ignore_errors=True)

    def settle(self, draft: Draft) -> OpenedVault:
        """Close the finished vault, move it to its place and open it there.

        Raises:
            VaultError: it cannot be moved; it stays beside, for the next try.
        """
        draft.store.close()
        try:
            with suppress(FileNotFoundError):
                self._folder.rmdir()
            self._beside.rename(self._folder)
            _keep_names(self._folder.parent)
        except OSError as error:
            raise VaultError(_NOT_WRITABLE) from error
        store = self._open(self._folder / DATABASE, draft.keys, is_new=False)
        return with_identity(store, self._folder)

    def _open(self, path: Path, keys: VaultKeys, *, is_new: bool) -> Store:
        return self._tools.open_store(path, keys.database, keys.salt, is_new)

    def _forget_secret(self, keychain: Keychain) -> None:
        try:
            ids = {copy.file.vault_id for copy in KeyCopies(self._beside).read() if copy.file}
            for vault_id in ids:
                keychain.remove(vault_id)
        except VaultError as refusal:
            _log.warning("the keychain may keep a useless secret: %s", type(refusal).__name__)


class VaultMaker:
    """Makes vaults that need no headquarters."""

    def __init__(self, folder: Path, tools: DoorTools) -> None:
        self._tools = tools
        self._nursery = Nursery(folder, tools)

    def practice(self, passphrase: str) -> OpenedVault:
        """A vault with invented people.

        Raises:
            RefusedInputError, VaultError: as `VaultDoor.create_practice`.
        """
        self._nursery.require_free()
        draft = self._nursery.create(passphrase)
        try:
            person = practice.identity(self._tools.ids)
            with draft.store.write() as transaction:
                identity.keep(transaction, person)
                practice.fill(transaction, person, self._tools.clock.today(), self._tools.ids)
        except BaseException:
            draft.store.close()
            self._nursery.discard()
            raise
        return self._nursery.settle(draft)


def _keep_names(folder: Path) -> None:
    """Make the move survive a power cut, where the system has a way."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
