"""Staff members and their invitations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg import Connection

from plie_desktop.models.domain.access import Role


@dataclass(frozen=True)
class Person:
    """A staff member."""

    id: bytes
    name: str = field(repr=False)
    role: Role
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


@dataclass(frozen=True)
class Invitation:
    """A code that was given out.

    Attributes:
        mac_key: the stretched code, None once it is past.
        device: the laptop that used it.
    """

    id: int
    mac_key: bytes | None = field(repr=False)
    staff: bytes
    staff_name: str = field(repr=False)
    role: Role
    scopes: tuple[str, ...]
    tries: int
    expires_at: datetime
    used_at: datetime | None
    device: int | None


def put(connection: Connection, person: Person, at: datetime) -> None:
    """A new staff member, or what changed of a known one."""
    connection.execute(
        "INSERT INTO staff (id, name, role, phone, email, created_at) "
        "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET "
        "name = excluded.name, role = excluded.role, phone = excluded.phone, "
        "email = excluded.email",
        (person.id.hex(), person.name, person.role, person.phone, person.email, at),
    )


def find(connection: Connection, person_id: bytes) -> Person | None:
    row = connection.execute(
        "SELECT id, name, role, phone, email FROM staff WHERE id = %s", (person_id.hex(),)
    ).fetchone()
    return _person(row) if row is not None else None


def lines(connection: Connection) -> list[Person]:
    found = connection.execute("SELECT id, name, role, phone, email FROM staff ORDER BY name, id")
    return [_person(row) for row in found]


def _person(row: tuple[bytes, str, str, str, str]) -> Person:
    return Person(row[0], row[1], Role(row[2]), row[3], row[4])


def add_scopes(connection: Connection, names: Sequence[str]) -> None:
    connection.execute(
        "INSERT INTO scope (name) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (list(names),)
    )


def invite(
    connection: Connection,
    *,
    hint: str,
    mac_key: bytes,
    person: Person,
    scopes: Sequence[str],
    at: datetime,
    until: datetime,
) -> bool:
    """Keep an invitation; False when its hint was given before and another code must be drawn."""
    made = connection.execute(
        "INSERT INTO invitation (hint, mac_key, staff_id, role, scopes, created_at, expires_at) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (hint, mac_key, person.id.hex(), person.role, list(scopes), at, until),
    )
    return made.rowcount == 1


def invitation(connection: Connection, hint: str) -> Invitation | None:
    """The invitation with this hint; nobody else uses it until the transaction ends."""
    row = connection.execute(
        "SELECT i.id, i.mac_key, i.staff_id, s.name, i.role, i.scopes, i.tries, i.expires_at, "
        "i.used_at, i.device_id FROM invitation i JOIN staff s ON s.id = i.staff_id "
        "WHERE i.hint = %s FOR UPDATE OF i",
        (hint,),
    ).fetchone()
    if row is None:
        return None
    id_, key, staff, name, role, scopes, tries, expires_at, used_at, device = row
    return Invitation(
        id_, key, staff, name, Role(role), tuple(scopes), tries, expires_at, used_at, device
    )


def count_wrong_try(connection: Connection, invitation_id: int) -> None:
    connection.execute("UPDATE invitation SET tries = tries + 1 WHERE id = %s", (invitation_id,))


def spend(connection: Connection, invitation_id: int, device_id: int, at: datetime) -> None:
    connection.execute(
        "UPDATE invitation SET used_at = %s, device_id = %s WHERE id = %s",
        (at, device_id, invitation_id),
    )


def forget_past_codes(connection: Connection, at: datetime) -> None:
    """Drop the stretched codes that can serve nobody any more."""
    connection.execute(
        "UPDATE invitation SET mac_key = NULL WHERE mac_key IS NOT NULL AND expires_at < %s", (at,)
    )
