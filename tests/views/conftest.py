"""Every view test runs offscreen, in the looks and language of the product."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from plie_desktop.tasks import Lanes


@pytest.fixture
def lanes():
    made = Lanes()
    yield made
    made.drain()
