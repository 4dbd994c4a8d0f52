"""What the tests of papers share."""

import pytest

from plie_desktop.documents import plan_sheet
from plie_desktop.text import Words
from tests.documents.papers import TODAY, make_paper
from tests.documents.reading import ReadPage, read_pdf


@pytest.fixture(scope="session")
def french():
    return Words("fr", {}, {})


@pytest.fixture
def printed(french):
    """Prints a paper with some things changed and reads it back, page by page."""

    def read(**changes) -> list[ReadPage]:
        return read_pdf(plan_sheet.render(make_paper(**changes), french, TODAY))

    return read
