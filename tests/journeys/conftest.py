"""Vaults for scripts, copied from one that nobody touches."""

import pytest

from tests.journeys.disks import roomy_disk, small_disk  # noqa: F401 - fixtures
from tests.journeys.scripts import Script, script_on
from tests.journeys.vaults import Base, make_practice_vault


@pytest.fixture(scope="session")
def original(tmp_path_factory) -> Base:
    """A vault that nobody touches, to be copied."""
    return make_practice_vault(tmp_path_factory.mktemp("original") / "coffre")


@pytest.fixture
def script(tmp_path, original) -> Script:
    """A script with a vault of its own."""
    return script_on(tmp_path, original)


@pytest.fixture(scope="module")
def shared(tmp_path_factory, original) -> Script:
    """A script whose every command is refused: one vault does for all of them."""
    return script_on(tmp_path_factory.mktemp("shared"), original)
