"""Drawing on a page. Places are in points from its lower left corner; `y` is a baseline or a foot.

The only module that calls the canvas. It knows letters, lines and areas, and no markup. Page
operators (ISO 32000-1, annex A) are written here: the drawing calls of the canvas format every
number in Python with care this needs not, and would take half the time of a paper.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from plie_desktop.documents.layout import (
    BORDER,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PRIMARY,
    REGULAR,
    RULE,
    WHITE,
    Colour,
    Style,
    measure,
    typefaces,
)

TICK: Final = ((0.22, 0.52), (0.43, 0.28), (0.80, 0.76))
HATCH_STEP: Final = 5.0
# A quarter of a circle as a Bézier curve: how far its inner points lie, as a share of the radius.
ARC: Final = 0.5523


class Box(NamedTuple):
    """A rectangle by its lower left corner."""

    x: float
    y: float
    width: float
    height: float


class Brush:
    """Draws one document into memory."""

    def __init__(self, title: str, author: str, language: str, day: str) -> None:
        """`day` is the date of making kept in the file, `YYYYMMDD`."""
        typefaces()
        self._memory = BytesIO()
        self._canvas = Canvas(
            self._memory,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            # No clock, no chance: the same paper gives the same bytes.
            invariant=1,
            # Otherwise every page would refer to Helvetica, which is not embedded.
            initialFontName=REGULAR,
            lang=language,
            # The language and the title bar's wish came with this version.
            pdfVersion=(1, 4),
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject("")
        self._canvas.setProducer("PLIE Desktop")
        self._canvas.setCreator("PLIE Desktop")
        self._canvas.setDateFormatter(lambda *_clock: f"D:{day}000000Z")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._begin_page()

    def _begin_page(self) -> None:
        self._code: list[str] = []
        self._ink: Colour | None = None
        self._line: tuple[Colour, float] | None = None

    def end_page(self) -> None:
        self._canvas.addLiteral("\n".join(self._code))
        self._canvas.showPage()
        self._begin_page()

    @contextmanager
    def face(self, x: float, y: float, *, is_turned: bool) -> Iterator[None]:
        """Draws within from the corner at `x`, `y`; a turned face stands on its head."""
        before = self._ink, self._line
        way = -1 if is_turned else 1
        self._code.append(f"q {way} 0 0 {way} {x:.2f} {y:.2f} cm")
        yield
        self._code.append("Q")
        self._ink, self._line = before

    def finish(self) -> bytes:
        """The document; the brush draws no more."""
        self._canvas.save()
        return self._memory.getvalue()

    def _fill(self, ink: Colour) -> None:
        if ink != self._ink:
            self._code.append(f"{_said(ink)} rg")
            self._ink = ink

    def _stroke(self, ink: Colour, thickness: float) -> None:
        if (ink, thickness) != self._line:
            self._code.append(f"{_said(ink)} RG {thickness:g} w")
            self._line = (ink, thickness)

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        if not text:
            return
        self._fill(style.ink)
        font = pdfmetrics.getFont(style.face)
        # A face gives out its letters' codes document by document.
        document = self._canvas._doc  # noqa: SLF001 - no public name leads to it
        shown = " ".join(
            f"{font.getSubsetInternalName(subset, document)} {style.size:g} Tf <{codes.hex()}> Tj"
            for subset, codes in font.splitString(text, document)
        )
        self._code.append(f"BT {x:.2f} {y:.2f} Td {shown} ET")

    def text_right(self, x: float, y: float, text: str, style: Style) -> None:
        """A text that ends at `x`."""
        self.text(x - measure(text, style), y, text, style)

    def area(self, box: Box, ink: Colour, radius: float = 0) -> None:
        self._fill(ink)
        self._code.append(f"{_outline(box, radius)} f")

    def areas(self, boxes: Iterable[Box], ink: Colour) -> None:
        """Many boxes at once: where they touch, no seam is seen."""
        self._fill(ink)
        self._code.append(f"{' '.join(_outline(box, 0) for box in boxes)} f")

    def frame(self, box: Box, ink: Colour, thickness: float = 0.8, radius: float = 0) -> None:
        self._stroke(ink, thickness)
        self._code.append(f"{_outline(box, radius)} S")

    def rule(self, x: float, y: float, width: float, ink: Colour, thickness: float = 0.6) -> None:
        self._stroke(ink, thickness)
        self._code.append(f"{x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def dashes(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A faint broken line: where the paper is folded."""
        self._stroke(RULE, 0.5)
        self._code.append(f"[2 4] 0 d {_path((start, end))} S [] 0 d")

    def dots(self, x: float, y: float, width: float) -> None:
        """A dotted line to write on."""
        self._stroke(BORDER, 0.9)
        self._code.append(f"[.9 2.6] 0 d {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S [] 0 d")

    def polygon(self, corners: Iterable[tuple[float, float]], ink: Colour) -> None:
        self._fill(ink)
        self._code.append(f"{_path(corners)} h f")

    def disc(self, x: float, y: float, radius: float, ink: Colour) -> None:
        self.area(Box(x - radius, y - radius, 2 * radius, 2 * radius), ink, radius)

    def hatch(self, box: Box, ink: Colour) -> None:
        """Oblique lines within a box: the sign of an empty stretch, also without colour."""
        self._code.append(f"q {_outline(box, 0)} W n {_said(ink)} RG 1 w")
        start = box.x - box.height
        while start < box.x + box.width:
            self._code.append(
                f"{_path([(start, box.y), (start + box.height, box.y + box.height)])} S"
            )
            start += HATCH_STEP
        self._code.append("Q")

    def done_box(self, x: float, y: float, side: float, *, is_done: bool) -> None:
        """A box to tick; ticked when the thing is done."""
        square = Box(x, y, side, side)
        self.area(square, WHITE, radius=1.6)
        self.frame(square, PRIMARY if is_done else BORDER, 1.1, radius=1.6)
        if is_done:
            self._stroke(PRIMARY, 1.9)
            self._code.append(f"{_path((x + side * u, y + side * v) for u, v in TICK)} S")


def _said(ink: Colour) -> str:
    return f"{ink.red:.4g} {ink.green:.4g} {ink.blue:.4g}"


def _path(corners: Iterable[tuple[float, float]]) -> str:
    first, *others = (f"{x:.3f} {y:.3f}" for x, y in corners)
    return " ".join((f"{first} m", *(f"{other} l" for other in others)))


def _outline(box: Box, radius: float) -> str:
    """The path around a box, with round corners when `radius` is not 0."""
    x, y, width, height = box
    if not radius:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    left, right, foot, top = x + radius, x + width - radius, y + radius, y + height - radius
    x2, y2 = x + width, y + height
    reach = radius * ARC
    return (
        f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l "
        f"{right + reach:.2f} {y:.2f} {x2:.2f} {foot - reach:.2f} {x2:.2f} {foot:.2f} c "
        f"{x2:.2f} {top:.2f} l "
        f"{x2:.2f} {top + reach:.2f} {right + reach:.2f} {y2:.2f} {right:.2f} {y2:.2f} c "
        f"{left:.2f} {y2:.2f} l "
        f"{left - reach:.2f} {y2:.2f} {x:.2f} {top + reach:.2f} {x:.2f} {top:.2f} c "
        f"{x:.2f} {foot:.2f} l "
        f"{x:.2f} {foot - reach:.2f} {left - reach:.2f} {y:.2f} {left:.2f} {y:.2f} c h"
    )
