"""The participant's plan, easy to read: A4, nothing below 14 points, in any language.

It explains the plan that is signed, and is given with it; it is not called “FALC”, for nobody
concerned has read it over. Two pages where the plan allows it, at the largest size that does; a
longer one takes the pages it needs at 14 points, because smaller letters or words left out would
serve the reader worse than a third page. Sections without an answer are not printed.
"""

from datetime import date
from itertools import chain
from typing import Final

from plie_desktop.documents import easy_sections, easy_steps, eu_block, flow
from plie_desktop.documents.brush import Brush
from plie_desktop.documents.easy_setting import LEAST_SIZE, EasyFit, EasySheet
from plie_desktop.documents.layout import (
    BOLD,
    MARGIN,
    MUTED,
    PAGE_WIDTH,
    PRIMARY,
    REGULAR,
    RULE,
    TEXT,
    TOP,
    WIDTH,
    Style,
    measure,
)
from plie_desktop.documents.prose import break_lines, fit_line
from plie_desktop.documents.sheet import tidied
from plie_desktop.documents.spoken import short_day
from plie_desktop.models.domain.plan import PlanPaper
from plie_desktop.text import Words

WISHED_PAGES: Final = 2
SECTIONS: Final = (
    easy_sections.title,
    easy_sections.appointment,
    easy_sections.referent,
    easy_sections.wishes,
    easy_steps.steps,
    easy_sections.situation,
    easy_sections.helps,
    easy_sections.blocks,
    easy_sections.promises,
    easy_sections.changes,
    easy_sections.data,
    easy_sections.ending,
)
# From generous to tight; the last is worth it for two pages, not for a longer plan.
FITS: Final = (
    EasyFit(body=17, air=1.0),
    EasyFit(body=16, air=0.9),
    EasyFit(body=15, air=0.8),
    EasyFit(body=LEAST_SIZE, air=0.8),
    EasyFit(body=LEAST_SIZE, air=0.4),
)
_RIGHT: Final = PAGE_WIDTH - MARGIN
_TOPS: Final = (TOP - eu_block.HEIGHT - 20, TOP - 34)
_FOOT: Final = Style(REGULAR, LEAST_SIZE, MUTED, leading=1.3)
_FOOT_LINES: Final = 3
_FOOT_TOP: Final = 26 + _FOOT_LINES * _FOOT.line_height


def render(paper: PlanPaper, words: Words, issued_on: date) -> bytes:
    """The easy-to-read plan as a PDF; the same input gives the same bytes.

    Args:
        paper: what the plan says.
        words: the language it says it in.
        issued_on: the day it is printed: what is now, next and before.
    """
    clean = tidied(paper)
    sheet, pages = _set(clean, words, issued_on)
    brush = Brush(
        title=words.say("Plan PLIE {number}, facile à lire", number=clean.number),
        author=clean.organisation,
        language=words.language,
        day=f"{issued_on:%Y%m%d}",
    )
    for number, page in enumerate(pages, 1):
        if number == 1:
            _paint_letterhead(brush, sheet)
        else:
            _paint_running_head(brush, sheet)
        flow.paint(page, brush)
        _paint_foot(brush, sheet, number, len(pages))
        brush.end_page()
    return brush.finish()


def _set(paper: PlanPaper, words: Words, issued_on: date) -> tuple[EasySheet, list[flow.Page]]:
    """The most generous setting of two pages; for a longer plan, of as few as can be."""
    sheets = [EasySheet(paper, words, issued_on, fit) for fit in FITS]
    settings = [(sheet, _pour(sheet)) for sheet in sheets]
    (_, usual), (_, tight) = settings[-2:]
    most = WISHED_PAGES if len(tight) <= WISHED_PAGES else len(usual)
    return next(one for one in settings if len(one[1]) <= most)


def _pour(sheet: EasySheet) -> list[flow.Page]:
    items = list(chain.from_iterable(section(sheet) for section in SECTIONS))
    return flow.pour(items, _TOPS, bottom=_FOOT_TOP + 8)


def _paint_letterhead(brush: Brush, sheet: EasySheet) -> None:
    words = sheet.words
    foot = TOP - eu_block.HEIGHT
    width = eu_block.width(words)
    eu_block.paint(brush, _RIGHT - width, foot, words)
    # The organisation's mark stays smaller than the European block, in width as in height.
    style = Style(BOLD, LEAST_SIZE, TEXT, leading=1.2)
    lines = break_lines(sheet.paper.organisation, style, width - 4, 2).lines
    for above, line in enumerate(reversed(lines)):
        brush.text(MARGIN, foot + 5 + above * style.line_height, line, style)
    brush.rule(MARGIN, foot - 9, WIDTH, PRIMARY, 1.2)


def _paint_running_head(brush: Brush, sheet: EasySheet) -> None:
    title = sheet.words.say("Mon plan, facile à lire")
    style = Style(REGULAR, LEAST_SIZE, MUTED)
    brush.text(MARGIN, TOP - 10, title, style)
    room = WIDTH - measure(title, style) - 20
    brush.text_right(_RIGHT, TOP - 10, fit_line(sheet.paper.full_name, style, room), style)
    brush.rule(MARGIN, TOP - 19, WIDTH, RULE)


def _paint_foot(brush: Brush, sheet: EasySheet, number: int, count: int) -> None:
    words, paper = sheet.words, sheet.paper
    brush.rule(MARGIN, _FOOT_TOP, WIDTH, RULE)
    page = words.say("Page {number}/{count}", number=number, count=count)
    document = words.say(
        "Plan n° {document}, version {version}.",
        document=fit_line(paper.number, _FOOT, 250),
        version=paper.version,
    )
    days = words.say(
        "Données du {data_day}. Imprimé le {print_day}.",
        data_day=short_day(paper.data_date, words),
        print_day=short_day(sheet.issued_on, words),
    )
    first, second, third = (_FOOT_TOP - line * _FOOT.line_height + 1 for line in (1, 2, 3))
    brush.text(MARGIN, first, words.say(eu_block.MENTION), eu_block.mention_style(LEAST_SIZE))
    brush.text_right(_RIGHT, first, page, Style(BOLD, LEAST_SIZE, MUTED))
    brush.text(MARGIN, second, document, _FOOT)
    brush.text(MARGIN, third, days, _FOOT)
