"""The participant's plan for the pocket: one side of an A4 sheet, folded twice to A6.

The top half is folded back behind the lower half, then the left half behind the right: lower
right is the front, lower left the back, and the upper half, printed upside down, reads upright
inside, its right face first. The other side of the sheet stays blank and is hidden within.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from plie_desktop.documents import eu_block, pocket_faces
from plie_desktop.documents.blocks import Stack, is_cut
from plie_desktop.documents.brush import Brush
from plie_desktop.documents.layout import (
    BOLD,
    BORDER,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PRIMARY,
    REGULAR,
    RULE,
    Style,
    measure,
)
from plie_desktop.documents.pocket_faces import (
    BACK_HEIGHT,
    FACE_HEIGHT,
    FACE_WIDTH,
    FITS,
    FRONT_HEIGHT,
    HEIGHT,
    PAD,
    WIDTH,
    PocketSheet,
)
from plie_desktop.documents.prose import break_lines, fit_line
from plie_desktop.documents.sheet import tidied
from plie_desktop.documents.spoken import short_day
from plie_desktop.models.domain.plan import PlanPaper
from plie_desktop.text import Words

_TOP: Final = FACE_HEIGHT - PAD
_FOOT: Final = Style(REGULAR, 7.5, MUTED, leading=1.3)
_FOLDING: Final = Style(REGULAR, 7, BORDER)


def render(paper: PlanPaper, words: Words, issued_on: date) -> bytes:
    """The pocket plan as a PDF of one page; the same input gives the same bytes.

    Args:
        paper: what the plan says.
        words: the language it says it in.
        issued_on: the day it is printed: from it on, appointments and steps are the next.
    """
    clean = tidied(paper)
    sheet, faces = _set(clean, words, issued_on)
    brush = Brush(
        title=words.say("Plan PLIE {number}, à plier", number=clean.number),
        author=clean.organisation,
        language=words.language,
        day=f"{issued_on:%Y%m%d}",
    )
    front, left, right, back = faces
    _paint_folds(brush, words)
    with brush.face(FACE_WIDTH, 0, is_turned=False):
        _paint_head(brush, sheet)
        front.paint(brush, PAD, PAD + FRONT_HEIGHT)
    with brush.face(PAGE_WIDTH, PAGE_HEIGHT, is_turned=True):
        left.paint(brush, PAD, _TOP)
    with brush.face(FACE_WIDTH, PAGE_HEIGHT, is_turned=True):
        right.paint(brush, PAD, _TOP)
    with brush.face(0, 0, is_turned=False):
        back.paint(brush, PAD, _TOP)
        _paint_foot(brush, sheet)
    brush.end_page()
    return brush.finish()


def _set(paper: PlanPaper, words: Words, issued_on: date) -> tuple[PocketSheet, tuple[Stack, ...]]:
    """The most generous setting that says everything; else the most generous that fits.

    The tightest is made to hold any paper.
    """
    sheets = [PocketSheet(paper, words, issued_on, fit) for fit in FITS]
    settings = [(sheet, _faces(sheet)) for sheet in sheets]
    fitting = [one for one in settings[:-1] if _fits(one[1])] or settings[-1:]
    return next((one for one in fitting if not any(map(is_cut, one[1]))), fitting[0])


def _fits(faces: tuple[Stack, ...]) -> bool:
    rooms = (FRONT_HEIGHT, HEIGHT, HEIGHT, BACK_HEIGHT)
    return all(face.height <= room for face, room in zip(faces, rooms, strict=True))


def _faces(sheet: PocketSheet) -> tuple[Stack, ...]:
    """Front, inside left, inside right, back."""
    return (
        pocket_faces.appointment(sheet),
        pocket_faces.referent(sheet),
        pocket_faces.steps(sheet),
        pocket_faces.code(sheet),
    )


def _paint_head(brush: Brush, sheet: PocketSheet) -> None:
    foot = _TOP - eu_block.SMALLEST
    width = eu_block.width(sheet.words, eu_block.SMALLEST)
    eu_block.paint(brush, PAD + WIDTH - width, foot, sheet.words, eu_block.SMALLEST)
    # The organisation's mark stays smaller than the European block, in width as in height.
    style, lines = _mark(sheet.paper.organisation, WIDTH - width - 8)
    for above, line in enumerate(reversed(lines)):
        brush.text(PAD, foot + 3 + above * style.line_height, line, style)
    brush.rule(PAD, foot - 8, WIDTH, PRIMARY, 1.2)


def _mark(organisation: str, room: float) -> tuple[Style, tuple[str, ...]]:
    """The name in the largest letters that hold it; shortened when none does."""
    settings = [
        (style, break_lines(organisation, style, room, most))
        for style, most in ((Style(BOLD, 11), 1), (Style(BOLD, 9.5), 2), (Style(BOLD, 8), 3))
    ]
    style, broken = next((one for one in settings if not one[1].is_cut), settings[-1])
    return replace(style, leading=1.1), broken.lines


def _paint_foot(brush: Brush, sheet: PocketSheet) -> None:
    words, paper = sheet.words, sheet.paper
    line = PAD + 2 * _FOOT.line_height
    brush.rule(PAD, line + 11, WIDTH, RULE)
    brush.text(PAD, line, words.say(eu_block.MENTION), eu_block.mention_style(8))
    page = words.say("Page {number}/{count}", number=1, count=1)
    brush.text_right(PAD + WIDTH, line, page, Style(BOLD, 7.5, MUTED))
    document = words.say(
        "Plan n° {document}, version {version}. Données du {data_day}, imprimé le {print_day}.",
        document=fit_line(paper.number, _FOOT, 120),
        version=paper.version,
        data_day=short_day(paper.data_date, words),
        print_day=short_day(sheet.issued_on, words),
    )
    for text in break_lines(document, _FOOT, WIDTH, 2).lines:
        line -= _FOOT.line_height
        brush.text(PAD, line, text, _FOOT)


def _paint_folds(brush: Brush, words: Words) -> None:
    """Where and how the sheet is folded."""
    edge = 8.0
    brush.dashes((edge, FACE_HEIGHT), (PAGE_WIDTH - edge, FACE_HEIGHT))
    brush.dashes((FACE_WIDTH, edge), (FACE_WIDTH, PAGE_HEIGHT - edge))
    first = words.say("Pli 1 : le haut vers l’arrière")
    second = words.say("Pli 2 : la gauche vers l’arrière")
    brush.text(PAD, FACE_HEIGHT - 10, first, _FOLDING)
    brush.text(FACE_WIDTH - 8 - measure(second, _FOLDING), 10, second, _FOLDING)
