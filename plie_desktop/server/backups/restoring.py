"""Restores a backup into an empty database: all of it or nothing, as a new incarnation."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import psycopg
from psycopg import Connection

from plie_desktop.clock import Clock
from plie_desktop.errors import RefusedInputError
from plie_desktop.server.backups import contents, files, keys, sealed
from plie_desktop.server.backups.sealed import DamagedError, Opened
from plie_desktop.server.store import incarnation, saving, schema
from plie_desktop.server.store.saving import TableCopy
from plie_desktop.text import N_

_NOT_EMPTY: Final = N_(
    "Cette base n’est pas vide, rien n’a été changé. "
    "Une sauvegarde ne se rétablit que dans une base neuve."
)
_SHAPED: Final = N_(
    "Cette base a déjà une forme plus récente que la sauvegarde. "
    "Donnez une base neuve, sans « plie-server migrate » : elle sera mise à jour ensuite."
)
_NOT_TAKEN: Final = N_(
    "PostgreSQL n’a pas pris le contenu de cette sauvegarde, rien n’a été changé. "
    "Donnez une base neuve, en UTF-8, sur un disque qui a de la place."
)
_NOT_TAKEN_FOR: Final = (
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.ProgrammingError,
    psycopg.errors.DiskFull,
)


@dataclass(frozen=True)
class Restored:
    """A backup that is served again.

    Attributes:
        made_at: when it was taken.
        epoch: the incarnation that begins with it.
    """

    made_at: datetime
    rows: int
    epoch: int


def restore(url: str, backup: Path, key: Path, clock: Clock) -> Restored:
    """Fill an empty database from a backup.

    Raises:
        RefusedInputError: the key, the file or the database is not the right one.
        DatabaseError: nobody answers at the address.
    """
    private = keys.read(key)
    with files.reading(backup) as file:
        head, opened = sealed.unseal(file, private)
        if head.schema not in schema.known():
            raise RefusedInputError(sealed.NEWER)
        with schema.steps(url) as (connection, go_to):
            if not saving.is_empty(connection):
                raise RefusedInputError(_NOT_EMPTY)
            if (schema.current(connection) or "") > head.schema:
                raise RefusedInputError(_SHAPED)
            go_to(head.schema)
            rows = _fill(connection, opened)
            go_to(schema.HEAD)
            epoch = incarnation.resume(connection, clock.now()).epoch
    return Restored(head.made_at, rows, epoch)


def _fill(connection: Connection, opened: Opened) -> int:
    saving.clear(connection)
    expected = set(saving.tables(connection))

    def take(table: TableCopy) -> None:
        if table.name not in expected:
            raise DamagedError
        saving.table_in(connection, table)

    try:
        found = contents.read(opened, take)
        opened.finish()
        if found.keys() != expected:
            raise DamagedError
        saving.number_on(connection)
    except _NOT_TAKEN_FOR as error:
        raise RefusedInputError(_NOT_TAKEN) from error
    return sum(tally.rows for tally in found.values())
