"""The papers a plan can be printed on."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from plie_desktop.documents import easy_sheet, plan_sheet, pocket_sheet
from plie_desktop.models.domain.plan import PaperKind, PlanPaper
from plie_desktop.text import Words

_RENDERERS: Final[Mapping[PaperKind, Callable[[PlanPaper, Words, date], bytes]]] = {
    PaperKind.A4: plan_sheet.render,
    PaperKind.POCKET: pocket_sheet.render,
    PaperKind.EASY: easy_sheet.render,
}


def render(kind: PaperKind, paper: PlanPaper, words: Words, issued_on: date) -> bytes:
    """The plan on that paper as a PDF; the same input gives the same bytes."""
    return _RENDERERS[kind](paper, words, issued_on)
