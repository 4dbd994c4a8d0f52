"""Many new rows at once, in PostgreSQL's own text form of COPY.

psycopg adapts each value of each row by itself, which for thousands of rows costs as much as to
judge them. Source of the form: PostgreSQL's manual, COPY, “Text Format”.

Only the other parts of this room come in.
"""

from collections.abc import Iterable
from itertools import islice
from typing import Final

from psycopg import Connection

NOTHING: Final = "\\N"
"""A null."""
_AT_ONCE: Final = 250
"""Rows in one piece, so that PostgreSQL takes in some while the next are made."""


def put(connection: Connection, table: str, columns: str, lines: Iterable[str]) -> None:
    """Add the rows that these lines say, one line for each."""
    rest = iter(lines)
    with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        while piece := "".join(islice(rest, _AT_ONCE)):
            copy.write(piece)


def raw(value: bytes | None) -> str:
    """Bytes, or nothing."""
    return NOTHING if value is None else "\\\\x" + value.hex()


def json(document: bytes) -> str:
    """A JSON document: of its characters only backslashes mean something in a line."""
    return document.decode().replace("\\", "\\\\")
