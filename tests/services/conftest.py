"""Laptops with a real vault, and a real headquarters where one is needed."""

import pytest

from tests.support.clocks import FixedClock
from tests.support.laptops import MORNING, enrolled, live_headquarters, practising


@pytest.fixture
def clock():
    return FixedClock(MORNING)


@pytest.fixture
def desk(tmp_path, clock):
    """A laptop to practise on."""
    made = practising(tmp_path / "vault", clock)
    yield made
    made.close()


@pytest.fixture
def headquarters(database_url):
    with live_headquarters(database_url) as made:
        yield made


@pytest.fixture
def enrol(tmp_path, headquarters, clock):
    """Makes laptops known to headquarters; they are closed at the end."""
    made = []

    def make(name="Portable 1", person="Anna Le Goff", scopes=("maurepas",), **changes):
        code = headquarters.code(person, scopes=scopes)
        desk = enrolled(tmp_path / name, headquarters.url, code, clock, **changes)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.close()
