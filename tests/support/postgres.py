"""A real PostgreSQL for tests: one server for the run, a fresh database for each test.

`PLIE_TEST_DATABASE_URL` points at another server; its user must be allowed to make databases.
"""

import os
from contextlib import ExitStack, contextmanager
from itertools import count

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from plie_desktop.server.embedded import EmbeddedPostgres
from plie_desktop.server.store import schema

VARIABLE = "PLIE_TEST_DATABASE_URL"
DROP = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
# Nobody needs the data of a test after a power cut.
QUICK = ("fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory):
    """The address of the server."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), QUICK)
    server.start()
    yield server.url()
    server.stop()


def _run(url: str, statement: str, *names: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def empty_database(url: str):
    """An empty database, dropped at the end."""
    name = f"plie_empty_{os.getpid()}"
    _run(url, "CREATE DATABASE {}", name)
    try:
        yield make_conninfo(url, dbname=name)
    finally:
        _run(url, DROP, name)


@pytest.fixture(scope="session")
def _template(postgres_url):
    """A database of the current shape, copied for each test."""
    name = f"plie_template_{os.getpid()}"
    _run(postgres_url, DROP, name)
    _run(postgres_url, "CREATE DATABASE {}", name)
    schema.migrate(make_conninfo(postgres_url, dbname=name))
    yield name
    _run(postgres_url, DROP, name)


@pytest.fixture(scope="session")
def fresh_database(postgres_url, _template):
    """Makes databases of the current shape; they are dropped at the end of the run."""
    numbers = count(1)
    with ExitStack() as dropped:

        def make() -> str:
            name = f"plie_test_{os.getpid()}_{next(numbers)}"
            _run(postgres_url, "CREATE DATABASE {} TEMPLATE {}", name, _template)
            dropped.callback(_run, postgres_url, DROP, name)
            return make_conninfo(postgres_url, dbname=name)

        yield make


@pytest.fixture
def database_url(fresh_database, postgres_url):
    """A fresh database of the current shape."""
    url = fresh_database()
    yield url
    # Some hundred of them would fill a small disk.
    _run(postgres_url, DROP, conninfo_to_dict(url)["dbname"])


@pytest.fixture
def new_database(postgres_url):
    """Makes databases without any table; they are dropped at the end of the test."""
    numbers = count(1)
    with ExitStack() as dropped:

        def make() -> str:
            name = f"plie_new_{os.getpid()}_{next(numbers)}"
            _run(postgres_url, "CREATE DATABASE {}", name)
            dropped.callback(_run, postgres_url, DROP, name)
            return make_conninfo(postgres_url, dbname=name)

        yield make
