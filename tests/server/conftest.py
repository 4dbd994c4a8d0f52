"""Headquarters on a fresh database, and a backup of one that has lived."""

import psycopg
import pytest

from tests.support.backups import make_key, take
from tests.support.headquarters import headquarters

AWKWARD = 'a\tb\nc\\N\\.\n\\.\n"é€😀\u2028'
"""A first name of signs that mean something to PostgreSQL."""


@pytest.fixture
def hq(database_url):
    with headquarters(database_url) as running:
        yield running


@pytest.fixture(scope="module")
def lasting_hq(fresh_database):
    """One headquarters for all the examples of a module."""
    with headquarters(fresh_database()) as running:
        yield running


@pytest.fixture
def ask(hq):
    """Asks the database beside the program."""
    with psycopg.connect(hq.url, autocommit=True) as connection:
        yield lambda statement, *values: connection.execute(statement, values).fetchall()


@pytest.fixture
def key(tmp_path, database_url):
    """The private key of the backups of this headquarters."""
    make_key(database_url, tmp_path / "key")
    return tmp_path / "key"


@pytest.fixture
def lived(database_url):
    """The database of a headquarters at which two laptops have written."""
    with headquarters(database_url) as hq:
        anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
        root = anna.person(birth_name="Diallo", first_name=AWKWARD)
        anna.sync(), bruno.sync()
        anna.change(root, birth_name="Dialo", phone="")
        bruno.change(root, birth_name="Djalo")
        anna.sync(), bruno.sync()
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO erased (root_id, scope, ver, reason, erased_at) "
            "VALUES (gen_random_uuid(), 'maurepas', 7, 'asked', now())"
        )
    return database_url


@pytest.fixture
def backup(lived, key, tmp_path):
    """A backup of it."""
    take(lived, tmp_path / "saved.plie")
    return tmp_path / "saved.plie"
