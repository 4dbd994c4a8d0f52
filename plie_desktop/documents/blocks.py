"""What a page is made of: blocks that know their height and can be painted anywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from plie_desktop.documents.brush import Box, Brush
from plie_desktop.documents.layout import BOLD, PRIMARY, TINT, WHITE, Colour, Style
from plie_desktop.documents.prose import break_lines

# Half the height of capitals, as a share of the size: FiraGO 0.69, Ubuntu 0.69.
HALF_CAPITAL = 0.345

Mark = Callable[[Brush, float, float, float], None]
"""Draws a sign at the left of a text: brush, left edge, middle of the first line, size."""


class Block(Protocol):
    """Something of a known height, painted downwards from its upper left corner."""

    @property
    def height(self) -> float:
        """Height in points."""
        ...

    def paint(self, brush: Brush, x: float, top: float) -> None:
        """Draw with the upper left corner at `x`, `top`."""
        ...


@dataclass(frozen=True)
class Text:
    """Lines of one style, after an optional sign; `is_cut` when they do not hold the whole text."""

    lines: tuple[str, ...]
    style: Style
    indent: float = 0
    mark: Mark | None = None
    is_cut: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.line_height

    def paint(self, brush: Brush, x: float, top: float) -> None:
        middle = top - self.style.line_height / 2
        if self.mark and self.lines:
            self.mark(brush, x, middle, self.style.size)
        for line in self.lines:
            brush.text(x + self.indent, middle - self.style.size * HALF_CAPITAL, line, self.style)
            middle -= self.style.line_height


def paragraph(text: str, style: Style, width: float, limit: int, mark: Mark | None = None) -> Text:
    """A tidied text in at most `limit` lines; with a sign it stands a little to the right."""
    indent = style.size * 1.5 if mark else 0.0
    broken = break_lines(text, style, width - indent, limit)
    return Text(broken.lines, style, indent, mark, broken.is_cut)


@dataclass(frozen=True)
class Stack:
    """Blocks one under the other."""

    parts: tuple[Block, ...]
    gap: float = 0

    @property
    def height(self) -> float:
        return sum(part.height for part in self.parts) + self.gap * max(0, len(self.parts) - 1)

    def paint(self, brush: Brush, x: float, top: float) -> None:
        for part in self.parts:
            part.paint(brush, x, top)
            top -= part.height + self.gap


@dataclass(frozen=True)
class Beside:
    """Blocks side by side, each at its distance from the left."""

    parts: tuple[tuple[float, Block], ...]

    @property
    def height(self) -> float:
        return max(part.height for _, part in self.parts)

    def paint(self, brush: Brush, x: float, top: float) -> None:
        for distance, part in self.parts:
            part.paint(brush, x + distance, top)


@dataclass(frozen=True)
class Panel:
    """A block on a tinted ground, at least `least` high; with a bar it asks to be seen."""

    inner: Block
    width: float
    pad: float = 11
    least: float = 0
    ground: Colour = TINT
    has_bar: bool = False

    @property
    def height(self) -> float:
        return max(self.least, self.inner.height + 2 * self.pad)

    def paint(self, brush: Brush, x: float, top: float) -> None:
        foot = top - self.height
        brush.area(Box(x, foot, self.width, self.height), self.ground)
        if self.has_bar:
            brush.area(Box(x, foot, 4, self.height), PRIMARY)
        spare = self.height - self.inner.height
        self.inner.paint(brush, x + self.pad + (4 if self.has_bar else 0), top - spare / 2)


def is_cut(block: Block) -> bool:
    """Whether a text within does not hold all its words."""
    match block:
        case Text():
            return block.is_cut
        case Stack():
            return any(is_cut(part) for part in block.parts)
        case Beside():
            return any(is_cut(part) for _, part in block.parts)
        case Panel():
            return is_cut(block.inner)
        case _:
            return False


@dataclass(frozen=True)
class WritingLines:
    """Dotted lines to fill in by hand."""

    width: float
    count: int = 2
    line_height: float = 24
    indent: float = 0

    @property
    def height(self) -> float:
        return self.count * self.line_height

    def paint(self, brush: Brush, x: float, top: float) -> None:
        for line in range(1, self.count + 1):
            brush.dots(x + self.indent, top - line * self.line_height + 4, self.width)


def dot(brush: Brush, x: float, middle: float, size: float) -> None:
    """The sign of a plain line."""
    brush.disc(x + size * 0.45, middle, size * 0.17, PRIMARY)


def numbered(rank: int) -> Mark:
    """The sign of a line that has a rank."""

    def draw(brush: Brush, x: float, middle: float, size: float) -> None:
        radius = size * 0.55
        style = Style(BOLD, size * 0.8, WHITE)
        brush.disc(x + radius, middle, radius, PRIMARY)
        # A digit of FiraGO is 0.56 of the size wide.
        left = x + radius - style.size * 0.28
        brush.text(left, middle - style.size * HALF_CAPITAL, str(rank), style)

    return draw
