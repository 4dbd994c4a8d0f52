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

# On a sheet; on a small paper no less than one centimetre.
HEIGHT: Final = 36.0
SMALLEST: Final = 28.5
STARS: Final = 12

MENTION: Final = N_("Cofinancé par l’Union européenne")
# Parts of the block as shares of its height.
_FLAG_WIDTH: Final = 3 / 2
_GAP: Final = 2 / 9
_MENTION_SIZE: Final = 7 / 18
# A point of a regular star lies at this share of its radius between two outer points.
_INNER: Final = sin(pi / 10) / sin(3 * pi / 10)


def mention_style(size: float) -> Style:
    """The style of the mention, also where it stands without the emblem, as in a foot."""
    return Style(UBUNTU, size, REFLEX_BLUE, leading=1.2)


def width(words: Words, height: float = HEIGHT) -> float:
    """The width of the whole block in points."""
    style = mention_style(height * _MENTION_SIZE)
    widest = max(measure(line, style) for line in _mention_lines(words))
    return height * (_FLAG_WIDTH + _GAP) + widest


def paint(brush: Brush, x: float, y: float, words: Words, height: float = HEIGHT) -> None:
    """Draw the block with its lower left corner at `x`, `y`."""
    _paint_flag(brush, Box(x, y, height * _FLAG_WIDTH, height))
    style = mention_style(height * _MENTION_SIZE)
    lines = _mention_lines(words)
    # Capitals of Ubuntu are 0.69 of the size: the lines sit evenly about the middle of the flag.
    baseline = y + height / 2 + (len(lines) - 1) * style.line_height / 2 - style.size * 0.345
    for line in lines:
        brush.text(x + height * (_FLAG_WIDTH + _GAP), baseline, line, style)
        baseline -= style.line_height


def _mention_lines(words: Words) -> tuple[str, ...]:
    """The mention in two lines of about the same width."""
    style = mention_style(HEIGHT)
    parts = words.say(MENTION).split(" ")
    breaks = ((" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts)))
    return min(breaks, key=lambda pair: max(measure(line, style) for line in pair))


def _paint_flag(brush: Brush, flag: Box) -> None:
    brush.area(flag, REFLEX_BLUE)
    for star in range(STARS):
        angle = 2 * pi * star / STARS
        centre_x = flag.x + flag.width / 2 + flag.height / 3 * sin(angle)
        centre_y = flag.y + flag.height / 2 + flag.height / 3 * cos(angle)
        brush.polygon(_star(centre_x, centre_y, flag.height / 18), YELLOW)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    corners = []
    for corner in range(10):
        reach = radius * (_INNER if corner % 2 else 1)
        angle = pi * corner / 5
        corners.append((x + reach * sin(angle), y + reach * cos(angle)))
    return corners
