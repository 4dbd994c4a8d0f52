"""Reads what is new, scope after scope."""

from collections.abc import Sequence
from typing import Final

from psycopg import Connection

from plie_desktop.models.domain.access import EVERY_SCOPE, REFERENCE_SCOPE

Found = tuple[str, bytes, bytes, int, int, int, str, str | None]
"""kind, id, root, version, version it was made at, version its root came into its scope at,
values, stamps (None where a whole row goes to a laptop that wrote nothing in it)."""


def scopes(connection: Connection, granted: Sequence[str]) -> list[str]:
    """The scopes behind these grants, in the order of the walk: what others refer to first."""
    if EVERY_SCOPE in granted:
        found = connection.execute("SELECT name FROM scope ORDER BY name")
        names = [row[0] for row in found]
    else:
        names = sorted(set(granted))
    return [REFERENCE_SCOPE, *(name for name in names if name != REFERENCE_SCOPE)]


def with_news(connection: Connection, names: Sequence[str], since: int) -> list[str]:
    """Those of the scopes in which something is newer, in the same order."""
    found = connection.execute(
        "SELECT s.name FROM unnest(%s::text[]) WITH ORDINALITY AS s(name, place) WHERE EXISTS "
        "(SELECT FROM root WHERE root.scope = s.name AND root_ver > %s) ORDER BY s.place",
        (list(names), since),
    )
    return [row[0] for row in found]


def roots(
    connection: Connection, scope: str, after: tuple[int, bytes], limit: int
) -> list[tuple[int, bytes]]:
    """The next aggregates of a scope by `(version, id)`."""
    found = connection.execute(
        "SELECT root_ver, root_id FROM root WHERE scope = %s AND (root_ver, root_id) > (%s, %s) "
        "ORDER BY root_ver, root_id LIMIT %s",
        (scope, after[0], after[1].hex(), limit),
        binary=True,
    )
    return found.fetchall()


# Rows whose every value was written by the asking base after their root came where it is are
# left out here: that laptop has them. Ids come as bytes, which the driver loads by itself.
_RECORDS: Final = """
SELECT r.kind, uuid_send(r.id), uuid_send(r.root_id), r.ver, r.created_ver, o.scope_since,
    r.data::text,
    CASE WHEN r.created_ver <= %(since)s AND o.scope_since <= %(since)s
        OR %(base)s = ANY(r.writers) THEN r.meta::text END
FROM root o JOIN record r ON r.root_id = o.root_id
WHERE o.root_id = ANY(%(roots)s::uuid[])
    AND (r.ver > %(since)s OR o.scope_since > %(since)s)
    AND NOT (r.writers = %(own)s::integer[] AND r.created_ver >= o.scope_since)
"""


def records(
    connection: Connection, root_ids: Sequence[bytes], since: int, base_no: int
) -> list[Found]:
    """What is newer in these aggregates, for one base file of a laptop."""
    found = connection.execute(
        _RECORDS,
        {
            "since": since,
            "base": base_no,
            "own": [base_no],
            "roots": [root.hex() for root in root_ids],
        },
        binary=True,
    )
    return found.fetchall()


_EXITS: Final = """
SELECT DISTINCT e.root_id FROM scope_exit e
WHERE e.scope = ANY(%(scopes)s) AND e.ver > %(since)s AND NOT EXISTS
    (SELECT FROM root WHERE root.root_id = e.root_id AND root.scope = ANY(%(scopes)s))
    AND NOT EXISTS (SELECT FROM erased WHERE erased.root_id = e.root_id)
"""


def exits(connection: Connection, names: Sequence[str], since: int) -> list[bytes]:
    """Aggregates that left these scopes."""
    found = connection.execute(_EXITS, {"scopes": list(names), "since": since})
    return [row[0] for row in found]


def erasures(connection: Connection, names: Sequence[str], since: int) -> list[bytes]:
    """Aggregates of these scopes that were erased for good."""
    found = connection.execute(
        "SELECT root_id FROM erased WHERE scope = ANY(%s) AND ver > %s", (list(names), since)
    )
    return [row[0] for row in found]
