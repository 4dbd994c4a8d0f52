"""Reads both bases and PostgreSQL back with raw SQL and compares them cell by cell.

On purpose this file uses nothing of the product: what it finds equal is equal whatever the
product believes. It asks the base file for its own column names.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlcipher3 import dbapi2 as sqlcipher

SHARED = ("participant", "answer", "step", "objective", "interview", "plan", "conflict", "staff")
_SHORTEST_NAME = 5
_KEYS = {"id", "root_id"}

Records = Mapping[tuple[str, str], Mapping[str, str | None]]


@dataclass(frozen=True)
class Comparison:
    """What two sides hold.

    Attributes:
        records: records present on both sides.
        cells: cells compared.
        differences: where they differ: kind, id and column, never a value.
    """

    records: int
    cells: int
    differences: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not self.differences and self.records > 0


def read_base(file: Path, key_hex: str, salt_hex: str) -> Records:
    """Every shared record of a laptop's base, by (kind, id)."""
    connection = sqlcipher.connect(f"file:{file}?mode=ro", uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{key_hex}{salt_hex}'\"")
        return dict(_base_records(connection))
    finally:
        connection.close()


def _base_records(connection: Any) -> Iterator[tuple[tuple[str, str], dict[str, str | None]]]:  # noqa: ANN401 - the driver ships no types
    for kind in SHARED:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({kind})")]
        # A name that begins with an underscore is the laptop's own book-keeping.
        columns = [name for name in names if name not in _KEYS and not name.startswith("_")]
        listed = ", ".join(columns)
        for row in connection.execute(f"SELECT id, root_id, {listed} FROM {kind}"):  # noqa: S608 - names of our own tables
            values = dict(zip(columns, row[2:], strict=True))
            yield (kind, bytes(row[0]).hex()), {"root_id": bytes(row[1]).hex(), **values}


def read_headquarters(url: str) -> Records:
    """Every live record of headquarters, by (kind, id)."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT kind, id, root_id, data::text FROM record").fetchall()
    return {
        (kind, str(identity).replace("-", "")): {
            "root_id": str(root).replace("-", ""),
            **json.loads(data),
        }
        for kind, identity, root, data in rows
    }


def compare(one: Records, other: Records) -> Comparison:
    """Compare two sides; a column that one side leaves out counts as empty."""
    differences: list[str] = []
    cells = 0
    for kind, identity in sorted(one.keys() ^ other.keys()):
        side = "first" if (kind, identity) in one else "second"
        differences.append(f"{kind} {identity} only on the {side} side")
    shared = one.keys() & other.keys()
    for key in sorted(shared):
        for column in sorted(one[key].keys() | other[key].keys()):
            cells += 1
            if one[key].get(column) != other[key].get(column):
                differences.append(f"{key[0]} {key[1]} {column}")
    return Comparison(len(shared), cells, tuple(differences))


def names_in(records: Records) -> frozenset[str]:
    """First and birth names as kept, long enough not to stand by chance in random bytes."""
    return frozenset(
        name
        for (kind, _), values in records.items()
        if kind == "participant"
        for name in (values.get("birth_name"), values.get("first_name"))
        if name and len(name.encode()) >= _SHORTEST_NAME
    )


def files_with(folder: Path, words: Iterable[str]) -> tuple[str, ...]:
    """Names of the files below `folder` in which any of the words stands, as UTF-8 or UTF-16."""
    needles = [
        needle
        for word in words
        for needle in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    ]
    return tuple(
        str(file.relative_to(folder))
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and any(needle in content for content in [file.read_bytes()] for needle in needles)
    )
