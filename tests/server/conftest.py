"""Headquarters on a fresh database."""

import psycopg
import pytest

from tests.support.headquarters import headquarters


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
