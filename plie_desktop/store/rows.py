"""Rows of the synchronised tables: read one, read a file's, write what differs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.models.tables.synced import TABLES
from plie_desktop.store.ports import held

Values = Mapping[str, str | None]

_BY_ID: Final = {
    kind: select(table).where(table.c.id == bindparam("wanted")) for kind, table in TABLES.items()
}
_BY_ROOT: Final = {
    kind: select(table).where(table.c.root_id == bindparam("wanted"))
    for kind, table in TABLES.items()
}


class Rows:
    """The synchronised tables of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def one(self, kind: Kind, record_id: UUID) -> RowMapping | None:
        """The row with that id, or None."""
        found = self._connection.execute(_BY_ID[kind], {"wanted": record_id.bytes})
        return found.mappings().first()

    def of_file(self, kind: Kind, root: UUID) -> Sequence[RowMapping]:
        """The rows of that kind of one file."""
        found = self._connection.execute(_BY_ROOT[kind], {"wanted": root.bytes})
        return found.mappings().all()

    def insert(self, kind: Kind, root: UUID, records: Iterable[tuple[UUID, Values]]) -> None:
        """New rows; all of them bring the same columns."""
        rows = [{"id": name.bytes, "root_id": root.bytes, **values} for name, values in records]
        if rows:
            self._connection.execute(insert(TABLES[kind]), rows)

    def change(self, kind: Kind, record_id: UUID, values: Values) -> None:
        """Write these columns of an existing row."""
        if values:
            table = TABLES[kind]
            self._connection.execute(
                update(table).where(table.c.id == bindparam("wanted")).values(**values),
                {"wanted": record_id.bytes},
            )

    def put(self, kind: Kind, root: UUID, record_id: UUID, values: Values) -> None:
        """Make the row, or write those of its columns that differ.

        Raises:
            RefusedInputError: the file it belongs to is not here, or not any more.
        """
        known = self.one(kind, record_id)
        if known is None:
            if kind is not Kind.STAFF:
                held(self.one(Kind.PARTICIPANT, root))
            self.insert(kind, root, [(record_id, values)])
        else:
            self.change(kind, record_id, differing(known, values))


def differing(known: RowMapping, values: Values) -> Values:
    """Those of the values that the row does not have yet."""
    return {name: value for name, value in values.items() if known[name] != value}


COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    name.value: kind.column_names for name, kind in KINDS.items()
}
"""Synchronised columns by name of table."""
