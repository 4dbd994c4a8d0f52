"""One plan on its way to paper: its words, its day, and how much room it gives to each thing."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from plie_desktop.documents.blocks import Text, paragraph
from plie_desktop.documents.layout import BOLD, MUTED, PRIMARY, REGULAR, WIDTH, Style
from plie_desktop.documents.prose import tidy
from plie_desktop.models.domain.plan import PlanMeeting, PlanPaper, PlanStep
from plie_desktop.text import Words


@dataclass(frozen=True)
class Fit:
    """How generously a plan is set.

    Attributes:
        body: size of the running text in points.
        air: space between sections, as a multiple of `body`.
        lines: most lines one answer may take.
        entries: most entries of a list.
        cell: most lines in a cell of the table of steps.
        done: most finished steps shown; the newest stay.
        gaps: most gaps shown.
    """

    body: float
    air: float
    lines: int
    entries: int
    cell: int
    done: int
    gaps: int


# From generous to tight: a plan is set by the first that fits two pages. The last always fits.
FITS: Final = (
    Fit(body=12, air=1.3, lines=4, entries=6, cell=4, done=4, gaps=7),
    Fit(body=11.5, air=1.0, lines=4, entries=6, cell=4, done=4, gaps=7),
    Fit(body=11, air=1.0, lines=4, entries=6, cell=4, done=4, gaps=7),
    Fit(body=11, air=0.9, lines=2, entries=6, cell=3, done=3, gaps=7),
    Fit(body=10.5, air=0.9, lines=2, entries=5, cell=2, done=2, gaps=6),
    Fit(body=10, air=0.9, lines=2, entries=4, cell=2, done=1, gaps=6),
    Fit(body=10, air=0.8, lines=2, entries=3, cell=1, done=1, gaps=6),
    Fit(body=10, air=0.8, lines=1, entries=3, cell=1, done=1, gaps=6),
    Fit(body=9.5, air=0.8, lines=1, entries=3, cell=1, done=1, gaps=6),
    Fit(body=9.5, air=0.8, lines=1, entries=2, cell=1, done=0, gaps=4),
    Fit(body=9, air=0.6, lines=1, entries=1, cell=1, done=0, gaps=2),
)


@dataclass(frozen=True)
class Sheet:
    """A tidied paper, the words to say it in, the day it is issued on and its fit."""

    paper: PlanPaper
    words: Words
    issued_on: date
    fit: Fit

    @cached_property
    def body(self) -> Style:
        return Style(REGULAR, self.fit.body)

    @cached_property
    def strong(self) -> Style:
        return Style(BOLD, self.fit.body)

    @cached_property
    def detail(self) -> Style:
        return Style(REGULAR, self.fit.body - 1, leading=1.3)

    @cached_property
    def detail_strong(self) -> Style:
        return Style(BOLD, self.fit.body - 1, leading=1.3)

    @cached_property
    def small(self) -> Style:
        return Style(REGULAR, self.fit.body - 1.5, MUTED)

    @cached_property
    def heading(self) -> Style:
        return Style(BOLD, self.fit.body + 3, PRIMARY, leading=1.3)

    def rest_note(self, width: float = WIDTH) -> Text:
        """Says that not everything is on the paper; nothing is ever left out in silence."""
        note = self.words.say("… la suite est dans votre dossier, demandez-la à votre référent")
        return paragraph(note, self.small, width, 3)


def to_come(paper: PlanPaper, today: date) -> list[PlanMeeting]:
    """The meetings that are not past, soonest first."""
    return [meeting for meeting in paper.meetings if meeting.starts_at[:10] >= today.isoformat()]


def tidied(paper: PlanPaper) -> PlanPaper:
    """The paper with every typed text made drawable."""
    blocks = [(tidy(said), theme) for said, theme in paper.themed_blocks() if tidy(said)]
    return replace(
        paper,
        number=tidy(paper.number),
        first_name=tidy(paper.first_name),
        full_name=tidy(paper.full_name),
        referent_name=tidy(paper.referent_name),
        referent_phone=tidy(paper.referent_phone),
        referent_email=tidy(paper.referent_email),
        organisation=tidy(paper.organisation),
        dpo_contact=tidy(paper.dpo_contact),
        situation=_all_tidy(paper.situation),
        wishes=_all_tidy(paper.wishes),
        helps=_all_tidy(paper.helps),
        blocks=tuple(said for said, _ in blocks),
        block_themes=tuple(theme for _, theme in blocks),
        steps=tuple(_tidied_step(step) for step in paper.steps),
        meetings=tuple(
            PlanMeeting(tidy(meeting.starts_at), tidy(meeting.place))
            for meeting in sorted(paper.meetings, key=lambda meeting: meeting.starts_at)
        ),
    )


def _all_tidy(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(tidy, texts)))


def _tidied_step(step: PlanStep) -> PlanStep:
    title = "" if step.is_gap else tidy(step.title)
    return replace(
        step,
        title=title,
        operator=tidy(step.operator),
        place=tidy(step.place),
        is_gap=not title,
    )
