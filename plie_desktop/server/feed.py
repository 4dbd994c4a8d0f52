"""Builds the page of news for a laptop: whole files, scope after scope, in one snapshot.

A walk begins at the version up to which the laptop has everything. It visits the roots of each
granted scope in order of version, without an upper bound: a root that changes while the walk is
under way moves ahead of it and is met there. The next walk begins where the counter stood when
this one began, so nothing falls between two walks. Only `exchange` comes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from psycopg import Connection

from plie_desktop.models.domain.records import KINDS
from plie_desktop.protocol.messages import Block
from plie_desktop.server.marks import Cursor
from plie_desktop.server.rows import REST
from plie_desktop.server.store import incarnation, walk
from plie_desktop.server.store.counter import Count
from plie_desktop.server.store.devices import Device
from plie_desktop.server.store.walk import Found

_ROW_BYTES: Final = 28
"""Compressed bytes of a row without its values: mostly two random ids."""
_TEXT_SHARE: Final = 0.3
"""Part of the bytes of values that is left after compression."""
_ROOT_BYTES: Final = 1000
"""Compressed bytes of a usual file, for a first guess at how many fit."""
_MOST_ROOTS: Final = 256
_LAST_ID: Final = b"\xff" * 16
_ORDER: Final = {kind.value: place for place, kind in enumerate(KINDS)}
_COLUMNS: Final = {kind.value: declared.column_names for kind, declared in KINDS.items()}
_read_data = msgspec.json.Decoder(dict[str, str | None]).decode
_read_meta = msgspec.json.Decoder(dict[str, tuple[int, int, int, int]]).decode

_NOBODY: Final = (0, 0, 0, 0)
_Line = tuple[int | bytes | str | None, ...]


@dataclass(frozen=True)
class Page:
    """One page of news.

    Attributes:
        cursor: None for a laptop that has none yet and asked for no page.
        more: there is another page.
    """

    cursor: Cursor | None
    more: bool
    blocks: list[Block] = field(default_factory=list)
    evict: list[bytes] = field(default_factory=list)
    erase: list[bytes] = field(default_factory=list)


class Feed:
    """Reads for one base file of a laptop, in a snapshot of the caller.

    Args:
        count: where the counter stands in that snapshot.
    """

    def __init__(self, connection: Connection, device: Device, base_no: int, count: Count) -> None:
        self._connection = connection
        self._device = device
        self._base_no = base_no
        self._count = count

    def page(self, cursor: Cursor | None, want: int) -> Page:
        """The next page, of about `want` compressed bytes; at least one file when there is one."""
        seen, at = self._begin(cursor)
        names = walk.scopes(self._connection, self._device.scopes)
        evict: list[bytes] = []
        erase: list[bytes] = []
        if not at.scope and seen:
            evict = walk.exits(self._connection, names, seen)
            erase = walk.erasures(self._connection, names, seen)
        filling = _Filling(self._base_no, at.since, want)
        at = self._walk(at, names, filling)
        more = bool(at.until) or at.since < self._count.seq
        return Page(at, more, filling.blocks(), evict, erase)

    def _begin(self, cursor: Cursor | None) -> tuple[int, Cursor]:
        """The version of what the laptop surely has, and the place in the walk to go on from."""
        count, generation = self._count, self._device.generation
        if cursor is None:
            return 0, Cursor(count.epoch, generation, 0, count.seq)
        seen = cursor.since
        if cursor.epoch != count.epoch:
            seen = incarnation.still_holds(self._connection, seen, cursor.epoch)
            return seen, Cursor(count.epoch, generation, seen, count.seq)
        if cursor.generation != generation:
            return seen, Cursor(count.epoch, generation, 0, count.seq)
        if not cursor.until:
            return seen, msgspec.structs.replace(cursor, until=count.seq)
        return seen, cursor

    def _walk(self, at: Cursor, names: Sequence[str], filling: "_Filling") -> Cursor:
        """Fill the page; the place behind its last file, or the end of the walk."""
        passed = names.index(at.scope) if at.scope in names else 0
        for name in walk.with_news(self._connection, names[passed:], at.since):
            after = (at.version, at.root) if name == at.scope else (at.since, _LAST_ID)
            stopped = self._walk_scope(name, after, filling)
            if stopped is not None:
                version, root = stopped
                return msgspec.structs.replace(at, scope=name, version=version, root=root)
        return Cursor(at.epoch, at.generation, at.until)

    def _walk_scope(
        self, name: str, after: tuple[int, bytes], filling: "_Filling"
    ) -> tuple[int, bytes] | None:
        """The last file of the page, or None when the scope is exhausted."""
        # At first files come whole; later only what changed in them.
        limit = _MOST_ROOTS if filling.since else _fitting(filling.left, _ROOT_BYTES)
        while found := walk.roots(self._connection, name, after, limit):
            rows: dict[bytes, list[Found]] = {}
            room = filling.left
            ids = [root for _, root in found]
            for row in walk.records(self._connection, ids, filling.since, self._base_no):
                rows.setdefault(row[2], []).append(row)
            for place in found:
                for row in rows.get(place[1], ()):
                    filling.add(row)
                if filling.left <= 0:
                    return place
            if len(found) < limit:
                break
            after = found[-1]
            limit = _fitting(filling.left, (room - filling.left) // len(found))
        return None


def _fitting(room: int, size: int) -> int:
    """How many files of that size to read for that room: what does not fit is read in vain."""
    return max(16, min(_MOST_ROOTS, room // max(1, size) + 1))


class _Filling:
    """A page being filled.

    Attributes:
        left: about how many compressed bytes may still come.
        since: everything up to this version is on the laptop.
    """

    def __init__(self, base_no: int, since: int, want: int) -> None:
        self.left = want
        self.since = since
        self._base_no = base_no
        self._whole: dict[str, list[_Line]] = {}
        self._parts: dict[tuple[str, tuple[str, ...]], list[_Line]] = {}

    def add(self, found: Found) -> None:
        """Take a row in: whole when the laptop does not have it, else what is new in it."""
        kind, id_, root, version, _, _, text, stamps = found
        data = _read_data(text)
        news = None if stamps is None else self._news(found, data, stamps)
        if news is None:
            line = (version, id_, root, *map(data.get, _COLUMNS[kind]))
            self._whole.setdefault(kind, []).append(line)
            size = len(text)
        elif news:
            part = (version, id_, root, *map(data.get, news))
            self._parts.setdefault((kind, news), []).append(part)
            size = sum(len(data[name] or "") for name in news)
        else:
            return
        self.left -= _ROW_BYTES + int(size * _TEXT_SHARE)

    def _news(
        self, found: Found, data: dict[str, str | None], stamps: str
    ) -> tuple[str, ...] | None:
        """The columns to send of a row that the laptop has; None when it does not have it.

        What this base file wrote since the file came where it is, the laptop has.
        """
        _, _, _, _, created, scope_since, _, _ = found
        meta = _read_meta(stamps)
        rest = meta.get(REST, _NOBODY)
        owns = False
        news = []
        for name in sorted(data):
            ver, base, _, _ = meta.get(name, rest)
            if base == self._base_no and ver >= scope_since:
                owns = True
            elif ver > self.since:
                news.append(name)
        has_it = owns or (created <= self.since and scope_since <= self.since)
        return tuple(news) if has_it else None

    def blocks(self) -> list[Block]:
        """The rows by kind, what others refer to first."""
        whole = [
            Block(kind, list(_COLUMNS[kind]), True, lines) for kind, lines in self._whole.items()
        ]
        parts = [
            Block(kind, list(columns), False, lines)
            for (kind, columns), lines in self._parts.items()
        ]
        return sorted([*parts, *whole], key=lambda block: _ORDER[block.kind])
