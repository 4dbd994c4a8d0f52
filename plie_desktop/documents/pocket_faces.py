"""What stands on the four faces of the pocket plan, each within an A6 page.

Only what one needs on the way: the next appointment, whom to call, the next steps. The first name
stands on it, not the whole name: this paper goes about in pockets and may be lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from plie_desktop.documents import eu_block, signs
from plie_desktop.documents.blocks import (
    Beside,
    Block,
    Mark,
    Panel,
    Stack,
    Text,
    WritingLines,
    dot,
    is_cut,
    paragraph,
)
from plie_desktop.documents.event_code import EventCode, event
from plie_desktop.documents.layout import (
    BOLD,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PRIMARY,
    REGULAR,
    WARNING,
    Style,
    measure,
)
from plie_desktop.documents.plan_terms import change_sentences
from plie_desktop.documents.sheet import to_come
from plie_desktop.documents.spoken import moment_parts, period, phone_in_pairs
from plie_desktop.models.domain.plan import PlanMeeting, PlanPaper, PlanStep
from plie_desktop.text import Words

FACE_WIDTH: Final = PAGE_WIDTH / 2
FACE_HEIGHT: Final = PAGE_HEIGHT / 2
PAD: Final = 22.0
WIDTH: Final = FACE_WIDTH - 2 * PAD
HEIGHT: Final = FACE_HEIGHT - 2 * PAD
# Room of the front beneath its head, of the back above its foot.
FRONT_HEIGHT: Final = HEIGHT - eu_block.SMALLEST - 18
BACK_HEIGHT: Final = HEIGHT - 38
# Signs stand in it; words begin at its right.
GUTTER: Final = 28.0
PANEL_PAD: Final = 12.0
IN_PANEL: Final = WIDTH - 2 * PANEL_PAD - 4

MOST_STEPS: Final = 3
MOST_GAPS: Final = 2
CODE_SIDE: Final = 165.0


@dataclass(frozen=True)
class PocketFit:
    """How generously it is set: size of the text in points, most lines of a text."""

    body: float
    lines: int


# From generous to tight; the last always fits.
FITS: Final = (
    PocketFit(body=14, lines=3),
    PocketFit(body=13, lines=3),
    PocketFit(body=12, lines=3),
    PocketFit(body=11.5, lines=2),
    PocketFit(body=11, lines=2),
    PocketFit(body=10.5, lines=1),
)


@dataclass(frozen=True)
class PocketSheet:
    """A tidied paper, the words to say it in, the day it is issued on and its fit."""

    paper: PlanPaper
    words: Words
    issued_on: date
    fit: PocketFit

    @cached_property
    def body(self) -> Style:
        return Style(REGULAR, self.fit.body)

    @cached_property
    def strong(self) -> Style:
        return Style(BOLD, self.fit.body)

    @cached_property
    def small(self) -> Style:
        return Style(REGULAR, self.fit.body - 1.5, MUTED)

    @cached_property
    def heading(self) -> Style:
        return Style(BOLD, self.fit.body + 3, PRIMARY, leading=1.5)

    def text(self, text: str, style: Style | None = None) -> Text:
        return paragraph(text, style or self.body, WIDTH, self.fit.lines)

    def signed(
        self,
        text: str,
        style: Style,
        mark: Mark | None = None,
        width: float = WIDTH,
        more_lines: int = 0,
    ) -> Text:
        """A text to the right of its sign, or in line with one that has a sign."""
        told = paragraph(text, style, width - GUTTER, max(2, self.fit.lines) + more_lines)
        return Text(told.lines, style, GUTTER, mark, told.is_cut)

    def title(self, text: str, mark: Mark) -> Text:
        return self.signed(text, self.heading, mark)

    def face(self, blocks: Iterable[Block], *, has_more: bool = False) -> Stack:
        """Blocks one under the other, and the note when they do not say everything."""
        shown = [block for block in blocks if block.height]
        if has_more or any(map(is_cut, shown)):
            note = self.words.say("… la suite est dans votre dossier, demandez-la à votre référent")
            shown.append(paragraph(note, self.small, WIDTH, 3))
        return Stack(tuple(shown), self.fit.body / 4)


@dataclass(frozen=True)
class Space:
    """Nothing, of a height."""

    height: float

    def paint(self, brush: object, x: float, top: float) -> None:
        """Leave the paper as it is."""


def appointment(sheet: PocketSheet) -> Stack:
    """The front: whose it is, and the next appointment as large as the paper allows."""
    name = sheet.text(sheet.paper.first_name, Style(BOLD, sheet.fit.body + 4))
    coming = next(iter(to_come(sheet.paper, sheet.issued_on)), None)
    title = sheet.words.say("Mon prochain rendez-vous")
    label = sheet.signed(title, sheet.strong, signs.calendar, IN_PANEL)
    told = _when_and_where(sheet, coming) if coming else _none_yet(sheet)
    parts = (label, *(text for text in told if text.lines))
    panel = Panel(Stack(parts, sheet.fit.body / 2), WIDTH, PANEL_PAD, has_bar=True)
    spare = FRONT_HEIGHT - sheet.face((name, panel)).height
    return sheet.face((name, replace(panel, least=panel.height + max(0, spare))))


def _when_and_where(sheet: PocketSheet, meeting: PlanMeeting) -> tuple[Text, ...]:
    style = Style(REGULAR, sheet.fit.body + 2)
    where = sheet.signed(meeting.place, style, signs.place, IN_PANEL, more_lines=2)
    day, hour = moment_parts(meeting.starts_at, sheet.words, sheet.issued_on.year)
    if not hour:
        return (paragraph(day, Style(BOLD, sheet.fit.body + 6, PRIMARY), IN_PANEL, 3), where)
    return (_huge((*day.split(" ", 1), hour), sheet.fit.body * 3), where)


def _none_yet(sheet: PocketSheet) -> tuple[Text, ...]:
    none_yet = sheet.words.say(
        "Aucun rendez-vous n’est encore pris. Appelez votre référent pour en fixer un."
    )
    said = paragraph(none_yet, Style(BOLD, sheet.fit.body + 4, PRIMARY), IN_PANEL, 6)
    return (said, _number(sheet, IN_PANEL))


def _huge(lines: tuple[str, ...], size: float) -> Text:
    """Short lines in the largest letters, up to `size`, that keep them within the panel."""
    widest = max(measure(line, Style(BOLD, 1)) for line in lines)
    return Text(lines, Style(BOLD, min(size, IN_PANEL / widest), PRIMARY, leading=1.2))


def _number(sheet: PocketSheet, width: float) -> Text:
    phone = phone_in_pairs(sheet.paper.referent_phone)
    wide = measure(phone, Style(BOLD, 1))
    size = min(sheet.fit.body * 2.2, max(sheet.fit.body + 2, width / max(wide, 1)))
    return paragraph(phone, Style(BOLD, size, PRIMARY), width, sheet.fit.lines)


def referent(sheet: PocketSheet) -> Stack:
    """Inside on the left: whom to call, and what to do when something changes."""
    say, paper = sheet.words.say, sheet.paper
    number: Block = _number(sheet, WIDTH)
    if not number.height:
        by_hand = WritingLines(WIDTH, 1, line_height=30)
        number = Stack((sheet.text(say("Téléphone")), by_hand))
    sentences = change_sentences(paper, sheet.words)
    return sheet.face(
        (
            sheet.title(say("Mon référent"), signs.person),
            sheet.text(paper.referent_name, Style(BOLD, sheet.fit.body + 1)),
            number,
            sheet.text(paper.referent_email, sheet.small),
            Space(sheet.fit.body),
            sheet.title(say("Si quelque chose change"), signs.change),
            *(paragraph(one, sheet.body, WIDTH, 4, dot) for one in sentences),
        )
    )


def steps(sheet: PocketSheet) -> Stack:
    """Inside on the right: what comes next, at most three steps and the gaps among them."""
    say = sheet.words.say
    title = sheet.title(say("Mes prochaines étapes"), signs.stairs)
    rows, has_more = ahead(sheet.paper.steps, sheet.issued_on)
    if not rows:
        none_yet = sheet.text(say("Aucune étape n’est encore prévue."))
        return sheet.face((title, none_yet, WritingLines(WIDTH, 5)), has_more=has_more)
    blocks = [_gap(sheet, row) if row.is_gap else _step(sheet, row) for row in rows]
    spaced = [part for block in blocks for part in (Space(sheet.fit.body / 3), block)]
    return sheet.face((title, *spaced), has_more=has_more)


def ahead(steps: tuple[PlanStep, ...], today: date) -> tuple[list[PlanStep], bool]:
    """The steps going on or to come that the face holds, gaps among them, and if there are more."""
    rows = [
        step
        for step in steps
        if (step.is_gap or not step.is_done) and (step.ends_on is None or step.ends_on >= today)
    ]
    at = [rank for rank, row in enumerate(rows) if not row.is_gap]
    end = at[MOST_STEPS - 1] + 1 if len(at) > MOST_STEPS else len(rows)
    gaps = [rank for rank, row in enumerate(rows[:end]) if row.is_gap]
    left_out = set(gaps[MOST_GAPS:])
    shown = [row for rank, row in enumerate(rows[:end]) if rank not in left_out]
    return shown, len(shown) < len(rows)


def _step(sheet: PocketSheet, step: PlanStep) -> Stack:
    where = ", ".join(filter(None, (step.operator, step.place)))
    said = (
        sheet.signed(step.title, sheet.strong, signs.now),
        sheet.signed(where, sheet.body),
        sheet.signed(period(step.starts_on, step.ends_on, sheet.words), sheet.body),
    )
    return Stack(tuple(text for text in said if text.lines))


def _gap(sheet: PocketSheet, gap: PlanStep) -> Stack:
    nothing = sheet.words.say("Rien de prévu pour le moment")
    when = period(gap.starts_on, gap.ends_on, sheet.words)
    return Stack(
        (
            sheet.signed(nothing, sheet.strong.with_ink(WARNING), signs.emptiness),
            sheet.signed(when, sheet.body.with_ink(WARNING)),
        )
    )


def code(sheet: PocketSheet) -> Stack:
    """The back: the appointment for the phone; without one, lines to write it on."""
    say, paper = sheet.words.say, sheet.paper
    coming = next(iter(to_come(paper, sheet.issued_on)), None)
    phone = phone_in_pairs(paper.referent_phone)
    told = coming and event(coming.starts_at, coming.place, phone, sheet.words, sheet.issued_on)
    if not told:
        return _by_hand(sheet)
    how = say("Visez ce carré avec l’appareil photo : le rendez-vous s’ajoute à votre téléphone.")
    what = say("Il ne contient que le rendez-vous. Votre nom n’y est pas.")
    return sheet.face(
        (
            sheet.title(say("Dans mon téléphone"), signs.phone),
            Beside((((WIDTH - CODE_SIDE) / 2, EventCode(told, CODE_SIDE)),)),
            paragraph(how, sheet.body, WIDTH, 4),
            paragraph(what, sheet.small, WIDTH, 4),
        )
    )


def _by_hand(sheet: PocketSheet) -> Stack:
    say = sheet.words.say
    labels = (say("Jour"), say("Heure"), say("Lieu"))
    rows = [
        part
        for label in labels
        for part in (Space(4), sheet.text(label, sheet.strong), WritingLines(WIDTH, 1))
    ]
    title = sheet.title(say("Mon prochain rendez-vous"), signs.calendar)
    return sheet.face((title, *rows))
