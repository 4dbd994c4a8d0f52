"""Pages made of every control keep every rule, in every look and with longer words."""

import os
import subprocess
import sys

import pytest

from plie_desktop.views.qt.theme import Theme
from tests.support import page_rules
from tests.views import gallery

SCALE = float(os.environ.get("QT_SCALE_FACTOR", "1"))


@pytest.fixture
def framed(qtbot, dressed):
    """Builds a gallery page in the frame of the program."""
    kept = []

    def build(name, said, theme=Theme.LIGHT, percent=100):
        dressed(theme, percent)
        window, stack, rail = gallery.frame(said)
        kept.append(window)
        page = gallery.PAGES[name](said)
        stack.addWidget(page)
        rail.fit_to(page_rules.WIDTH)
        return page

    yield build
    for window in kept:
        page_rules.discard(window)


@pytest.mark.parametrize("look", page_rules.LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
@pytest.mark.parametrize("name", gallery.PAGES)
def test_page_keeps_every_rule(framed, said, name, look):
    page_rules.check_page(framed(name, said, *look))


@pytest.mark.parametrize("look", page_rules.LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def test_frame_keeps_every_rule(framed, said, look):
    page_rules.check_page(framed("empty", said, *look).window())


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("name", gallery.PAGES)
def test_page_holds_longer_words(framed, name, percent):
    page = framed(name, page_rules.pseudo(), Theme.LIGHT, percent)
    page_rules.show(page)
    assert page_rules.clipped(page.window()) == []
    assert page_rules.too_large(page, page_rules.WIDTH, page_rules.HEIGHT) == []


@pytest.mark.parametrize("name", gallery.PAGES)
def test_page_fits_at_this_scale(framed, said, name):
    """Run again below with another scale; in this process it is the scale of the run."""
    page = framed(name, said, Theme.LIGHT, 150)
    page_rules.show(page)
    assert page.window().devicePixelRatio() == SCALE
    assert page_rules.too_large(page, page_rules.WIDTH, page_rules.HEIGHT) == []
    assert page_rules.clipped(page) == []


@pytest.mark.skipif(SCALE != 1, reason="this is the run with another scale")
@pytest.mark.parametrize("scale", ["1.25", "2"])
def test_pages_fit_at_another_scale(scale):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    done = subprocess.run(
        [*command, "-k", "fits_at_this_scale"],
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
