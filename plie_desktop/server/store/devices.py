"""Laptops, what they are granted, and their base files."""

from dataclasses import dataclass, field
from datetime import datetime

from psycopg import Connection
from psycopg.errors import UniqueViolation

from plie_desktop.models.domain.access import Role


@dataclass(frozen=True)
class Device:
    """A laptop that headquarters knows.

    Attributes:
        prefix: short name, which begins the numbers it gives to participants.
        scopes: granted, in the order in which they were granted; `*` for all.
        generation: raised each time the grants change.
    """

    id: int
    key_id: str
    public_key: bytes = field(repr=False)
    staff: bytes
    staff_name: str = field(repr=False)
    role: Role
    prefix: str
    generation: int
    is_revoked: bool
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Base:
    """A base file of a laptop.

    Attributes:
        last: number of its last edit in the journal.
        hlc: effective clock of that edit.
        durable: its edits up to this number are in a verified backup.
    """

    no: int
    last: int
    hlc: int
    durable: int


@dataclass(frozen=True)
class Author:
    """Who stands behind a stamp."""

    device: int
    name: str = field(repr=False)
    prefix: str


_FIND = """
SELECT d.id, d.key_id, d.public_key, d.staff_id, s.name, d.role, d.prefix,
    d.grants_generation, d.revoked_at IS NOT NULL,
    ARRAY(SELECT scope FROM device_grant WHERE device_id = d.id ORDER BY place)
FROM device d JOIN staff s ON s.id = d.staff_id
WHERE d.key_id = %s
"""


def find(connection: Connection, key_id: str) -> Device | None:
    row = connection.execute(_FIND, (key_id,), binary=True).fetchone()
    if row is None:
        return None
    device, key, public, staff, name, role, prefix, generation, is_revoked, scopes = row
    return Device(
        device, key, public, staff, name, Role(role), prefix, generation, is_revoked, tuple(scopes)
    )


def nonce_floor(connection: Connection, key_id: str) -> int:
    """Issue time of the last nonce that was used with this key; 0 for an unknown one."""
    row = connection.execute(
        "SELECT nonce_floor FROM device WHERE key_id = %s", (key_id,)
    ).fetchone()
    return int(row[0]) if row is not None else 0


def spend_nonce(connection: Connection, device: Device, issued: int, at: datetime) -> bool:
    """Take note of a nonce; False when it or a later one was used before.

    The laptop's row stays locked until the transaction ends: one exchange at a time.
    """
    spent = connection.execute(
        "UPDATE device SET nonce_floor = %s, last_seen_at = %s WHERE id = %s AND nonce_floor < %s",
        (issued, at, device.id, issued),
    )
    return spent.rowcount == 1


_BASE = "SELECT no, last_dseq, last_hlc, durable_dseq FROM device_base"


def base(connection: Connection, device: Device, db: bytes) -> Base:
    """The base file with this id, noted down when it is new."""
    key = (device.id, db.hex())
    found = connection.execute(f"{_BASE} WHERE device_id = %s AND db = %s", key, binary=True)
    row = found.fetchone()
    if row is None:
        made = "INSERT INTO device_base (device_id, db) VALUES (%s, %s) RETURNING no"
        row = connection.execute(made, key).fetchone()
        assert row is not None  # noqa: S101 - an insertion returns its row
        return Base(row[0], 0, 0, 0)
    return Base(*row)


def advance(connection: Connection, base_no: int, last: int, hlc: int, skew_ms: int) -> None:
    """Note the last edit of a base file and how far its clock is ahead of ours."""
    connection.execute(
        "UPDATE device_base SET last_dseq = %s, last_hlc = %s, skew_ms = %s WHERE no = %s",
        (last, hlc, skew_ms, base_no),
    )


def authors(connection: Connection, bases: list[int]) -> dict[int, Author]:
    """Who stands behind the numbers of these base files."""
    found = connection.execute(
        "SELECT b.no, d.id, s.name, d.prefix FROM device_base b "
        "JOIN device d ON d.id = b.device_id JOIN staff s ON s.id = d.staff_id "
        "WHERE b.no = ANY(%s)",
        (bases,),
    )
    return {no: Author(device, name, prefix) for no, device, name, prefix in found}


# Letters that are not mistaken for a figure or for each other when written by hand.
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def _prefix(count: int) -> str:
    return f"{_LETTERS[count % len(_LETTERS)]}{count // len(_LETTERS) + 1}"


def enrol(  # noqa: PLR0913 - the columns of the row
    connection: Connection,
    *,
    key_id: str,
    public_key: bytes,
    staff: bytes,
    role: Role,
    scopes: list[str],
    name: str,
    at: datetime,
    words: str = "",
) -> Device | None:
    """A new laptop; None when its key is known already."""
    # One enrolment at a time: prefixes are counted.
    connection.execute("LOCK TABLE device IN SHARE ROW EXCLUSIVE MODE")
    count = connection.execute("SELECT count(*) FROM device").fetchone()
    prefix = _prefix(int(count[0]) if count is not None else 0)
    try:
        with connection.transaction():
            made = connection.execute(
                "INSERT INTO device "
                "(key_id, public_key, staff_id, role, prefix, name, words, enrolled_at) "
                "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
                (key_id, public_key, staff.hex(), role, prefix, name, words, at),
            ).fetchone()
    except UniqueViolation:
        return None
    assert made is not None  # noqa: S101 - an insertion returns its row
    connection.execute(
        "INSERT INTO device_grant (device_id, place, scope) "
        "SELECT %s, place, scope FROM unnest(%s::text[]) WITH ORDINALITY AS g(scope, place)",
        (made[0], scopes),
    )
    return find(connection, key_id)


def set_words(connection: Connection, device: Device, words: str) -> None:
    """Keep the words of a meeting that was held again, its answer lost."""
    connection.execute("UPDATE device SET words = %s WHERE id = %s", (words, device.id))


@dataclass(frozen=True)
class DeviceLine:
    """A laptop in the administrator's list."""

    prefix: str
    name: str
    words: str
    staff_name: str
    role: Role
    scopes: tuple[str, ...]
    enrolled_at: datetime
    last_seen_at: datetime | None
    revoked_at: datetime | None


def lines(connection: Connection) -> list[DeviceLine]:
    found = connection.execute(
        "SELECT d.prefix, d.name, d.words, s.name, d.role, "
        "ARRAY(SELECT scope FROM device_grant WHERE device_id = d.id ORDER BY place), "
        "d.enrolled_at, d.last_seen_at, d.revoked_at "
        "FROM device d JOIN staff s ON s.id = d.staff_id ORDER BY d.id"
    )
    return [
        DeviceLine(prefix, name, words, staff, Role(role), tuple(scopes), enrolled, seen, revoked)
        for prefix, name, words, staff, role, scopes, enrolled, seen, revoked in found
    ]


def revoke(connection: Connection, prefix: str, at: datetime) -> bool:
    """Take a laptop's access away for good; False when there is none of that prefix."""
    done = connection.execute(
        "UPDATE device SET revoked_at = coalesce(revoked_at, %s) WHERE prefix = upper(%s)",
        (at, prefix),
    )
    return done.rowcount == 1
