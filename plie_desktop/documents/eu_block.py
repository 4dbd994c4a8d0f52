"""The European co-funding block: emblem and mention, one whole that nothing may alter.

Emblem: Interinstitutional Style Guide, annex A1 "Graphics guide to the European emblem":
proportions 2:3; twelve upright five-pointed stars, set like the hours of a clock on a circle
of one third of the height, each inscribed in a circle of one eighteenth of it; Reflex Blue
0/51/153, yellow 255/204/0. Block: rules of the programme for Bretagne 2021-2027: mention in one of
the allowed typefaces (Ubuntu), neither slanted nor underlined, nothing on the flag, and no other
mark larger than the block.
"""

from math import cos, pi, sin
from typing import Final

from plie_desktop.documents.brush import Box, Brush
from plie_desktop.documents.layout import UBUNTU, Colour, Style, measure
from plie_desktop.text import N_, Words

REFLEX_BLUE: Final = Colour(0, 51 / 255, 153 / 255)
YELLOW: Final = Colour(1, 204 / 255, 0)

FLAG_HEIGHT: Final = 36.0
FLAG_WIDTH: Final = FLAG_HEIGHT * 3 / 2
HEIGHT: Final = FLAG_HEIGHT
GAP: Final = 8.0
STARS: Final = 12

MENTION: Final = N_("Cofinancé par l’Union européenne")
_MENTION_STYLE: Final = Style(UBUNTU, 14, REFLEX_BLUE, leading=1.2)
# A point of a regular star lies at this share of its radius between two outer points.
_INNER: Final = sin(pi / 10) / sin(3 * pi / 10)


def mention_style(size: float) -> Style:
    """The style of the mention where it stands without the emblem, as in the foot of a page."""
    return Style(UBUNTU, size, REFLEX_BLUE)


def width(words: Words) -> float:
    """The width of the whole block in points."""
    widest = max(measure(line, _MENTION_STYLE) for line in _mention_lines(words))
    return FLAG_WIDTH + GAP + widest


def paint(brush: Brush, x: float, y: float, words: Words) -> None:
    """Draw the block with its lower left corner at `x`, `y`."""
    _paint_flag(brush, x, y)
    lines = _mention_lines(words)
    middle = y + HEIGHT / 2
    height = _MENTION_STYLE.line_height
    # Capitals of Ubuntu are 0.69 of the size: the lines sit evenly about the middle of the flag.
    baseline = middle + (len(lines) - 1) * height / 2 - _MENTION_STYLE.size * 0.345
    for line in lines:
        brush.text(x + FLAG_WIDTH + GAP, baseline, line, _MENTION_STYLE)
        baseline -= height


def _mention_lines(words: Words) -> tuple[str, ...]:
    """The mention in two lines of about the same width."""
    parts = words.say(MENTION).split(" ")
    breaks = ((" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts)))
    return min(breaks, key=lambda pair: max(measure(line, _MENTION_STYLE) for line in pair))


def _paint_flag(brush: Brush, x: float, y: float) -> None:
    brush.area(Box(x, y, FLAG_WIDTH, FLAG_HEIGHT), REFLEX_BLUE)
    for star in range(STARS):
        angle = 2 * pi * star / STARS
        centre_x = x + FLAG_WIDTH / 2 + FLAG_HEIGHT / 3 * sin(angle)
        centre_y = y + FLAG_HEIGHT / 2 + FLAG_HEIGHT / 3 * cos(angle)
        brush.polygon(_star(centre_x, centre_y, FLAG_HEIGHT / 18), YELLOW)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    corners = []
    for corner in range(10):
        reach = radius * (_INNER if corner % 2 else 1)
        angle = pi * corner / 5
        corners.append((x + reach * sin(angle), y + reach * cos(angle)))
    return corners
