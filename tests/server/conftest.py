"""Headquarters on a fresh database."""

import pytest

from tests.support.headquarters import headquarters


@pytest.fixture
def hq(database_url):
    with headquarters(database_url) as running:
        yield running
