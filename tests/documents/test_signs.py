"""Signs: one for each theme of what blocks, drawn within the line of its words."""

import pytest

from plie_desktop import reference
from plie_desktop.documents import easy_sheet, plan_sheet
from plie_desktop.documents.brush import Brush
from plie_desktop.documents.theme_signs import of_theme
from tests.documents.papers import TODAY, make_paper
from tests.documents.reading import read_pdf

WARNING = (138, 75, 0)
THEMES = sorted({brake.more["theme"] for brake in reference.load("brakes")})


def _drawn(theme):
    """The shapes of a sign of 12 points drawn from 0 to the right, about the height 100."""
    brush = Brush("", "", "fr", "20260302")
    of_theme(theme)(brush, 0, 100, 12)
    brush.end_page()
    return [path.bounds for path in read_pdf(brush.finish())[0].paths]


def test_every_theme_of_the_reference_list_has_a_sign_of_its_own():
    drawn = {str(_drawn(theme)) for theme in [*THEMES, "unknown"]}
    assert len(THEMES) == 10
    assert len(drawn) == 11


@pytest.mark.parametrize("theme", [*THEMES, ""])
def test_a_sign_stays_beside_its_words(theme):
    for left, bottom, right, top in _drawn(theme):
        assert left >= 0
        assert right <= 12 * 1.5
        assert bottom >= 100 - 12 * 0.7
        assert top <= 100 + 12 * 0.7


@pytest.mark.parametrize("render", [plan_sheet.render, easy_sheet.render])
def test_a_brake_keeps_its_sign_when_another_is_empty(french, render):
    def shapes(**changes):
        pages = read_pdf(render(make_paper(**changes), french, TODAY))
        return sum(path.ink == WARNING for page in pages for path in page.paths)

    alone = shapes(blocks=("Pas de permis",), block_themes=("mobilite",))
    assert shapes(blocks=("\x00", "Pas de permis"), block_themes=("sante", "mobilite")) == alone
    assert shapes(blocks=("Pas de permis",), block_themes=()) != alone
