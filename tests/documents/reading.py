"""A reader that looks at a PDF with other eyes than those that wrote it."""

from ctypes import c_int, c_uint
from dataclasses import dataclass
from itertools import combinations

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True)
class DrawnText:
    """A piece of text as the reader finds it; bounds are left, bottom, right, top in points.

    Attributes:
        start: where its baseline begins.
        way: where the baseline goes: (1, 0) for a text that stands upright on the sheet.
    """

    text: str
    font: str
    is_embedded: bool
    size: float
    ink: tuple[int, int, int]
    bounds: tuple[float, float, float, float]
    start: tuple[float, float]
    way: tuple[float, float]


@dataclass(frozen=True)
class DrawnPath:
    """An area or, when it is not filled, a line as the reader finds it."""

    is_filled: bool
    ink: tuple[int, int, int]
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class ReadPage:
    """What a page holds."""

    text: str
    texts: tuple[DrawnText, ...]
    paths: tuple[DrawnPath, ...]


def _ink(drawn, ask=raw.FPDFPageObj_GetFillColor) -> tuple[int, int, int]:
    red, green, blue, alpha = (c_uint() for _ in range(4))
    ask(drawn, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _path(drawn) -> DrawnPath:
    filling, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(drawn, filling, stroke)
    ink = _ink(drawn) if filling.value else _ink(drawn, raw.FPDFPageObj_GetStrokeColor)
    return DrawnPath(bool(filling.value), ink, drawn.get_bounds())


def _text(drawn) -> DrawnText:
    font = drawn.get_font()
    name = font.get_base_name().rpartition("+")[2]
    size = drawn.get_font_size()
    text = drawn.extract()
    a, b, _, _, x, y = drawn.get_matrix().get()
    bounds = drawn.get_bounds()
    return DrawnText(text, name, font.is_embedded, size, _ink(drawn), bounds, (x, y), (a, b))


def _page(page) -> ReadPage:
    textpage = page.get_textpage()
    drawn = list(page.get_objects(textpage=textpage))
    texts = tuple(_text(one) for one in drawn if one.type == raw.FPDF_PAGEOBJ_TEXT)
    paths = tuple(_path(one) for one in drawn if one.type == raw.FPDF_PAGEOBJ_PATH)
    return ReadPage(textpage.get_text_range(), texts, paths)


def read_pdf(pdf: bytes) -> list[ReadPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def spaceless(text: str) -> str:
    """Without spaces and line ends; PDFium reads a hyphen at a line's end as U+FFFE."""
    return "".join(text.replace("\ufffe", "-").replace("\x02", "-").split())


def text_of(pdf: bytes) -> str:
    return "\n".join(page.text for page in read_pdf(pdf))


def overlapping(page: ReadPage) -> list[tuple[DrawnText, DrawnText]]:
    """Texts that lie upon each other."""
    texts = [text for text in page.texts if text.text.strip()]
    return [(one, other) for one, other in combinations(texts, 2) if _meet(one, other)]


def _meet(one: DrawnText, other: DrawnText) -> bool:
    left, bottom, right, top = zip(one.bounds, other.bounds, strict=True)
    wide = min(right) - max(left)
    high = min(top) - max(bottom)
    # Descenders and accents of neighbouring lines may come close, not meet.
    return wide >= 1 and high >= 1.5
