"""Invites people, and makes their laptops known.

Only the command and the routes come in.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import uuid5

import msgspec
from psycopg import Connection

from plie_desktop.clock import Chance, Clock
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.access import EVERY_SCOPE, REFERENCE_SCOPE, Role
from plie_desktop.models.domain.records import STAFF_NAMESPACE, Kind
from plie_desktop.models.domain.typed_text import clean
from plie_desktop.protocol import enrolment, signature
from plie_desktop.protocol.messages import EnrolReply, EnrolRequest, FrameError, Grant, decode
from plie_desktop.server.calls import Answer, Call
from plie_desktop.server.marks import Nonces
from plie_desktop.server.refusal import RequestRefusedError
from plie_desktop.server.rows import HEADQUARTERS, PENDING, REST, Root, Row, Stamp
from plie_desktop.server.settings import Settings
from plie_desktop.server.store import counter, devices, people, records
from plie_desktop.server.store.database import Database
from plie_desktop.server.store.people import Invitation, Person
from plie_desktop.text import N_

_SCOPE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LONGEST_NAME: Final = 100
_DRAWS: Final = 20

_NO_NAME: Final = N_("Il faut le nom de la personne invitée, en 100 lettres au plus.")
_NO_SCOPE: Final = N_(
    "Le nom d’un secteur s’écrit en minuscules sans accent, chiffres et tirets ; "
    "« ref » est réservé."
)
_ONLY_COORDINATION: Final = N_("Seule la coordination peut recevoir tous les secteurs.")
_NO_CODE: Final = N_("Aucun code libre n’a été trouvé. Recommencez.")


class Invitations:
    """Gives out codes by which a person's laptop may enrol once."""

    def __init__(
        self, database: Database, clock: Clock, chance: Chance, settings: Settings
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._settings = settings

    def invite(
        self, name: str, role: Role, scopes: Sequence[str], phone: str = "", email: str = ""
    ) -> tuple[str, Person]:
        """The code to hand over, and the person it is for; one who is known keeps their id.

        Raises:
            RefusedInputError: a name or a scope cannot be taken.
        """
        _check(name, role, scopes)
        now = self._clock.now()
        known_by = email.strip().casefold() or " ".join(name.split()).casefold()
        person_id = uuid5(STAFF_NAMESPACE, known_by).bytes
        person = Person(person_id, " ".join(name.split()), role, phone.strip(), email.strip())
        until = now + self._settings.invitation_life
        with self._database.write() as connection:
            people.put(connection, person, now)
            people.add_scopes(connection, [scope for scope in scopes if scope != EVERY_SCOPE])
            people.forget_past_codes(connection, now)
            for _ in range(_DRAWS):
                code = enrolment.new_code(self._chance)
                hint, key = enrolment.code_hint(code), enrolment.code_key(code)
                if people.invite(
                    connection, hint=hint, mac_key=key, person=person, scopes=scopes,
                    at=now, until=until,
                ):  # fmt: skip
                    break
            else:
                raise RefusedInputError(_NO_CODE)
            _tell_everyone(connection, person)
        return code, person


def _check(name: str, role: Role, scopes: Sequence[str]) -> None:
    if not name.strip() or len(name) > _LONGEST_NAME or "\0" in name:
        raise RefusedInputError(_NO_NAME)
    if EVERY_SCOPE in scopes and role is not Role.COORD:
        raise RefusedInputError(_ONLY_COORDINATION)
    named = [scope for scope in scopes if scope != EVERY_SCOPE]
    if not scopes or not all(map(_SCOPE.fullmatch, named)) or REFERENCE_SCOPE in named:
        raise RefusedInputError(_NO_SCOPE)


def _tell_everyone(connection: Connection, person: Person) -> None:
    """Put the staff member among the records that every laptop receives."""
    roots = records.lock_roots(connection, [person.id])
    row = records.load(connection, [person.id]).get(person.id)
    values: dict[str, str | None] = {
        "name": person.name,
        "role": person.role.value,
        "phone": person.phone or None,
        "email": person.email or None,
    }
    if row is not None and row.data == values:
        return
    if not roots:
        records.claim_roots(connection, [Root(person.id, REFERENCE_SCOPE, PENDING, PENDING)])
    version = counter.allocate(connection, 0)
    stamp = Stamp(version, HEADQUARTERS, 0, 0)
    records.bump_roots(connection, {person.id: 0}, version)
    if row is None:
        fresh = Row(Kind.STAFF, person.id, person.id, version, version, values, {REST: stamp})
        records.insert(connection, [fresh])
        return
    for column, value in values.items():
        if row.data.get(column) != value:
            row.put(column, value, stamp)
    row.ver = version
    records.update(connection, [row])


class Enrolment:
    """Answers laptops that show the proof of a code."""

    def __init__(
        self, database: Database, clock: Clock, nonces: Nonces, settings: Settings
    ) -> None:
        self._database = database
        self._clock = clock
        self._nonces = nonces
        self._settings = settings

    def first_nonce(self, key_id: str) -> str:
        """A nonce for a laptop that has none; an unknown key is answered alike.

        Raises:
            DatabaseError: PostgreSQL is away.
        """
        with self._database.snapshot() as connection:
            floor = devices.nonce_floor(connection, key_id)
        return self._nonces.issue(key_id, self._clock.now(), floor)

    def answer(self, call: Call) -> Answer:
        """The grant, or the refusal.

        Raises:
            DatabaseError: PostgreSQL is away.
        """
        now = self._clock.now()
        try:
            claim = call.claim()
        except RequestRefusedError as refusal:
            return Answer(refusal.status, refusal.message())
        nonce = self._nonces.issue(claim.key_id, now)
        try:
            self._nonces.moment(claim.key_id, claim.nonce, now)
            request = _checked(call)
            with self._database.write() as connection:
                reply = self._meet(connection, request, claim.nonce, now)
        except RequestRefusedError as refusal:
            return Answer(refusal.status, refusal.message(), nonce)
        if isinstance(reply, RequestRefusedError):
            return Answer(reply.status, reply.message(), nonce)
        return Answer(200, reply, nonce)

    def _meet(
        self, connection: Connection, request: EnrolRequest, nonce: str, now: datetime
    ) -> EnrolReply | RequestRefusedError:
        """The grant; a refusal is returned, not raised, so that a wrong try stays counted."""
        invitation = people.invitation(connection, request.hint)
        if invitation is None:
            return RequestRefusedError("code-unknown")
        key = invitation.mac_key
        if key is None or invitation.tries >= self._settings.code_tries:
            return RequestRefusedError("code-used" if invitation.used_at else "code-expired")
        meeting = enrolment.transcript(
            request.hint, request.public_key, request.device_name, nonce, request.salt
        )
        if not enrolment.is_proof(key, meeting, request.proof):
            people.count_wrong_try(connection, invitation.id)
            return RequestRefusedError("code-unknown")
        words = " ".join(enrolment.words(meeting))
        device = self._device(connection, request, invitation, words, now)
        if isinstance(device, RequestRefusedError):
            return device
        grant = Grant(
            organisation=self._settings.organisation,
            device=device.prefix,
            staff=device.staff,
            name=device.staff_name,
            role=device.role.value,
            scopes=list(device.scopes),
        )
        answer = msgspec.msgpack.encode(grant)
        return EnrolReply(grant, enrolment.server_proof(key, meeting, answer))

    def _device(
        self,
        connection: Connection,
        request: EnrolRequest,
        invitation: Invitation,
        words: str,
        now: datetime,
    ) -> devices.Device | RequestRefusedError:
        """The laptop made known; the same one asking again, its answer lost, is known already."""
        key_id = signature.key_id(request.public_key)
        if invitation.used_at is not None:
            known = devices.find(connection, key_id)
            if known is None or known.id != invitation.device:
                return RequestRefusedError("code-used")
            if known.is_revoked:
                return RequestRefusedError("revoked")
            devices.set_words(connection, known, words)
            return known
        if now > invitation.expires_at:
            return RequestRefusedError("code-expired")
        device = devices.enrol(
            connection,
            key_id=key_id,
            public_key=request.public_key,
            staff=invitation.staff,
            role=invitation.role,
            scopes=list(invitation.scopes),
            # It is shown in the administrator's terminal: no signs that move its cursor.
            name=clean(request.device_name),
            words=words,
            at=now,
        )
        if device is None:
            return RequestRefusedError("code-used")
        people.spend(connection, invitation.id, device.id, now)
        return device


def _checked(call: Call) -> EnrolRequest:
    """The request, signed by the key it brings.

    Raises:
        RequestRefusedError: it is no request, or says what none can say.
    """
    try:
        request = decode(call.body, EnrolRequest)
    except FrameError:
        raise RequestRefusedError("frame") from None
    call.check_signature(request.public_key)
    texts = (request.hint, request.device_name)
    if any("\0" in text or len(text) > _LONGEST_NAME for text in texts):
        raise RequestRefusedError("frame")
    return request
