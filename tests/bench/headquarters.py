"""One headquarters for the measurements, with people in it, and laptops that enrol there.

PostgreSQL and `plie-server` run in processes of their own. The filled database is kept under
`build/bench` and copied for each run, so that every run starts from the same state.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from pathlib import Path

import psycopg
from psycopg import sql

from plie_desktop import bootstrap
from plie_desktop.clock import SystemChance, SystemClock, SystemIds
from plie_desktop.models.domain.access import EVERY_SCOPE, Role
from plie_desktop.models.domain.records import KINDS, SCHEMA_VERSION
from plie_desktop.security.kdf import LEAST
from plie_desktop.server.access import NEW_FILES_SCOPE
from plie_desktop.server.embedded import EmbeddedPostgres
from plie_desktop.server.enrolment import Invitations
from plie_desktop.server.rows import PENDING, REST, Root, Row, Stamp
from plie_desktop.server.settings import Settings
from plie_desktop.server.store import counter, devices, people, records, schema
from plie_desktop.server.store.database import Database
from plie_desktop.services.door_parts import DoorTools, OpenedVault
from plie_desktop.services.session import VaultDoor
from plie_desktop.services.workplace import Services
from plie_desktop.tasks import Cancel
from tests.bench import limit
from tests.bench.people import Record, participants

BUILD = Path(__file__).parents[2] / "build" / "bench"
PASSPHRASE = "tramou-vanche-bijo-loudra-pitou-soudan-crivo-fanlu"
# As many files as the edits of one request usually bring.
_FILES_A_VERSION = 23


def fingerprint(*files: Path) -> str:
    """Changes when the content of one of these files does."""
    digest = hashlib.sha256(str(SCHEMA_VERSION).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@dataclass
class Laptop:
    """An enrolled vault, open."""

    opened: OpenedVault
    tools: DoorTools
    services: Services = field(init=False)

    def __post_init__(self) -> None:
        self.services = bootstrap.services(self.opened, None, self.tools)

    def restart(self) -> None:
        """Begin as after the start of the program: without a line, without a nonce."""
        self.services.synchronisation.close()
        self.__post_init__()

    @property
    def connection(self):
        """What is written here is captured as whatever a person does."""
        return self.opened.store._writer.connection.driver_connection

    def sync(self):
        return self.services.synchronisation.run_once(lambda *_: None, Cancel()).report

    def close(self) -> None:
        self.services.session.close()


@dataclass
class Site:
    """Where headquarters is.

    Attributes:
        database: address of its database.
        bare: address of the database of the limit, with the same records.
        origin: address of its server.
        folder: for what is of this run alone.
        body: the same records as the limit sends them.
    """

    database: str
    bare: str
    origin: str
    folder: Path
    body: bytes = field(repr=False)
    _numbers: Iterator[int] = field(default_factory=count)

    def laptop(self, origin: str = "") -> Laptop:
        """A new laptop of the coordination, which receives every file; nothing received yet."""
        number = next(self._numbers)
        folder = self.folder / f"laptop-{number}"
        tools = replace(bootstrap.tools(), keychain=lambda: None, prices=(LEAST, LEAST))
        code = self._invite(f"Coordination {number}")
        door = VaultDoor(folder, tools)
        opened = door.enrol(origin or self.origin, code, PASSPHRASE, f"Portable {number}")
        return Laptop(opened, tools)

    def _invite(self, name: str) -> str:
        database = Database(self.database, connections=1)
        database.open()
        try:
            invitations = Invitations(database, SystemClock(), SystemChance(), Settings())
            return invitations.invite(name, Role.COORD, [EVERY_SCOPE])[0]
        finally:
            database.close()


@contextmanager
def site(people_count: int) -> Iterator[Site]:
    """Headquarters with that many participants, for one run."""
    BUILD.mkdir(parents=True, exist_ok=True)
    folder = BUILD / "laptops"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    postgres = EmbeddedPostgres(BUILD / "postgres")
    here = Path(__file__)
    sources = [here, here.with_name("people.py"), here.with_name("limit.py")]
    key = fingerprint(*sources, *sorted((schema.STEPS / "versions").glob("*.py")))
    body = _body(people_count, key)
    try:
        postgres.start()
        names = (f"filled_{people_count}_{key}", f"bare_{people_count}_{key}")
        _forget_others(postgres, key)
        _fill_once(postgres, names[0], lambda url: fill(url, participants(people_count)))
        _fill_once(postgres, names[1], lambda url: _fill_bare(url, body))
        database, bare = (_copy(postgres, name, f"run_{name}") for name in names)
        with _server(database) as origin:
            yield Site(database, bare, origin, folder, body)
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _body(people_count: int, key: str) -> bytes:
    """All records as the limit sends them, made on the first run."""
    file = BUILD / f"body_{people_count}_{key}"
    if not file.exists():
        for old in BUILD.glob("body_*"):
            if not old.name.endswith(key):
                old.unlink()
        file.write_bytes(limit.compressed(chain.from_iterable(participants(people_count))))
    return file.read_bytes()


def _forget_others(postgres: EmbeddedPostgres, key: str) -> None:
    """Drop what an earlier state of the program had filled, and what earlier runs left."""
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '_[0-9a-f]+$'")
        for (old,) in found.fetchall():
            if not old.endswith(key) or old.startswith("run_"):
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(old)))


def _fill_once(postgres: EmbeddedPostgres, name: str, work: Callable[[str], None]) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,))
        if known.fetchone() is not None:
            return
        connection.execute("DROP DATABASE IF EXISTS filling WITH (FORCE)")
        work(postgres.database("filling"))
        rename = sql.SQL("ALTER DATABASE filling RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(name)))


def _fill_bare(url: str, body: bytes) -> None:
    limit.prepare(url)
    limit.Server(url).store(body)
    _settle(url)


def _settle(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE, FREEZE)")


def _copy(postgres: EmbeddedPostgres, name: str, copy: str) -> str:
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(copy)))
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        connection.execute(make.format(sql.Identifier(copy), sql.Identifier(name)))
        connection.execute("CHECKPOINT")
    return postgres.url(copy)


def fill(url: str, files: Iterable[list[Record]]) -> None:
    """Bring files in as one laptop would have sent them, version after version."""
    schema.migrate(url)
    database = Database(url, connections=1)
    database.open()
    now = SystemClock().now()
    with database.write() as connection:
        person = people.Person(SystemIds().new().bytes, "Anna Le Goff", Role.REFERENT)
        people.put(connection, person, now)
        device = devices.enrol(
            connection, key_id="0" * 16, public_key=bytes(32), staff=person.id,
            role=Role.REFERENT, scopes=[NEW_FILES_SCOPE], name="Portable", at=now,
        )  # fmt: skip
        assert device is not None
        base = devices.base(connection, device, bytes(16))
        numbers = count(1)
        clock = int(now.timestamp() * 1000) << 16
        rest = iter(files)
        while batch := list(islice(rest, _FILES_A_VERSION)):
            ids = [file[0].root.bytes for file in batch]
            roots = [Root(id_, NEW_FILES_SCOPE, PENDING, PENDING) for id_ in ids]
            records.claim_roots(connection, roots)
            version = counter.allocate(connection, clock)
            made = [
                _row(record, Stamp(version, base.no, next(numbers), clock))
                for file in batch
                for record in file
            ]
            records.bump_roots(connection, dict.fromkeys(ids, 0), version)
            records.insert(connection, made)
    database.close()
    _settle(url)


def _row(record: Record, stamp: Stamp) -> Row:
    names = KINDS[record.kind].column_names
    values = zip(names, record.values, strict=True)
    data = {name: value for name, value in values if value is not None}
    return Row(
        *(record.kind, record.id.bytes, record.root.bytes, stamp.ver, stamp.ver),
        data,
        {REST: stamp},
    )


@contextmanager
def _server(database: str) -> Iterator[str]:
    """`plie-server` on a free port; gives its address."""
    with (BUILD / "server.log").open("wb") as log:
        where = ("--database", database, "--port", "0", "--json")
        command = [sys.executable, "-m", "plie_desktop.server.commands", "serve", *where]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.terminate()
            process.wait()
