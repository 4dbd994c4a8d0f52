"""Takes a backup: written, read back from the disk, and only then given its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from psycopg import Connection

from plie_desktop.clock import Chance, Clock
from plie_desktop.errors import RefusedInputError
from plie_desktop.server.backups import contents, files, keys, sealed
from plie_desktop.server.backups.contents import Tally
from plie_desktop.server.backups.sealed import DamagedError, Head, Opened, Sealer
from plie_desktop.server.settings import Settings
from plie_desktop.server.store import saving, schema
from plie_desktop.server.store.database import Database
from plie_desktop.server.store.saving import TableCopy
from plie_desktop.text import N_

_NO_KEY: Final = N_(
    "Le siège n’a pas encore de clé de sauvegarde. Lancez d’abord « plie-server backup-key »."
)
_NOT_AS_WRITTEN: Final = N_(
    "La sauvegarde relue n’est pas celle qui a été écrite : ce disque n’est pas sûr. "
    "Donnez un autre dossier avec --out."
)


@dataclass(frozen=True)
class Taken:
    """A backup that was verified.

    Attributes:
        size: bytes of the file.
        key: fingerprint of the key that opens it.
    """

    rows: int
    size: int
    key: str


class Backups:
    """Takes backups of one headquarters."""

    def __init__(
        self, database: Database, clock: Clock, chance: Chance, settings: Settings
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._settings = settings

    def take(self, out: Path) -> Taken:
        """Save everything to a file of this name; laptops then let go of what is old and safe.

        Raises:
            RefusedInputError: there is no key, or the disk does not take the file.
            DatabaseError: PostgreSQL went away.
        """
        now = self._clock.now()
        with self._database.snapshot() as connection:
            public = saving.backup_key(connection)
            if public is None:
                raise RefusedInputError(_NO_KEY)
            head = Head(self._settings.organisation, schema.HEAD, now, keys.fingerprint(public))
            with files.whole(out) as file:
                told = self._save(connection, file, head, public)
                size = file.tell()
            reach = saving.reached(connection, now - self._settings.edits_kept)
        with self._database.write() as connection:
            saving.let_go(connection, reach)
        return Taken(sum(tally.rows for tally in told.values()), size, head.key)

    def _save(
        self, connection: Connection, file: BinaryIO, head: Head, public: bytes
    ) -> Mapping[str, Tally]:
        content_key = self._chance.take(sealed.CONTENT_KEY_BYTES)
        sealer = Sealer(file, head, public, content_key)
        with saving.tables_out(connection) as tables:
            told = contents.write(sealer.write, tables)
        sealer.finish()
        files.to_disk(file)
        if _read_back(file, sealer.opening, content_key) != told:
            raise RefusedInputError(_NOT_AS_WRITTEN)
        return told


def _read_back(file: BinaryIO, opening: bytes, content_key: bytes) -> Mapping[str, Tally] | None:
    """What the tables in the file come to; None when it is not whole."""
    file.seek(0)
    if file.read(len(opening)) != opening:
        return None
    opened = Opened(file, content_key)
    try:
        found = contents.read(opened, _pass_by)
        opened.finish()
    except DamagedError:
        return None
    return found


def _pass_by(table: TableCopy) -> None:
    for _ in table.rows:
        pass
