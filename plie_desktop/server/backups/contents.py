"""What a backup holds: table after table, its rows as PostgreSQL copies them out as text.

    T name and columns · D a piece of its rows, any number of times · E how many, and their hash
    Z number of tables

Each part is a letter, a length, and so many bytes.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

import msgspec

from plie_desktop.server.backups.sealed import DamagedError, Source
from plie_desktop.server.store.saving import TableCopy

_PIECE: Final = 1 << 18
_PART: Final = struct.Struct(">cI")
_LINE_FEED: Final = b"\n"
_TABLE, _ROWS, _END, _CLOSE = b"T", b"D", b"E", b"Z"

T = TypeVar("T")


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """What the rows of a table came to."""

    rows: int
    sha256: bytes


class _Table(msgspec.Struct, frozen=True, array_like=True):
    """What is said of a table before its rows."""

    name: str
    columns: list[str]


class _Counting:
    """Rows going by: a line feed ends each of them and stands in none."""

    def __init__(self) -> None:
        self._rows = 0
        self._hash = hashlib.sha256()

    def add(self, piece: bytes) -> None:
        self._rows += piece.count(_LINE_FEED)
        self._hash.update(piece)

    def tally(self) -> Tally:
        return Tally(self._rows, self._hash.digest())


def write(put: Callable[[bytes], None], tables: Iterable[TableCopy]) -> dict[str, Tally]:
    """Write these tables; what each of them came to."""
    told: dict[str, Tally] = {}
    for table in tables:
        counting = _Counting()
        _write_part(put, _TABLE, _spell(_Table(table.name, list(table.columns))))
        for piece in _pieces(table.rows):
            counting.add(piece)
            _write_part(put, _ROWS, piece)
        told[table.name] = counting.tally()
        _write_part(put, _END, _spell(told[table.name]))
    _write_part(put, _CLOSE, _spell(len(told)))
    return told


def read(source: Source, take: Callable[[TableCopy], None]) -> dict[str, Tally]:
    """Have each table taken, all its rows read; what each of them came to.

    Raises:
        DamagedError: this is not what `write` wrote.
    """
    found: dict[str, Tally] = {}
    while True:
        kind, body = _read_part(source)
        if kind == _CLOSE:
            if _decode(body, int) != len(found):
                raise DamagedError
            return found
        if kind != _TABLE:
            raise DamagedError
        table, counting = _decode(body, _Table), _Counting()
        take(TableCopy(table.name, table.columns, _rows(source, counting)))
        found[table.name] = counting.tally()


def _rows(source: Source, counting: _Counting) -> Iterator[bytes]:
    while True:
        kind, body = _read_part(source)
        if kind == _END:
            if _decode(body, Tally) != counting.tally():
                raise DamagedError
            return
        if kind != _ROWS:
            raise DamagedError
        counting.add(body)
        yield body


def _pieces(rows: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
    """The same bytes in pieces of a size worth handling."""
    gathered = bytearray()
    for row in rows:
        gathered += row
        while len(gathered) >= _PIECE:
            yield bytes(gathered[:_PIECE])
            del gathered[:_PIECE]
    if gathered:
        yield bytes(gathered)


def _write_part(put: Callable[[bytes], None], kind: bytes, body: bytes) -> None:
    put(_PART.pack(kind, len(body)) + body)


def _read_part(source: Source) -> tuple[bytes, bytes]:
    kind, length = _PART.unpack(source.read(_PART.size))
    if length > _PIECE:
        raise DamagedError
    return kind, source.read(length)


def _spell(said: object) -> bytes:
    return msgspec.msgpack.encode(said)


def _decode(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise DamagedError from None
