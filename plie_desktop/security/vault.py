"""Opens the vault: from a passphrase and the system's keychain to the keys of the base.

The base's keys come from one random key that never changes; a passphrase only wraps it. With a
keychain, the wrapping needs its device secret too, so that neither a stolen disk nor an
overlooked passphrase is enough. Without one, a longer passphrase pays more for each guess.
"""

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from uuid import UUID

from plie_desktop.clock import Chance
from plie_desktop.errors import (
    RefusedInputError,
    VaultDamagedError,
    VaultError,
    WrongPassphraseError,
)
from plie_desktop.security import hardening, kdf, key_file, slots
from plie_desktop.security.file_names import DATABASE
from plie_desktop.security.kdf import ALONE, NORMAL, KdfParameters
from plie_desktop.security.key_copies import Copy, KeyCopies
from plie_desktop.security.key_file import KeyFile
from plie_desktop.security.keychain import Keychain
from plie_desktop.security.passphrase import strength
from plie_desktop.security.slots import Guard, Stretch
from plie_desktop.text import N_

DATABASE_SALT_BYTES: Final = 16
NOBODY: Final = UUID(int=0)

_EXISTS: Final = N_(
    "Un coffre existe déjà dans ce dossier. Ouvrez-le, ou choisissez un autre dossier."
)
_KEYS_GONE: Final = N_(
    "Les clés de ce coffre ont disparu de son dossier, ses données ne peuvent pas être lues. Ne "
    "changez rien dans ce dossier et appelez le siège."
)
_REPLACED: Final = N_("Cette phrase de passe a été remplacée. Tapez la nouvelle.")
_NO_KEYCHAIN: Final = N_(
    "Ce coffre a besoin du trousseau de clés de cet ordinateur, qui est absent ou verrouillé. "
    "Rouvrez votre session, puis recommencez."
)
_SECRET_GONE: Final = N_(
    "Le trousseau de clés de cet ordinateur n’a plus le secret de ce coffre. Appelez le siège : "
    "ce qui lui a été envoyé s’y trouve."
)
_NO_FOLDER: Final = N_(
    "Le dossier du coffre ne peut pas être créé. Vérifiez vos droits, ou choisissez un autre "
    "dossier."
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VaultKeys:
    """What an open vault gives; its `repr` shows nothing of it.

    Attributes:
        vault_id: the vault's name, 32 hexadecimal letters.
        database: raw SQLCipher key, 32 bytes.
        salt: SQLCipher's salt, 16 bytes, given explicitly.
    """

    vault_id: str = field(repr=False)
    database: bytes = field(repr=False)
    salt: bytes = field(repr=False)


@dataclass(frozen=True)
class _Opened:
    """An opened vault, with what a new slot would be made from."""

    file: KeyFile
    key: bytes = field(repr=False)
    device_secret: bytes | None = field(repr=False)


class Vault:
    """One person's vault in one folder.

    Opening and changing take up to a second of one core: they are for a background lane.
    """

    def __init__(
        self,
        folder: Path,
        keychain: Keychain | None,
        chance: Chance,
        normal: KdfParameters = NORMAL,
        alone: KdfParameters = ALONE,
    ) -> None:
        self._folder = folder
        self._keychain = keychain
        self._chance = chance
        self._normal = normal
        self._alone = alone
        self._copies = KeyCopies(folder)

    @property
    def database_path(self) -> Path:
        """Where the encrypted base is, or will be."""
        return self._folder / DATABASE

    def exists(self) -> bool:
        """Whether a key file is there, even a damaged one."""
        return self._copies.exist()

    def needs_device_secret(self) -> bool:
        """Whether the keychain of this computer is needed to open.

        Raises:
            VaultError: as `open`, but for the passphrase.
        """
        return any(file.passphrase_slot.needs_device for file in _newest_first(self._read()))

    def create(self, passphrase: str, user: UUID = NOBODY) -> VaultKeys:
        """Make the vault's keys; both copies of the key file are proven when this returns.

        The device secret goes to the keychain first: a key file that is there can be opened.

        Raises:
            RefusedInputError: the folder holds a vault already, or the passphrase is too weak.
            VaultDamagedError: the folder holds a base without keys.
            DiskFullError, VaultError: nothing could be written; nothing is left behind.
        """
        if self.exists():
            raise RefusedInputError(_EXISTS)
        if self.database_path.exists():
            raise VaultDamagedError(_KEYS_GONE)
        _require_strength(passphrase, alone=self._keychain is None)
        try:
            hardening.private_folder(self._folder)
        except OSError as error:
            raise VaultError(_NO_FOLDER) from error
        blank = KeyFile(self._chance.take(key_file.VAULT_BYTES), user.bytes, 1, (), b"")
        device_secret = self._placed_device_secret(blank.vault_id)
        try:
            _require_strength(passphrase, alone=device_secret is None)
            key = self._chance.take(kdf.KEY_BYTES)
            file = self._closed(key, blank, passphrase, device_secret)
            self._copies.write(file)
        except (RefusedInputError, VaultError):
            self._take_back(blank.vault_id, device_secret)
            raise
        return _keys(file, key)

    def open(self, passphrase: str) -> VaultKeys:
        """The keys, for the right passphrase on the right computer.

        A copy of the key file that is damaged, lost or left behind by an interrupted change is
        put right on the way.

        Raises:
            WrongPassphraseError: the passphrase is wrong, or was replaced.
            VaultMissingError: there is no vault here.
            VaultDamagedError: no copy of the key file can be used, or both were altered.
            VaultError: the folder cannot be read, or the keychain lacks the device secret.
        """
        opened = self._opened(passphrase)
        return _keys(opened.file, opened.key)

    def change_passphrase(self, old: str, new: str) -> VaultKeys:
        """Wrap the key anew; the old passphrase opens neither copy from then on.

        Raises:
            RefusedInputError: the new passphrase is too weak; the old one stays.
            DiskFullError, VaultError: as `create` and `open`; the old one stays.
        """
        opened = self._opened(old)
        _require_strength(new, alone=opened.device_secret is None)
        blank = replace(opened.file, epoch=opened.file.epoch + 1)
        file = self._closed(opened.key, blank, new, opened.device_secret)
        self._copies.write(file)
        return _keys(file, opened.key)

    def _closed(
        self, key: bytes, blank: KeyFile, passphrase: str, device_secret: bytes | None
    ) -> KeyFile:
        price = self._alone if device_secret is None else self._normal
        guard = Guard(_stretcher(passphrase), device_secret)
        return slots.seal(key, blank, price, guard, self._chance)

    def _placed_device_secret(self, vault_id: str) -> bytes | None:
        """A fresh secret, kept by the keychain; none where no keychain keeps it."""
        if self._keychain is None:
            return None
        secret = self._chance.take(slots.DEVICE_SECRET_BYTES)
        try:
            self._keychain.put(vault_id, secret)
        except VaultError:
            _log.warning("the keychain kept no secret; the passphrase guards the vault alone")
            return None
        return secret

    def _take_back(self, vault_id: str, device_secret: bytes | None) -> None:
        self._copies.discard()
        if self._keychain is not None and device_secret is not None:
            try:
                self._keychain.remove(vault_id)
            except VaultError:
                _log.warning("the keychain keeps a secret of a vault that was not made")

    def _read(self) -> tuple[Copy, ...]:
        if not self.exists() and self.database_path.exists():
            raise VaultDamagedError(_KEYS_GONE)
        return self._copies.read()

    def _opened(self, passphrase: str) -> _Opened:
        copies = self._read()
        stretch = _stretcher(passphrase)
        refusals: list[VaultError] = []
        tried: list[KeyFile] = []
        for file in _newest_first(copies):
            try:
                device_secret = self._device_secret(file)
                key = slots.unseal(file, Guard(stretch, device_secret))
            except VaultError as refusal:
                refusals.append(refusal)
                tried.append(file)
                continue
            newest = next((newer for newer in tried if slots.is_sealed_by(key, newer)), file)
            self._put_right(newest, copies)
            if newest is not file:
                # The newer copy is sound, so the change was made before it was interrupted.
                raise WrongPassphraseError(_REPLACED)
            return _Opened(file, key, device_secret)
        raise refusals[0]

    def _device_secret(self, file: KeyFile) -> bytes | None:
        if not file.passphrase_slot.needs_device:
            return None
        if self._keychain is None:
            raise VaultError(_NO_KEYCHAIN)
        secret = self._keychain.get(file.vault_id)
        if secret is None:
            raise VaultError(_SECRET_GONE)
        return secret

    def _put_right(self, file: KeyFile, copies: tuple[Copy, ...]) -> None:
        # A file of another vault, put here by mistake, may be the only one it has: it stays.
        astray = tuple(
            copy
            for copy in copies
            if copy.file != file and (copy.file is None or copy.file.vault == file.vault)
        )
        if not astray:
            return
        _log.warning("one copy of the key file was damaged, lost or old; it is written anew")
        try:
            self._copies.repair(file, astray)
        except VaultError as refusal:
            _log.warning("it could not be written: %s", type(refusal).__name__)


def _newest_first(copies: tuple[Copy, ...]) -> list[KeyFile]:
    files = {copy.file: None for copy in copies if copy.file}
    return sorted(files, key=lambda file: file.epoch, reverse=True)


def _stretcher(passphrase: str) -> Stretch:
    """Stretches one passphrase, each salt only once: two copies rarely need two waits."""
    known: dict[tuple[bytes, KdfParameters], bytes] = {}

    def stretch(salt: bytes, price: KdfParameters) -> bytes:
        if (salt, price) not in known:
            known[salt, price] = kdf.stretch(passphrase, salt, price)
        return known[salt, price]

    return stretch


def _require_strength(passphrase: str, *, alone: bool) -> None:
    judged = strength(passphrase, alone=alone)
    if not judged.enough:
        raise RefusedInputError(judged.sentence)


def _keys(file: KeyFile, key: bytes) -> VaultKeys:
    return VaultKeys(
        vault_id=file.vault_id,
        database=kdf.derive(key, salt=file.vault, purpose="database"),
        salt=kdf.derive(key, salt=file.vault, purpose="database salt", size=DATABASE_SALT_BYTES),
    )
