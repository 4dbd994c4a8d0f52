"""Vaults for stories, and what is in them, read without the program."""

import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlcipher3 import dbapi2

from plie_desktop.clock import SystemChance, SystemClock
from plie_desktop.security.file_names import DATABASE
from plie_desktop.security.vault import Vault
from plie_desktop.services.session import VaultDoor
from tests.support.laptops import PASSPHRASE, tools


@dataclass(frozen=True)
class Base:
    """The base of a vault, read from a copy: what the program recovers stays for it to recover."""

    folder: Path
    key: str

    def read(self, scratch: Path) -> "Found":
        """What the base holds; `scratch` is a folder that is not there."""
        with self._copied(scratch) as connection:
            return Found(
                check=[row[0] for row in connection.execute("PRAGMA quick_check")],
                pages=[row[0] for row in connection.execute("PRAGMA cipher_integrity_check")],
                answers=_answers(connection),
                waiting=_waiting(connection),
                unsealed=connection.execute("SELECT count(*) FROM sync_dirty").fetchone()[0],
                bookmark=_bookmark(connection),
            )

    def rows(self, scratch: Path) -> dict[str, list[tuple]]:
        """Every row of every table that is no part of an index."""
        with self._copied(scratch) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            ).fetchall()
            return {
                name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                for (name,) in tables
            }

    @contextmanager
    def _copied(self, scratch: Path):
        shutil.copytree(self.folder, scratch)
        connection = dbapi2.connect(scratch / DATABASE)
        try:
            connection.execute(f"PRAGMA key = \"x'{self.key}'\"")
            yield connection
        finally:
            connection.close()
            shutil.rmtree(scratch)


@dataclass(frozen=True)
class Found:
    """What a base holds.

    Attributes:
        check: what SQLite says of its structure; pages: what SQLCipher says of its pages.
        answers: (participant, question) → value.
        waiting: the same as the edits that wait for headquarters tell it.
        unsealed: cells changed that no edit tells of.
    """

    check: list[str]
    pages: list[str]
    answers: dict[tuple[str, str], str]
    waiting: dict[tuple[str, str], str]
    unsealed: int
    bookmark: dict | None

    @property
    def is_sound(self) -> bool:
        return self.check == ["ok"] and not self.pages and not self.unsealed


def _answers(connection) -> dict[tuple[str, str], str]:
    names = [row[1] for row in connection.execute("PRAGMA table_info(participant)")]
    found = {}
    for row in connection.execute("SELECT * FROM participant"):
        one = dict(zip(names, row, strict=True))
        name = str(UUID(bytes=one.pop("id")))
        found |= {(name, key): value for key, value in one.items() if isinstance(value, str)}
    for root, key, value in connection.execute("SELECT root_id, field, value FROM answer"):
        found[str(UUID(bytes=root)), key] = value
    return found


def _waiting(connection) -> dict[tuple[str, str], str]:
    fields = dict(connection.execute("SELECT id, field FROM answer"))
    found = {}
    edits = connection.execute("SELECT tbl, pk, root, cells FROM sync_outbox ORDER BY dseq")
    for table, record, root, cells in edits:
        name = str(UUID(bytes=root))
        for column, (new, _old) in json.loads(cells).items():
            if table == "participant":
                found[name, column] = new
            elif table == "answer" and column == "value":
                found[name, fields[record]] = new
    return found


def _bookmark(connection) -> dict | None:
    row = connection.execute("SELECT value FROM local_state WHERE key = 'bookmark'").fetchone()
    return json.loads(row[0]) if row else None


def make_practice_vault(folder: Path) -> Base:
    """A vault with invented people that opens at the least price of a guess."""
    door = VaultDoor(folder, tools(SystemClock()))
    door.create_practice(PASSPHRASE).store.close()
    keys = Vault(folder, None, SystemChance()).open(PASSPHRASE)
    return Base(folder, keys.database.hex() + keys.salt.hex())
