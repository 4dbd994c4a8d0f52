"""Makes a laptop known to headquarters, with a code that never travels.

The vault is made first, beside its place, and holds the new signing key before headquarters
hears of it. When the answer is lost, or the computer stops in between, the next try with the
same passphrase shows the same key, which headquarters knows: the code is not wasted.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from plie_desktop.errors import (
    EnrolmentRefusedError,
    RefusedInputError,
    ServerRefusedError,
    ServerUnreachableError,
)
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.participant import StaffMember
from plie_desktop.models.domain.typed_text import clean
from plie_desktop.protocol import enrolment, signature
from plie_desktop.protocol.messages import EnrolReply, EnrolRequest, Grant
from plie_desktop.services import identity
from plie_desktop.services.door_parts import DoorTools, OpenedVault
from plie_desktop.services.identity import Identity
from plie_desktop.services.signing_key import keep_key, read_key
from plie_desktop.services.vault_making import Nursery
from plie_desktop.store.ports import Store
from plie_desktop.sync.address import Address, read_address
from plie_desktop.sync.client import DeviceKey
from plie_desktop.sync.refusals import RequestRefusedError
from plie_desktop.text import N_

LONGEST_NAME: Final = 60
_SALT_BYTES: Final = 16

_NO_CODE: Final = N_(
    "Un code d’invitation a 13 lettres et chiffres. Relisez-le sur le papier, puis tapez-le."
)
_NOT_PROVEN: Final = N_(
    "Ce serveur n’a pas prouvé qu’il connaît votre code : ce n’est peut-être pas le siège. "
    "Vérifiez l’adresse avec la coordination."
)
_UNKNOWN_ROLE: Final = N_(
    "Le siège donne un rôle que cette version ne connaît pas. Installez la version à jour."
)
_NO_NAME: Final = N_("Ce portable n’a pas encore de nom. Donnez-lui en un, comme « Portable 3 ».")


@dataclass(frozen=True)
class Enrolment:
    """What the person typed to make this laptop known."""

    server: str
    code: str
    device_name: str

    def run(self, passphrase: str, folder: Path, tools: DoorTools) -> OpenedVault:
        """Meet headquarters, then put the vault in its place; see `VaultDoor.enrol`."""
        meeting = _Meeting(read_address(self.server), self._code(), self._name(), tools)
        nursery = Nursery(folder, tools)
        nursery.require_free()
        draft = nursery.reopen(passphrase) or nursery.create(passphrase)
        try:
            words = _finish(draft.store, meeting)
        except BaseException as error:
            draft.store.close()
            # Once asked, headquarters may have agreed though its answer was lost: the key stays.
            is_unknown = meeting.is_asked and isinstance(error, ServerUnreachableError)
            if isinstance(error, Exception) and not is_unknown:
                nursery.discard()
            raise
        opened = nursery.settle(draft)
        return OpenedVault(opened.store, opened.identity, opened.folder, words)

    def _code(self) -> str:
        try:
            return enrolment.normalise_code(self.code)
        except ValueError:
            raise EnrolmentRefusedError(_NO_CODE) from None

    def _name(self) -> str:
        name = clean(self.device_name)[:LONGEST_NAME]
        if not name:
            raise RefusedInputError(_NO_NAME)
        return name


def _finish(store: Store, meeting: "_Meeting") -> tuple[str, ...]:
    """Meet headquarters unless an earlier try did; gives the words to compare."""
    with store.write() as transaction:
        known = identity.find(transaction)
        key = read_key(transaction)
        if key is None:
            key = DeviceKey(*signature.new_key_pair(meeting.tools.chance))
            keep_key(transaction, key)
    if known is not None:
        return ()
    found = meeting.meet(key)
    with store.write() as transaction:
        identity.keep(transaction, found)
    return meeting.words


class _Meeting:
    """One conversation with headquarters about one code."""

    def __init__(self, address: Address, code: str, name: str, tools: DoorTools) -> None:
        self._address = address
        self._code = code
        self._name = name
        self.tools = tools
        self._salt = tools.chance.take(_SALT_BYTES)
        self._transcript = b""

    @property
    def is_asked(self) -> bool:
        """Whether headquarters may have heard the question."""
        return bool(self._transcript)

    @property
    def words(self) -> tuple[str, ...]:
        """What both screens show."""
        return enrolment.words(self._transcript)

    def meet(self, key: DeviceKey) -> Identity:
        """Ask, and believe the answer only if it knows the code too.

        Raises:
            EnrolmentRefusedError, ServerRefusedError, ServerUnreachableError: as `VaultDoor.enrol`.
        """
        secret = enrolment.code_key(self._code)
        client = self.tools.connect(self._address, key)
        try:
            reply = client.enrol(lambda nonce: self._ask(nonce, key, secret))
        except RequestRefusedError as refused:
            if refused.code.startswith("code-"):
                raise EnrolmentRefusedError(refused.sentence) from None
            raise
        finally:
            client.close()
        return self._identity(reply, secret)

    def _ask(self, nonce: str, key: DeviceKey, secret: bytes) -> EnrolRequest:
        hint = enrolment.code_hint(self._code)
        self._transcript = enrolment.transcript(hint, key.public, self._name, nonce, self._salt)
        return EnrolRequest(
            hint=hint,
            public_key=key.public,
            device_name=self._name,
            salt=self._salt,
            proof=enrolment.proof(secret, self._transcript),
        )

    def _identity(self, reply: EnrolReply, secret: bytes) -> Identity:
        grant = reply.grant
        answer = msgspec.msgpack.encode(grant)
        if not enrolment.is_server_proof(secret, self._transcript, answer, reply.proof):
            raise EnrolmentRefusedError(_NOT_PROVEN)
        return Identity(
            device_name=self._name,
            device_prefix=grant.device,
            staff=_staff(grant),
            role=_role(grant),
            scopes=tuple(grant.scopes),
            server=self._address.origin,
            organisation=grant.organisation,
            is_practice=False,
        )


def _staff(grant: Grant) -> StaffMember:
    return StaffMember(UUID(bytes=grant.staff), grant.name, grant.role)


def _role(grant: Grant) -> Role:
    try:
        return Role(grant.role)
    except ValueError:
        raise ServerRefusedError(_UNKNOWN_ROLE) from None
