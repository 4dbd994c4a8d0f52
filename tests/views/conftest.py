"""View tests run offscreen, with the product's typeface and colours."""

import pytest

from plie_desktop.store import ballast
from plie_desktop.tasks import Lanes
from plie_desktop.text import words
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.focus_ring import FocusRing
from plie_desktop.views.qt.palettes import LIGHT
from plie_desktop.views.qt.theme import Theme, apply


@pytest.fixture(scope="session", autouse=True)
def _little_room_aside():
    """Each window keeps room aside: a thousand of them would fill the disk of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ballast, "SIZE", 1 << 16)
        yield


@pytest.fixture
def lanes():
    made = Lanes()
    yield made
    made.drain()


@pytest.fixture
def said():
    """French words."""
    return words("fr")


@pytest.fixture(scope="session")
def _ring(qapp):
    return FocusRing(qapp)


@pytest.fixture
def dressed(qapp, _ring):
    """The application in the light theme; call it to change theme and size of text.

    Dressing takes longer than most tests, so what is in force already is not applied again.
    """

    def dress(theme=Theme.LIGHT, percent=100):
        if qapp.property("test-look") != f"{theme} {percent}":
            qapp.setProperty("test-look", f"{theme} {percent}")
            apply(qapp, theme, percent)

    dress()
    yield dress
    if looks.colours() is not LIGHT or looks.text_percent() != 100:
        # The program itself may have changed them.
        qapp.setProperty("test-look", "")
    dress()


@pytest.fixture
def at_work(qtbot, tmp_path, lanes, dressed):
    """The window behind the door on invented people, shown at the size every page must hold."""
    from tests.support.page_rules import HEIGHT, WIDTH
    from tests.support.workplaces import desk

    made = desk(qtbot, tmp_path, lanes)
    made.host.resize(WIDTH, HEIGHT)
    made.host.show()
    made.host.activateWindow()
    yield made
    made.end()
