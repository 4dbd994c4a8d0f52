"""A synchronisation page on invented people."""

import pytest

from tests.views.people import desk
from tests.views.synchronisation.bench import Bench


@pytest.fixture
def people(tmp_path):
    made = desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def bench(qtbot, lanes, said, people, dressed):
    made = Bench(qtbot, lanes, said, people)
    yield made
    made.sync.gate.set()
    made.settle()
    made.sync.close()
