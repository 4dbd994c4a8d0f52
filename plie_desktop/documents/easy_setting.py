"""How the easy-to-read plan is set: one column, signs to its left, nothing below 14 points.

Rules of easy reading (domain study §7.4): 14 points or more, lines one and a half apart, ranged
left, a heading that tells what follows, one idea for each sentence, no table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from plie_desktop.documents.blocks import Block, Mark, Text, is_cut
from plie_desktop.documents.brush import Brush
from plie_desktop.documents.flow import Item
from plie_desktop.documents.layout import BOLD, MUTED, PRIMARY, REGULAR, WIDTH, Style
from plie_desktop.documents.prose import break_lines
from plie_desktop.models.domain.plan import PlanPaper
from plie_desktop.text import Words

LEAST_SIZE: Final = 14.0
LEADING: Final = 1.5
# Signs stand in it; all words begin at its right.
GUTTER: Final = 34.0
SIGN_ROOM: Final = 22.0
COLUMN: Final = WIDTH - GUTTER
# What a panel puts to the left of its words: a bar of 4 points and its padding.
PANEL_PAD: Final = 11.0
PANEL_EDGE: Final = 4 + PANEL_PAD
MOST_LINES: Final = 6


@dataclass(frozen=True)
class EasyFit:
    """How generously it is set: size of the text in points, air between sections in lines."""

    body: float
    air: float


@dataclass(frozen=True)
class EasySheet:
    """A tidied paper, the words to say it in, the day it is issued on and its fit."""

    paper: PlanPaper
    words: Words
    issued_on: date
    fit: EasyFit

    @cached_property
    def body(self) -> Style:
        return Style(REGULAR, self.fit.body, leading=LEADING)

    @cached_property
    def strong(self) -> Style:
        return Style(BOLD, self.fit.body, leading=LEADING)

    @cached_property
    def heading(self) -> Style:
        return Style(BOLD, self.fit.body + 4, PRIMARY, LEADING)

    @cached_property
    def subheading(self) -> Style:
        return Style(BOLD, self.fit.body + 1, PRIMARY, LEADING)

    @cached_property
    def large(self) -> Style:
        return Style(BOLD, self.fit.body + 8, PRIMARY, LEADING)

    def line(
        self,
        text: str,
        style: Style | None = None,
        mark: Mark | None = None,
        indent: float = GUTTER,
    ) -> Text:
        """A text in the column; its sign stands in the gutter."""
        style = style or self.body
        broken = break_lines(text, style, WIDTH - indent, MOST_LINES)
        return Text(broken.lines, style, indent, mark, broken.is_cut)

    def entry(self, text: str, mark: Mark, style: Style | None = None) -> Text:
        """A line of a list: its small sign stands close to it."""

        def close(brush: Brush, x: float, middle: float, size: float) -> None:
            mark(brush, x + GUTTER - SIGN_ROOM, middle, size)

        return self.line(text, style, close)

    def in_panel(self, text: str, style: Style) -> Text:
        """A text that is in line with the column when its panel stands at the left edge."""
        broken = break_lines(text, style, COLUMN - PANEL_EDGE, MOST_LINES)
        return Text(broken.lines, style, GUTTER - PANEL_EDGE, None, broken.is_cut)

    def section(
        self, title: str, sign: Mark, entries: Sequence[Block], *, has_more: bool = False
    ) -> list[Item]:
        """A heading with its sign, then what it announces; on a new page it stands again."""
        head = Item(self.line(title, self.heading, sign), self.fit.body * self.fit.air)
        return self.listed(head, entries, self.again(title, sign), has_more=has_more)

    def again(self, title: str, sign: Mark) -> Text:
        """The heading of a section that goes on."""
        return self.line(self.words.say("{title} (suite)", title=title), self.heading, sign)

    def listed(
        self, head: Item, entries: Sequence[Block], lead: Block, *, has_more: bool = False
    ) -> list[Item]:
        """What stays with its head, then entries, each whole on its page, and the note if any."""
        items = [head, *(Item(entry, lead=lead) for entry in entries)]
        if has_more or any(map(is_cut, entries)):
            note = self.words.say("… La suite est dans mon dossier. Je la demande à mon référent.")
            items.append(Item(self.line(note, self.body.with_ink(MUTED))))
        # Neither a note nor the last entry says what it belongs to when it stands alone on a page.
        kept = {0, len(items) - 2} if len(items) > 1 else {0}
        return [replace(item, keeps_next=at in kept) for at, item in enumerate(items)]
