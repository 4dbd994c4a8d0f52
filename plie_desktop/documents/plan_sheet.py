"""The participant's plan on A4: two pages at most, in any language of the catalogue.

Sections and their order are those of the contract of a PLIE; every typed text is printed as
typed. What does not fit is announced on the paper, never dropped in silence.
"""

from datetime import date
from itertools import chain
from math import floor
from typing import Final

from plie_desktop.documents import eu_block, flow, plan_sections, plan_steps, plan_terms
from plie_desktop.documents.brush import Brush
from plie_desktop.documents.layout import (
    BOLD,
    BOTTOM,
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
from plie_desktop.documents.prose import fit_line
from plie_desktop.documents.sheet import FITS, Sheet, tidied
from plie_desktop.documents.spoken import short_day
from plie_desktop.models.domain.plan import PlanPaper
from plie_desktop.text import Words

MOST_PAGES: Final = 2
SECTIONS: Final = (
    plan_sections.me,
    plan_sections.situation,
    plan_sections.wishes,
    plan_sections.helps_and_blocks,
    plan_steps.steps,
    plan_terms.commitments,
    plan_sections.meetings,
    plan_terms.changes,
    plan_terms.data,
    plan_terms.signatures,
)
_RIGHT: Final = PAGE_WIDTH - MARGIN
_TOPS: Final = (TOP - eu_block.HEIGHT - 24, TOP - 28)
_FOOT: Final = Style(REGULAR, 8, MUTED)


def render(paper: PlanPaper, words: Words, issued_on: date) -> bytes:
    """The plan as a PDF of two pages at most; the same input gives the same bytes.

    Args:
        paper: what the plan says.
        words: the language it says it in.
        issued_on: the day it is printed, marked in the table of steps.
    """
    clean = tidied(paper)
    sheet, pages = _set(clean, words, issued_on)
    brush = Brush(
        title=words.say("Plan PLIE {number}", number=clean.number),
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


def _set(paper: PlanPaper, words: Words, issued_on: date) -> tuple[Sheet, list[flow.Page]]:
    """The most generous setting that fits; the tightest is made to hold any paper."""
    for fit in FITS[:-1]:
        sheet = Sheet(paper, words, issued_on, fit)
        pages = _pour(sheet)
        if len(pages) <= MOST_PAGES:
            return sheet, pages
    sheet = Sheet(paper, words, issued_on, FITS[-1])
    return sheet, _pour(sheet)


def _pour(sheet: Sheet) -> list[flow.Page]:
    items = list(chain.from_iterable(section(sheet) for section in SECTIONS))
    return flow.pour(items, _TOPS)


def _paint_letterhead(brush: Brush, sheet: Sheet) -> None:
    words = sheet.words
    foot = TOP - eu_block.HEIGHT
    block_width = eu_block.width(words)
    eu_block.paint(brush, _RIGHT - block_width, foot, words)
    # The organisation's mark stays smaller than the European block, in width as in height.
    room = block_width - 4
    role = words.say("Plan local pour l’insertion et l’emploi (PLIE)")
    name = _scaled(sheet.paper.organisation, Style(BOLD, 15, TEXT), room)
    brush.text(MARGIN, foot + 20, *name)
    brush.text(MARGIN, foot + 5, *_scaled(role, Style(REGULAR, 10, MUTED), room))
    brush.rule(MARGIN, foot - 11, WIDTH, PRIMARY, 1.2)


def _scaled(text: str, style: Style, width: float) -> tuple[str, Style]:
    """The text in its style, smaller when it is too wide, shortened when it still is."""
    smallest = 8.0
    natural = measure(text, style)
    size = max(smallest, min(style.size, style.size * width / max(natural, 1)))
    fitted = Style(style.face, floor(size * 100) / 100, style.ink)
    return fit_line(text, fitted, width), fitted


def _paint_running_head(brush: Brush, sheet: Sheet) -> None:
    title = sheet.words.say("Mon plan vers l’emploi")
    style = Style(REGULAR, 9.5, MUTED)
    brush.text(MARGIN, TOP - 8, title, style)
    room = WIDTH - measure(title, style) - 20
    brush.text_right(_RIGHT, TOP - 8, fit_line(sheet.paper.full_name, style, room), style)
    brush.rule(MARGIN, TOP - 15, WIDTH, RULE)


def _paint_foot(brush: Brush, sheet: Sheet, number: int, count: int) -> None:
    words, paper = sheet.words, sheet.paper
    brush.rule(MARGIN, BOTTOM - 12, WIDTH, RULE)
    page = words.say("Page {number}/{count}", number=number, count=count)
    document = words.say(
        "Plan n° {document}, version {version}. Données du {data_day}, imprimé le {print_day}.",
        document=fit_line(paper.number, _FOOT, 150),
        version=paper.version,
        data_day=short_day(paper.data_date, words),
        print_day=short_day(sheet.issued_on, words),
    )
    mention = eu_block.mention_style(8)
    brush.text(MARGIN, BOTTOM - 24, words.say(eu_block.MENTION), mention)
    brush.text_right(_RIGHT, BOTTOM - 24, page, Style(BOLD, 8, MUTED))
    brush.text(MARGIN, BOTTOM - 35, document, _FOOT)
