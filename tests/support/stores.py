"""Real encrypted bases for tests: a random raw key, no key derivation."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plie_desktop.clock import Clock, Ids, SystemIds
from plie_desktop.store import engine
from plie_desktop.store.sql_store import SqlStore
from tests.support.clocks import FixedClock

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class BaseFile:
    """A base file with what opens it."""

    path: Path
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def open(self, clock: Clock | None = None, ids: Ids | None = None, *, create=False) -> SqlStore:
        """The store over this file."""
        clock, ids = clock or FixedClock(MORNING), ids or SystemIds()
        return SqlStore(self.path, self.key, self.salt, clock, ids, create=create)


def make_store(tmp_path: Path, clock: Clock | None = None, ids: Ids | None = None) -> SqlStore:
    """A new, empty base in that folder."""
    return BaseFile(tmp_path / "vault.db").open(clock, ids, create=True)


@pytest.fixture
def base_file(tmp_path: Path) -> BaseFile:
    return BaseFile(tmp_path / "vault.db")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def store(base_file: BaseFile, clock: FixedClock) -> Iterator[SqlStore]:
    opened = base_file.open(clock, create=True)
    yield opened
    opened.close()


@contextmanager
def by_hand(base_file: BaseFile):
    """A connection of the driver to the same file, as someone with a console would have."""
    connection = engine.connect(base_file.path, base_file.key, base_file.salt)
    try:
        yield connection
    finally:
        connection.close()
