"""A PDF becomes pictures in memory: right size, right colours, or one clear refusal."""

import pytest

from plie_desktop.documents import plan_sheet, preview
from plie_desktop.errors import RefusedInputError
from tests.documents.papers import TODAY, make_paper


@pytest.fixture(scope="module")
def plan(french):
    return plan_sheet.render(make_paper(), french, TODAY)


def _pixel(image, x, y):
    at = (y * image.width + x) * 3
    return tuple(image.rgb[at : at + 3])


@pytest.mark.parametrize(("dpi", "width", "height"), [(72, 596, 842), (100, 827, 1170)])
def test_each_page_has_the_size_of_a4(plan, dpi, width, height):
    images = preview.pages(plan, dpi)
    assert len(images) == preview.page_count(plan) == 2
    for image in images:
        assert (image.width, image.height) == (width, height)
        assert len(image.rgb) == width * height * 3


def test_colours_are_red_green_blue(plan):
    page = preview.pages(plan, 72)[0]
    blue = sum(
        _pixel(page, x, y) == (0, 51, 153)
        for x in range(0, page.width, 3)
        for y in range(0, page.height, 3)
    )
    assert _pixel(page, 0, 0) == (255, 255, 255)
    # The flag is 54 by 36 points, less its stars: one pixel in nine of it.
    assert 120 < blue < 216


def test_what_is_not_a_pdf_is_refused_in_words(plan):
    for junk in (b"", b"%PDF-1.4 nothing", plan[:500]):
        with pytest.raises(RefusedInputError) as refusal:
            preview.pages(junk, 72)
        assert "Refaites-le" in refusal.value.sentence
        with pytest.raises(RefusedInputError):
            preview.page_count(junk)


def test_a_picture_says_no_pixel_in_its_repr(plan):
    assert "rgb" not in repr(preview.pages(plan, 72)[0])
