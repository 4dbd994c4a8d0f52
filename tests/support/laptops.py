"""Laptops for tests: the real door, vault, base and services, with a cheap key derivation.

A laptop speaks to a real headquarters over loopback HTTP (`live_headquarters`).
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from plie_desktop import bootstrap
from plie_desktop.clock import Clock, SystemChance, SystemClock, SystemIds
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.answers import Answer
from plie_desktop.security.kdf import LEAST
from plie_desktop.server.app import create_app
from plie_desktop.server.enrolment import Invitations
from plie_desktop.server.settings import Settings
from plie_desktop.server.store.database import Database
from plie_desktop.services.session import DoorTools, OpenedVault, VaultDoor
from plie_desktop.store.sql_store import SqlStore
from plie_desktop.sync.client import SyncClient
from plie_desktop.tasks import Cancel
from tests.support.clocks import FixedClock

PASSPHRASE = "cheval-batterie-agrafe-bocal-tulipe-moulin-sable"
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SILENCE = 5.0


def tools(clock: Clock | None = None, **changes) -> DoorTools:
    """What a door works with in tests: no keychain, the cheapest derivation."""
    time = clock or FixedClock(MORNING)

    def open_store(path, key, salt, is_new):
        return SqlStore(path, key, salt, time, SystemIds(), create=is_new)

    def connect(address, key):
        return SyncClient(address, key, time, SILENCE)

    made = DoorTools(
        clock=time,
        ids=SystemIds(),
        chance=SystemChance(),
        keychain=lambda: None,
        open_store=open_store,
        connect=connect,
        prices=(LEAST, LEAST),
    )
    return replace(made, **changes)


@dataclass
class LiveHeadquarters:
    """The real application listening on a port of this machine."""

    url: str
    invitations: Invitations
    database_url: str
    settings: Settings

    def code(self, name="Anna Le Goff", role=Role.REFERENT, scopes=("maurepas",)) -> str:
        return self.invitations.invite(name, role, scopes)[0]


@contextmanager
def live_headquarters(database_url: str, **settings) -> Iterator[LiveHeadquarters]:
    """Headquarters on a database, until the end of the block."""
    given = Settings(**{"connections": 4, "knocks_per_minute": 100_000, **settings})
    database = Database(database_url, connections=1)
    database.open()
    invitations = Invitations(database, SystemClock(), SystemChance(), given)
    app = create_app(database_url, SystemClock(), given)
    with listening(app) as url:
        yield LiveHeadquarters(url, invitations, database_url, given)
    database.close()


@contextmanager
def listening(app) -> Iterator[str]:
    """Any ASGI application on a port of this machine; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                thread.join(0.01)
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@dataclass
class Desk:
    """One laptop, its vault open."""

    folder: Path
    opened: OpenedVault
    tools: DoorTools
    told: list[tuple[int, int | None, str]] = field(default_factory=list)

    def __post_init__(self):
        self.services = bootstrap.services(self.opened, given=self.tools)

    @property
    def store(self) -> SqlStore:
        return self.opened.store

    def sync(self):
        run = self.services.synchronisation.run_once(self._tell, Cancel())
        return run.report

    def person(self, **given: str):
        """A new file with these answers."""
        view = self.services.intakes.start().view
        participant_id = view.intake.participant_id
        self.answer(participant_id, **given)
        return participant_id

    def answer(self, participant_id, **given: str) -> None:
        for key, value in given.items():
            self.services.intakes.answer(participant_id, key, Answer.given(value))

    def value(self, participant_id, key: str) -> str:
        return self.services.intakes.open(participant_id).intake.value(key)

    def looking_at(self, url: str) -> "Desk":
        """The same laptop, told another address of headquarters."""
        self.services.synchronisation.close()
        who = replace(self.opened.identity, server=url)
        return Desk(self.folder, replace(self.opened, identity=who), self.tools)

    def close(self) -> None:
        self.services.session.close()

    def reopen(self) -> "Desk":
        """The same laptop after its program ended."""
        self.close()
        return Desk(self.folder, VaultDoor(self.folder, self.tools).unlock(PASSPHRASE), self.tools)

    def _tell(self, done, total, sentence):
        self.told.append((done, total, sentence))


def enrolled(folder: Path, url: str, code: str, clock: Clock | None = None, **changes) -> Desk:
    """A new laptop, known to that headquarters."""
    with_tools = tools(clock, **changes)
    door = VaultDoor(folder, with_tools)
    return Desk(folder, door.enrol(url, code, PASSPHRASE, folder.name), with_tools)


def practising(folder: Path, clock: Clock | None = None) -> Desk:
    """A laptop with invented people and no headquarters."""
    with_tools = tools(clock)
    return Desk(folder, VaultDoor(folder, with_tools).create_practice(PASSPHRASE), with_tools)


Enrol = Callable[..., Desk]
