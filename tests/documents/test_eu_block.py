"""The European block obeys its rules on every paper, as a reader of the PDF measures them."""

from itertools import pairwise
from math import atan2, dist, pi

import pytest

from plie_desktop.documents import easy_sheet, plan_sheet, pocket_sheet
from plie_desktop.documents.layout import PAGE_WIDTH
from plie_desktop.text import Words
from tests.documents.papers import TODAY, make_paper
from tests.documents.reading import read_pdf, spaceless

BLUE = (0, 51, 153)
YELLOW = (255, 204, 0)
MENTION = "Cofinancé par l’Union européenne"


# What is rendered, and where the face begins on which the block stands.
PAPERS = {
    "a4": (plan_sheet.render, 0),
    "easy": (easy_sheet.render, 0),
    "pocket": (pocket_sheet.render, PAGE_WIDTH / 2),
}


@pytest.fixture(scope="module", params=PAPERS)
def paper_kind(request):
    return request.param


@pytest.fixture(scope="module")
def render(paper_kind):
    return PAPERS[paper_kind][0]


@pytest.fixture(scope="module")
def pages(render, french):
    return read_pdf(render(make_paper(), french, TODAY))


def _flag(page):
    (flag,) = [path for path in page.paths if path.is_filled and path.ink == BLUE]
    return flag.bounds


def _centre(bounds):
    return (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2


def _hull(pieces):
    left, bottom, right, top = zip(*(piece.bounds for piece in pieces), strict=True)
    return min(left), min(bottom), max(right), max(top)


def test_flag_is_two_high_for_three_wide(pages):
    left, bottom, right, top = _flag(pages[0])
    assert (right - left) / (top - bottom) == pytest.approx(1.5)


def test_flag_is_at_least_one_centimetre_high(pages):
    _, bottom, _, top = _flag(pages[0])
    assert top - bottom >= 72 / 2.54


def test_twelve_stars_stand_like_the_hours_of_a_clock(pages):
    left, bottom, right, top = flag = _flag(pages[0])
    height = top - bottom
    stars = [path.bounds for path in pages[0].paths if path.is_filled and path.ink == YELLOW]
    assert len(stars) == 12
    for star in stars:
        # An upright five-pointed star in a circle of radius r is 1.902 r wide, 1.809 r high.
        assert star[2] - star[0] == pytest.approx(1.902 * height / 18, rel=0.01)
        assert star[3] - star[1] == pytest.approx(1.809 * height / 18, rel=0.01)
        # Its upper point is one radius above its centre.
        heart = (_centre(star)[0], star[3] - height / 18)
        assert dist(heart, _centre(flag)) == pytest.approx(height / 3, rel=0.01)
    highest = max(stars, key=lambda star: star[3])
    assert _centre(highest)[0] == pytest.approx((left + right) / 2, abs=0.02)
    around = sorted(_angle(_centre(flag), star, height) for star in stars)
    steps = [later - earlier for earlier, later in pairwise(around)]
    assert steps == pytest.approx([pi / 6] * 11, abs=0.02)


def _angle(centre, star, height):
    x, y = _centre(star)[0], star[3] - height / 18
    return atan2(y - centre[1], x - centre[0])


def test_nothing_is_written_on_the_flag(pages):
    left, bottom, right, top = _flag(pages[0])
    for text in pages[0].texts:
        x1, y1, x2, y2 = text.bounds
        assert x2 <= left or x1 >= right or y2 <= bottom or y1 >= top


def test_mention_is_in_ubuntu_upright_and_blue_and_nothing_else_is(pages):
    for page in pages:
        ubuntu = [text for text in page.texts if text.font.startswith("Ubuntu")]
        assert {text.font for text in ubuntu} == {"Ubuntu-Regular"}
        assert {text.ink for text in ubuntu} == {BLUE}
        said = "".join(spaceless(text.text) for text in ubuntu)
        assert said.replace(spaceless(MENTION), "") == ""


def test_every_page_carries_the_mention(pages):
    for page in pages:
        assert MENTION in " ".join(page.text.split())


@pytest.mark.parametrize("organisation", ["Rennes Métropole", "Agglomération " * 9, "W" * 400])
def test_no_other_mark_is_larger_than_the_block(french, paper_kind, organisation):
    render, face = PAPERS[paper_kind]
    page = read_pdf(render(make_paper(organisation=organisation), french, TODAY))[0]
    _, bottom, _, top = _flag(page)
    head = [
        text
        for text in page.texts
        if text.bounds[0] >= face and bottom <= text.start[1] and text.bounds[1] < top
    ]
    block = _hull(
        [text for text in head if text.ink == BLUE]
        + [path for path in page.paths if path.ink == BLUE]
    )
    mark = _hull([text for text in head if text.ink != BLUE])
    assert block[2] - block[0] >= mark[2] - mark[0]
    assert block[3] - block[1] >= mark[3] - mark[1]
    assert mark[2] < block[0]


def test_mention_speaks_the_language_of_the_paper(render):
    english = Words("en", {MENTION: "Co-funded by the European Union"}, {})
    page = read_pdf(render(make_paper(), english, TODAY))[0]
    said = "".join(spaceless(text.text) for text in page.texts if text.ink == BLUE)
    assert said == spaceless("Co-funded by the European Union") * 2
