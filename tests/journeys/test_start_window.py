"""The window starts: what is loaded behind the door, and by whom."""

import pytest

from tests.journeys.vaults import make_practice_vault
from tests.journeys.windows import Window
from tests.support.laptops import PASSPHRASE

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_only_the_first_thread_loads_what_is_of_qt(tmp_path):
    # PySide6 makes a type when it is first asked for: two threads at once end in a crash.
    base = make_practice_vault(tmp_path / "coffre")
    with Window(base.folder, PASSPHRASE, "look") as window:
        inside = window.wait("inside")
    assert inside["place"] == "today"
    assert inside["astray"] == []
