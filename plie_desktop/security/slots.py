"""Wraps the vault's key into slots and takes it out again; seals the whole key file.

passphrase ──Argon2id──► 32 bytes ┐
                                  ├─ HKDF ─► AES-256-GCM over the vault's key
device secret, 32 bytes           ┘          (absent from a `pass` slot)
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from plie_desktop.clock import Chance
from plie_desktop.errors import VaultDamagedError, VaultError, WrongPassphraseError
from plie_desktop.security import kdf, key_file
from plie_desktop.security.kdf import KdfParameters
from plie_desktop.security.key_file import KeyFile, PassphraseSlot, RecoverySlot, Stretching
from plie_desktop.text import N_

DEVICE_SECRET_BYTES: Final = 32

Stretch: TypeAlias = Callable[[bytes, KdfParameters], bytes]
"""A passphrase already in hand: salt and price in, 32 bytes out."""

_WRONG: Final = N_(
    "Cette phrase de passe n’ouvre pas ce coffre. Vérifiez les majuscules et la disposition du "
    "clavier, puis recommencez."
)
_ALTERED: Final = N_(
    "Les clés de ce coffre ont été modifiées hors du logiciel. Ne changez rien dans son dossier "
    "et appelez le siège."
)
_OTHER_SECRET: Final = N_(
    "Le trousseau de clés de cet ordinateur garde un autre secret que celui de ce coffre. "
    "Rouvrez la session où le coffre a été créé, ou appelez le siège."
)


@dataclass(frozen=True)
class Guard:
    """What a passphrase slot is closed with.

    Attributes:
        device_secret: the secret of the keychain; none makes a `pass` slot.
    """

    stretch: Stretch
    device_secret: bytes | None


def seal(key: bytes, blank: KeyFile, price: KdfParameters, guard: Guard, chance: Chance) -> KeyFile:
    """`blank` with the key wrapped into a new passphrase slot and the MAC set.

    Recovery slots of `blank` are kept, any other slot is gone.
    """
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 - after the first paint
        AESGCM,
    )

    slot = PassphraseSlot(
        id=chance.take(key_file.SLOT_ID_BYTES)
        if guard.device_secret is None
        else _device_slot_id(blank, guard.device_secret),
        needs_device=guard.device_secret is not None,
        stretching=Stretching(price, chance.take(key_file.SALT_BYTES)),
        nonce=chance.take(key_file.NONCE_BYTES),
        sealed=b"",
    )
    cipher = AESGCM(_wrapping_key(blank, slot, guard))
    sealed = cipher.encrypt(slot.nonce, key, key_file.slot_header(blank, slot))
    kept = tuple(old for old in blank.slots if isinstance(old, RecoverySlot))
    file = replace(blank, slots=(replace(slot, sealed=sealed), *kept))
    return replace(file, mac=_mac(key, file))


def unseal(file: KeyFile, guard: Guard) -> bytes:
    """The vault's key.

    Raises:
        WrongPassphraseError: the slot does not open.
        VaultDamagedError: it opens, but the file around it is not the one that was sealed.
        VaultError: the device secret is another vault's.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    slot = file.passphrase_slot
    if guard.device_secret is not None and slot.id != _device_slot_id(file, guard.device_secret):
        raise VaultError(_OTHER_SECRET)
    cipher = AESGCM(_wrapping_key(file, slot, guard))
    try:
        key = cipher.decrypt(slot.nonce, slot.sealed, key_file.slot_header(file, slot))
    except InvalidTag:
        raise WrongPassphraseError(_WRONG) from None
    if not is_sealed_by(key, file):
        raise VaultDamagedError(_ALTERED)
    return key


def is_sealed_by(key: bytes, file: KeyFile) -> bool:
    """Whether the file's MAC was made with this vault's key."""
    return hmac.compare_digest(_mac(key, file), file.mac)


def _mac(key: bytes, file: KeyFile) -> bytes:
    mac_key = kdf.derive(key, salt=file.vault, purpose="key file")
    return hmac.digest(mac_key, key_file.covered_by_mac(file), "sha256")


def _device_slot_id(file: KeyFile, device_secret: bytes) -> bytes:
    """The id of a slot closed with this secret.

    Made from the secret, so that another vault's secret is told apart from a wrong passphrase.
    It gives a guesser nothing: the secret is 256 random bits.
    """
    purpose = f"slot {file.epoch}"
    return kdf.derive(device_secret, salt=file.vault, purpose=purpose, size=key_file.SLOT_ID_BYTES)


def _wrapping_key(file: KeyFile, slot: PassphraseSlot, guard: Guard) -> bytes:
    stretched = guard.stretch(slot.stretching.salt, slot.stretching.parameters)
    purpose = "slot pass+dev" if slot.needs_device else "slot pass"
    return kdf.derive(stretched + (guard.device_secret or b""), salt=file.vault, purpose=purpose)
