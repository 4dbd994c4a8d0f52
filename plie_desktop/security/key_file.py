"""The format of the key file: what `vault.keys` holds, and nothing that is secret in clear.

Canonical JSON (sorted keys, no spaces, ASCII) with a strict set of fields. There is one spelling
of a key file: what does not encode back to the same bytes is refused, so that unknown, repeated
or reordered fields, other numbers for the same value and trailing bytes need no rule of their
own.

    {"v":1, "vault":b64(16), "user":b64(16), "epoch":7,
     "slots":[{"id":b64(8), "type":"pass+dev", "kdf":{"m":131072,"t":3,"p":1,"salt":b64(16)},
               "nonce":b64(12), "ct":b64(48)}, …],
     "mac":b64(32)}

Slot types: `pass+dev` (passphrase and the secret of the system's keychain), `pass` (a stronger
passphrase alone), `recovery` (a code read out by headquarters; its "kdf" is {}).
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias, cast

from plie_desktop.errors import VaultDamagedError
from plie_desktop.security.kdf import KdfParameters
from plie_desktop.text import N_

VERSION: Final = 1
MOST_BYTES: Final = 16 * 1024
VAULT_BYTES: Final = 16
USER_BYTES: Final = 16
SLOT_ID_BYTES: Final = 8
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
SEALED_BYTES: Final = 48
MAC_BYTES: Final = 32

_WITH_DEVICE: Final = "pass+dev"
_ALONE: Final = "pass"
_RECOVERY: Final = "recovery"
_MOST_SLOTS: Final = 4
_LAST_EPOCH: Final = 2**32
_DAMAGED: Final = N_(
    "Les clés de ce coffre sont abîmées et ne se laissent plus lire. Ne changez rien dans son "
    "dossier et appelez le siège."
)

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


@dataclass(frozen=True)
class Stretching:
    """How a slot's passphrase is stretched."""

    parameters: KdfParameters
    salt: bytes


@dataclass(frozen=True)
class PassphraseSlot:
    """The vault's key, wrapped for a passphrase.

    Attributes:
        needs_device: whether the secret of the system's keychain is needed too.
        sealed: the wrapped key and its tag (AES-256-GCM).
    """

    id: bytes
    needs_device: bool
    stretching: Stretching
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True)
class RecoverySlot:
    """The vault's key, wrapped for a code that headquarters keeps."""

    id: bytes
    nonce: bytes
    sealed: bytes


Slot: TypeAlias = PassphraseSlot | RecoverySlot


@dataclass(frozen=True)
class KeyFile:
    """One state of a vault's keys.

    Attributes:
        user: identifier of the person whose vault it is; zeros when nobody is named.
        epoch: grows by one with each change of passphrase.
        mac: over everything else, keyed by the vault's key.
    """

    vault: bytes
    user: bytes
    epoch: int
    slots: tuple[Slot, ...]
    mac: bytes

    @property
    def vault_id(self) -> str:
        """The vault's name in the keychain."""
        return self.vault.hex()

    @property
    def passphrase_slot(self) -> PassphraseSlot:
        """The one slot a passphrase opens."""
        return next(slot for slot in self.slots if isinstance(slot, PassphraseSlot))


def encode(file: KeyFile) -> bytes:
    """The bytes of a key file."""
    return _canonical({**_unsigned(file), "mac": _text(file.mac)})


def covered_by_mac(file: KeyFile) -> bytes:
    """Everything but the MAC, in the one spelling."""
    return _canonical(_unsigned(file))


def slot_header(file: KeyFile, slot: Slot) -> bytes:
    """What a slot is bound to: its vault, its own description and, for a passphrase, the epoch.

    A recovery slot is not bound to the epoch: it outlives changes of passphrase, at which its
    code is not at hand to wrap it anew. The MAC binds it to the file all the same.
    """
    header: dict[str, Json] = {**_identity(file), **_description(slot)}
    if isinstance(slot, RecoverySlot):
        del header["epoch"]
    return _canonical(header)


def _canonical(value: Json) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _unsigned(file: KeyFile) -> dict[str, Json]:
    slots: list[Json] = [
        {**_description(slot), "nonce": _text(slot.nonce), "ct": _text(slot.sealed)}
        for slot in file.slots
    ]
    return {**_identity(file), "slots": slots}


def _identity(file: KeyFile) -> dict[str, Json]:
    return {
        "v": VERSION,
        "vault": _text(file.vault),
        "user": _text(file.user),
        "epoch": file.epoch,
    }


def _description(slot: Slot) -> dict[str, Json]:
    if isinstance(slot, RecoverySlot):
        return {"id": _text(slot.id), "type": _RECOVERY, "kdf": {}}
    price = slot.stretching.parameters
    return {
        "id": _text(slot.id),
        "type": _WITH_DEVICE if slot.needs_device else _ALONE,
        "kdf": {
            "m": price.memory_kib,
            "t": price.passes,
            "p": price.lanes,
            "salt": _text(slot.stretching.salt),
        },
    }


def decode(raw: bytes) -> KeyFile:
    """The key file in these bytes; nothing in it is proven until a slot opens and the MAC fits.

    Raises:
        VaultDamagedError: the bytes are not a key file in its one spelling.
    """
    if len(raw) > MOST_BYTES:
        _refuse()
    try:
        value = cast("Json", json.loads(raw))
    except (ValueError, RecursionError):
        _refuse()
    fields = _fields(value, {"v", "vault", "user", "epoch", "slots", "mac"})
    if _whole(fields["v"]) != VERSION:
        _refuse()
    file = KeyFile(
        vault=_bytes(fields["vault"], VAULT_BYTES),
        user=_bytes(fields["user"], USER_BYTES),
        epoch=_whole(fields["epoch"]),
        slots=_slots(fields["slots"]),
        mac=_bytes(fields["mac"], MAC_BYTES),
    )
    if not 1 <= file.epoch <= _LAST_EPOCH or encode(file) != raw:
        _refuse()
    return file


def _slots(value: Json) -> tuple[Slot, ...]:
    if not isinstance(value, list) or len(value) > _MOST_SLOTS:
        _refuse()
    slots = tuple(_slot(item) for item in value)
    # Exactly one: a second passphrase slot would be a second, perhaps weaker, door.
    if sum(isinstance(slot, PassphraseSlot) for slot in slots) != 1:
        _refuse()
    if len({slot.id for slot in slots}) != len(slots):
        _refuse()
    return slots


def _slot(value: Json) -> Slot:
    fields = _fields(value, {"id", "type", "kdf", "nonce", "ct"})
    identifier = _bytes(fields["id"], SLOT_ID_BYTES)
    nonce = _bytes(fields["nonce"], NONCE_BYTES)
    sealed = _bytes(fields["ct"], SEALED_BYTES)
    kind = fields["type"]
    if kind == _RECOVERY:
        _fields(fields["kdf"], set())
        return RecoverySlot(identifier, nonce, sealed)
    if kind not in (_WITH_DEVICE, _ALONE):
        _refuse()
    return PassphraseSlot(
        identifier, kind == _WITH_DEVICE, _stretching(fields["kdf"]), nonce, sealed
    )


def _stretching(value: Json) -> Stretching:
    fields = _fields(value, {"m", "t", "p", "salt"})
    memory, passes, lanes = (_whole(fields[name]) for name in ("m", "t", "p"))
    try:
        parameters = KdfParameters(memory, passes, lanes)
    except ValueError:
        _refuse()
    return Stretching(parameters, _bytes(fields["salt"], SALT_BYTES))


def _fields(value: Json, names: set[str]) -> dict[str, Json]:
    if not isinstance(value, dict) or set(value) != names:
        _refuse()
    return value


def _whole(value: Json) -> int:
    # `bool` is an `int` to isinstance, and `true` is not a number here.
    if type(value) is not int:
        _refuse()
    return value


def _bytes(value: Json, size: int) -> bytes:
    if not isinstance(value, str):
        _refuse()
    try:
        decoded = base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        _refuse()
    if len(decoded) != size:
        _refuse()
    return decoded


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _refuse() -> NoReturn:
    raise VaultDamagedError(_DAMAGED) from None
