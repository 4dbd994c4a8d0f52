"""Backups for tests: taken and restored as the command does, with a clock that is given."""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from plie_desktop.clock import Clock, SystemChance
from plie_desktop.server.backups import keys, restoring
from plie_desktop.server.backups.restoring import Restored
from plie_desktop.server.backups.taking import Backups, Taken
from plie_desktop.server.settings import Settings
from plie_desktop.server.store import saving
from plie_desktop.server.store.database import Database
from tests.support.clocks import FixedClock
from tests.support.headquarters import START

LATER = START + timedelta(days=31)


@contextmanager
def opened(url: str):
    database = Database(url, connections=1)
    database.open()
    try:
        yield database
    finally:
        database.close()


def make_key(url: str, out: Path, *, replace: bool = False) -> str:
    with opened(url) as database:
        return keys.make(database, SystemChance(), out, replace=replace)


def take(url: str, out: Path, clock: Clock | None = None) -> Taken:
    with opened(url) as database:
        clock = clock or FixedClock(START)
        return Backups(database, clock, SystemChance(), Settings()).take(out)


def restore(url: str, backup: Path, key: Path, clock: Clock | None = None) -> Restored:
    return restoring.restore(url, backup, key, clock or FixedClock(START))


def rows_of(url: str, *without: str) -> dict[str, list[str]]:
    """Every row of every table as text, these columns left out."""
    with psycopg.connect(url) as connection:
        found = {}
        for name in saving.TABLES:
            rows = connection.execute(
                sql.SQL("SELECT (to_jsonb(t) - %s::text[])::text FROM {} t").format(
                    sql.Identifier(name)
                ),
                (list(without),),
            )
            found[name] = sorted(row[0] for row in rows)
        return found
