"""Records, their aggregates, and the values they once had."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec
from psycopg import Connection

from plie_desktop.server.rows import Past, Root, Row, Stamp
from plie_desktop.server.store import copying

_Data = dict[str, str | None]
_Meta = dict[str, tuple[int, int, int, int]]
_read_data = msgspec.json.Decoder(_Data).decode
_read_meta = msgspec.json.Decoder(_Meta).decode
_write = msgspec.json.Encoder().encode

_COLUMNS: Final = "id, kind, root_id, ver, created_ver, writers, data, meta"
_LOAD: Final = "SELECT kind, id, root_id, ver, created_ver, data::text, meta::text FROM record"


class TakenError(Exception):
    """A new aggregate has the id of one that was made meanwhile; judging again finds it."""


def _row(found: tuple[str, bytes, bytes, int, int, str, str]) -> Row:
    kind, id_, root, version, created, data, meta = found
    stamps = {column: Stamp(*stamp) for column, stamp in _read_meta(meta).items()}
    return Row(kind, id_, root, version, created, _read_data(data), stamps)


def _listed(ids: Iterable[bytes]) -> str:
    """Ids as PostgreSQL spells an array: a list of thousands is slow to adapt one by one."""
    return "{" + ",".join(map(bytes.hex, ids)) + "}"


def load(connection: Connection, ids: Iterable[bytes]) -> dict[bytes, Row]:
    """The records with these ids; their aggregates must be locked by the caller."""
    found = connection.execute(f"{_LOAD} WHERE id = ANY(%s::uuid[])", (_listed(ids),), binary=True)
    return {row[1]: _row(row) for row in found}


def open_conflicts(connection: Connection, roots: Iterable[bytes]) -> list[Row]:
    """The review items of these aggregates that nobody has settled."""
    found = connection.execute(
        f"{_LOAD} WHERE kind = 'conflict' AND data ->> 'state' = 'OPEN' "
        "AND root_id = ANY(%s::uuid[])",
        (_listed(roots),),
        binary=True,
    )
    return [_row(row) for row in found]


def lock_roots(connection: Connection, roots: Iterable[bytes]) -> dict[bytes, Root]:
    """These aggregates; nobody else changes them until the transaction ends."""
    found = connection.execute(
        "SELECT root_id, scope, scope_since, created_ver, size FROM root "
        "WHERE root_id = ANY(%s::uuid[]) ORDER BY root_id FOR UPDATE",
        (_listed(roots),),
        binary=True,
    )
    return {row[0]: Root(*row) for row in found}


def scopes(connection: Connection, roots: Iterable[bytes]) -> dict[bytes, str]:
    """The scope of each of these aggregates."""
    found = connection.execute(
        "SELECT root_id, scope FROM root WHERE root_id = ANY(%s::uuid[])",
        (_listed(roots),),
    )
    return dict(found.fetchall())


def erased_roots(connection: Connection, roots: Iterable[bytes]) -> set[bytes]:
    found = connection.execute(
        "SELECT root_id FROM erased WHERE root_id = ANY(%s::uuid[])",
        (_listed(roots),),
    )
    return {row[0] for row in found}


def claim_roots(connection: Connection, roots: Sequence[Root]) -> None:
    """Take the ids of new aggregates.

    Raises:
        TakenError: somebody else made one of them in the meantime.
    """
    made = connection.execute(
        "INSERT INTO root (root_id, scope, root_ver, scope_since, created_ver) "
        "SELECT r.id, r.scope, 0, 0, 0 FROM unnest(%s::uuid[], %s::text[]) AS r(id, scope) "
        "ORDER BY r.id ON CONFLICT DO NOTHING",
        (_listed(root.id for root in roots), [root.scope for root in roots]),
    )
    if made.rowcount < len(roots):
        raise TakenError


def bump_roots(connection: Connection, sizes: Mapping[bytes, int], version: int) -> None:
    """Tell the walk that something in these aggregates has this version; and their new sizes."""
    connection.execute(
        "UPDATE root SET root_ver = %(version)s, size = n.size, "
        "scope_since = CASE WHEN created_ver = 0 THEN %(version)s ELSE scope_since END, "
        "created_ver = CASE WHEN created_ver = 0 THEN %(version)s ELSE created_ver END "
        "FROM unnest(%(roots)s::uuid[], %(sizes)s::bigint[]) AS n(id, size) "
        "WHERE root_id = n.id",
        {
            "version": version,
            "roots": _listed(sizes),
            "sizes": list(sizes.values()),
        },
    )


def insert(connection: Connection, rows: Sequence[Row]) -> None:
    """New records."""
    if not rows:
        return
    copying.put(connection, "record", _COLUMNS, map(_line, rows))


_UPDATE: Final = """
UPDATE record SET ver = n.ver, writers = n.writers, data = data || n.news, meta = meta || n.stamps
FROM jsonb_to_recordset(%s::jsonb)
    AS n(id uuid, ver bigint, writers integer[], news jsonb, stamps jsonb)
WHERE record.id = n.id
"""


def update(connection: Connection, rows: Sequence[Row]) -> None:
    """Records that exist: what changed in them."""
    if not rows:
        return
    news = [
        {
            "id": row.id.hex(),
            "ver": row.ver,
            "writers": row.writers(),
            "news": {column: row.data[column] for column in row.changed},
            "stamps": {column: _fields_of(row.meta[column]) for column in row.changed},
        }
        for row in rows
    ]
    connection.execute(_UPDATE, (_write(news).decode(),))


def _fields_of(stamp: Stamp) -> tuple[int, int, int, int]:
    return stamp.ver, stamp.base, stamp.dseq, stamp.hlc


def _line(row: Row) -> str:
    meta = {column: _fields_of(stamp) for column, stamp in row.meta.items()}
    writers = ",".join(map(str, row.writers()))
    return (
        f"{row.id.hex()}\t{row.kind}\t{row.root.hex()}\t{row.ver}\t{row.created_ver}"
        f"\t{{{writers}}}\t{copying.json(_write(row.data))}\t{copying.json(_write(meta))}\n"
    )


def remember(connection: Connection, pasts: Sequence[Past], at: datetime) -> None:
    """Values for the history."""
    if not pasts:
        return
    columns = "record_id, root_id, col, value, why, ver, base_no, dseq, hlc, at"
    with connection.cursor().copy(f"COPY history ({columns}) FROM STDIN") as copy:
        for past in pasts:
            stamp = past.stamp
            copy.write_row(
                (
                    *(past.record.hex(), past.root.hex(), past.column, past.value, past.why),
                    *(stamp.ver, stamp.base, stamp.dseq, stamp.hlc, at),
                )
            )


def values_at(
    connection: Connection, asked: Sequence[tuple[bytes, str, int]]
) -> dict[tuple[bytes, str, int], str | None]:
    """The value that a field of a record had at a version, where it is known.

    Only fields that were replaced since then are looked for.
    """
    if not asked:
        return {}
    found = connection.execute(
        "SELECT q.record, q.col, q.ver, h.value FROM unnest(%s::uuid[], %s::text[], %s::bigint[]) "
        "AS q(record, col, ver) CROSS JOIN LATERAL ("
        "SELECT value FROM history WHERE record_id = q.record AND history.col = q.col "
        "AND why = 'replaced' AND history.ver <= q.ver ORDER BY history.ver DESC, no DESC LIMIT 1"
        ") h",
        tuple(
            map(list, zip(*((record.hex(), col, ver) for record, col, ver in asked), strict=True))
        ),
    )
    return {(record, col, ver): value for record, col, ver, value in found}
