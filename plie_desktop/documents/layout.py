"""The sheet: its measures in points, its colours and its typefaces."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Final, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from plie_desktop import fonts

# ReportLab would encode every stream to ASCII in pure Python: twice the time, a quarter more bytes.
rl_config.useA85 = 0

PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
MARGIN: Final = 45.0
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
TOP: Final = PAGE_HEIGHT - 32
BOTTOM: Final = 54.0

REGULAR: Final = "FiraGO-Regular"
BOLD: Final = "FiraGO-Bold"
UBUNTU: Final = "Ubuntu-Regular"


# Tables a typeface within a PDF does without (ISO 32000-1, 9.9); they would be copied into each.
NOT_EMBEDDED: Final = ("name", "OS/2")


class Colour(NamedTuple):
    """Red, green and blue, each from 0 to 1."""

    red: float
    green: float
    blue: float


def colour(code: str) -> Colour:
    """A colour written `RRGGBB`."""
    red, green, blue = bytes.fromhex(code)
    return Colour(red / 255, green / 255, blue / 255)


TEXT: Final = colour("15202B")
MUTED: Final = colour("46566A")
PRIMARY: Final = colour("0B5A6B")
TINT: Final = colour("DCEEF2")
SURFACE: Final = colour("F5F7F9")
RULE: Final = colour("C3CDD6")
BORDER: Final = colour("76879A")
WARNING: Final = colour("8A4B00")
WARNING_TINT: Final = colour("FFF0D6")
WARNING_HATCH: Final = colour("E3B873")
WHITE: Final = colour("FFFFFF")


@dataclass(frozen=True)
class Style:
    """How a text is set.

    Attributes:
        leading: distance from one baseline to the next, as a multiple of the size.
    """

    face: str
    size: float
    ink: Colour = TEXT
    leading: float = 1.36

    @property
    def line_height(self) -> float:
        return self.size * self.leading

    def with_ink(self, ink: Colour) -> "Style":
        return replace(self, ink=ink)


class Advances(dict[str, float]):
    """Width of each letter of a face in thousandths of the size; filled as letters come."""

    def __init__(self, widths: Mapping[int, float], otherwise: float) -> None:
        super().__init__()
        self._widths = widths
        self._otherwise = otherwise

    def __missing__(self, letter: str) -> float:
        width = self[letter] = self._widths.get(ord(letter), self._otherwise)
        return width


@dataclass(frozen=True)
class Typeface:
    """What line breaking needs to know of a face."""

    advances: Advances
    letters: frozenset[int]


@lru_cache(maxsize=1)
def typefaces() -> Mapping[str, Typeface]:
    """The faces of the papers, made known to ReportLab at the first call."""
    return {name: _registered(name) for name in (REGULAR, BOLD, UBUNTU)}


def _registered(name: str) -> Typeface:
    # asciiReadable would embed all of ASCII even when a paper holds three letters of a face.
    font = TTFont(name, BytesIO(fonts.data(name)), asciiReadable=0)
    pdfmetrics.registerFont(font)
    face = font.face
    for table in NOT_EMBEDDED:
        face.table.pop(table, None)
    return Typeface(Advances(face.charWidths, face.defaultWidth), frozenset(face.charToGlyph))


def measure(text: str, style: Style) -> float:
    """The width of a text in points."""
    advances = typefaces()[style.face].advances
    return sum(map(advances.__getitem__, text)) * style.size / 1000
