"""Who works on this laptop, for whom, and what their role allows."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec

from plie_desktop.errors import NotAllowedError, VaultDamagedError
from plie_desktop.models.domain.access import Role, may_write
from plie_desktop.models.domain.participant import StaffMember
from plie_desktop.models.domain.records import Kind
from plie_desktop.store.ports import Transaction
from plie_desktop.text import N_

_DEVICE: Final = "device"
_STAFF: Final = "staff"
_IDENTITY: Final = "identity"


@dataclass(frozen=True)
class Identity:
    """The laptop and its person, as headquarters told them at enrolment.

    Attributes:
        device_name: what the person called this laptop.
        device_prefix: what the numbers given on this laptop begin with, such as `K7`.
        scopes: caseload cells granted.
        server: address of headquarters; empty in practice.
    """

    device_name: str
    device_prefix: str
    staff: StaffMember
    role: Role
    scopes: tuple[str, ...]
    server: str
    organisation: str
    is_practice: bool

    def require(self, kind: Kind) -> None:
        """Go on only if this role may write such records.

        Raises:
            NotAllowedError: it may not.
        """
        if not may_write(self.role, kind):
            raise NotAllowedError(
                N_("Votre rôle ne permet pas cette action. Demandez à la personne référente.")
            )


class _Kept(msgspec.Struct, frozen=True):
    """The part of an identity that the store itself does not read."""

    device_name: str
    name: str
    role: Role
    scopes: tuple[str, ...]
    server: str
    organisation: str
    is_practice: bool


def keep(transaction: Transaction, identity: Identity) -> None:
    """Write who works here into the base."""
    kept = _Kept(
        identity.device_name,
        identity.staff.name,
        identity.role,
        identity.scopes,
        identity.server,
        identity.organisation,
        identity.is_practice,
    )
    transaction.local.put(_DEVICE, identity.device_prefix.encode())
    transaction.local.put(_STAFF, identity.staff.id.bytes)
    transaction.local.put(_IDENTITY, msgspec.json.encode(kept))


def find(transaction: Transaction) -> Identity | None:
    """Who works here; None in a base whose enrolment has not ended.

    Raises:
        VaultDamagedError: what is kept cannot be read.
    """
    device, staff, raw = (transaction.local.get(key) for key in (_DEVICE, _STAFF, _IDENTITY))
    if device is None or staff is None or raw is None:
        return None
    try:
        kept = msgspec.json.decode(raw, type=_Kept)
        staff_id = UUID(bytes=staff)
    except (msgspec.MsgspecError, ValueError) as error:
        raise VaultDamagedError(
            N_("L’identité de ce portable ne se lit plus. Appelez le siège, ne changez rien.")
        ) from error
    known = transaction.staff.get(staff_id)
    return Identity(
        device_name=kept.device_name,
        device_prefix=device.decode(),
        staff=known or StaffMember(staff_id, kept.name, kept.role),
        role=kept.role,
        scopes=kept.scopes,
        server=kept.server,
        organisation=kept.organisation,
        is_practice=kept.is_practice,
    )
