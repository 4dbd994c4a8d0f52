"""Blocks poured into pages, from top to bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from plie_desktop.documents.blocks import Block
from plie_desktop.documents.brush import Brush
from plie_desktop.documents.layout import BOTTOM, MARGIN


@dataclass(frozen=True)
class Item:
    """A block and how it stands among the others.

    Attributes:
        above: space before it, not kept at the top of a page.
        keeps_next: never the last on its page, as a heading.
        lead: repeated before it when it is the first on a page, as the head of a table.
        opens_page: begins the second page when the first is still running.
        sinks: stands at the very bottom of its page.
    """

    block: Block
    above: float = 0
    keeps_next: bool = False
    lead: Block | None = None
    opens_page: bool = False
    sinks: bool = False


@dataclass(frozen=True)
class Placed:
    """A block and the top it is painted from."""

    block: Block
    top: float


Page = list[Placed]


def pour(items: Sequence[Item], tops: tuple[float, float], bottom: float = BOTTOM) -> list[Page]:
    """Pages of placed blocks; `tops` are the first page's and the following pages'."""
    pages: list[Page] = [[]]
    y = tops[0]
    for index, item in enumerate(items):
        if pages[-1] and (
            (item.opens_page and len(pages) == 1) or y - _needed(items, index) < bottom
        ):
            pages.append([])
            y = tops[1]
        if pages[-1]:
            y -= item.above
        elif item.lead:
            pages[-1].append(Placed(item.lead, y))
            y -= item.lead.height
        if item.sinks:
            y = min(y, bottom + item.block.height)
        pages[-1].append(Placed(item.block, y))
        y -= item.block.height
    return pages


def _needed(items: Sequence[Item], index: int) -> float:
    """The room an item takes together with those it may not be parted from."""
    needed = 0.0
    for item in items[index:]:
        needed += item.above + item.block.height
        if not item.keeps_next:
            break
    return needed


def paint(page: Page, brush: Brush) -> None:
    for placed in page:
        placed.block.paint(brush, MARGIN, placed.top)
