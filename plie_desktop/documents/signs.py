"""Signs beside headings: plain shapes that read in black on white, and never stand alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from plie_desktop.documents.blocks import Mark
from plie_desktop.documents.brush import Box, Brush
from plie_desktop.documents.layout import PRIMARY, WARNING, WARNING_HATCH, WHITE, Colour

# Side of a sign as a multiple of the size of the text beside it.
SCALE: Final = 1.35


@dataclass(frozen=True)
class Square:
    """The place of one sign; places and lengths within it go from 0 to 1."""

    brush: Brush
    x: float
    y: float
    side: float
    ink: Colour

    def box(
        self, corner: tuple[float, float], size: tuple[float, float], ink: Colour | None = None
    ) -> None:
        self.brush.area(self._box(corner, size), ink or self.ink)

    def plate(self, corner: tuple[float, float], size: tuple[float, float]) -> None:
        """A box with round corners."""
        self.brush.area(self._box(corner, size), self.ink, radius=self.side * 0.09)

    def disc(self, centre: tuple[float, float], radius: float, ink: Colour | None = None) -> None:
        x, y = self._point(centre)
        self.brush.disc(x, y, radius * self.side, ink or self.ink)

    def shape(self, corners: Iterable[tuple[float, float]], ink: Colour | None = None) -> None:
        self.brush.polygon([self._point(corner) for corner in corners], ink or self.ink)

    def hatch(self, corner: tuple[float, float], size: tuple[float, float]) -> None:
        self.brush.hatch(self._box(corner, size), WARNING_HATCH)

    def _point(self, place: tuple[float, float]) -> tuple[float, float]:
        return self.x + place[0] * self.side, self.y + place[1] * self.side

    def _box(self, corner: tuple[float, float], size: tuple[float, float]) -> Box:
        return Box(*self._point(corner), size[0] * self.side, size[1] * self.side)


def sign(draw: Callable[[Square], None], ink: Colour = PRIMARY, scale: float = SCALE) -> Mark:
    """A mark that draws within a square about the middle of its line."""

    def mark(brush: Brush, x: float, middle: float, size: float) -> None:
        side = size * scale
        draw(Square(brush, x, middle - side / 2, side, ink))

    return mark


def at_size(mark: Mark, size: float) -> Mark:
    """The sign as beside a text of that size, whatever the text's own."""

    def drawn(brush: Brush, x: float, middle: float, _size: float) -> None:
        mark(brush, x, middle, size)

    return drawn


@sign
def person(square: Square) -> None:
    square.disc((0.5, 0.76), 0.21)
    square.disc((0.5, 0.2), 0.34)
    square.box((0.16, -0.16), (0.68, 0.18), WHITE)


@sign
def phone(square: Square) -> None:
    square.plate((0.24, 0), (0.52, 1))
    square.box((0.31, 0.21), (0.38, 0.65), WHITE)
    square.disc((0.5, 0.11), 0.05, WHITE)


@sign
def calendar(square: Square) -> None:
    square.plate((0.04, 0.02), (0.92, 0.84))
    square.box((0.24, 0.76), (0.12, 0.22))
    square.box((0.64, 0.76), (0.12, 0.22))
    square.box((0.12, 0.1), (0.76, 0.5), WHITE)
    for row in (0.38, 0.18):
        for column in (0.2, 0.425, 0.65):
            square.box((column, row), (0.15, 0.13))


@sign
def place(square: Square) -> None:
    square.disc((0.5, 0.66), 0.33)
    square.shape(((0.2, 0.53), (0.8, 0.53), (0.5, 0)))
    square.disc((0.5, 0.66), 0.14, WHITE)


@sign
def flag(square: Square) -> None:
    square.box((0.14, 0), (0.11, 1))
    square.shape(((0.25, 0.98), (0.92, 0.73), (0.25, 0.48)))


@sign
def notes(square: Square) -> None:
    square.plate((0.12, 0), (0.76, 1))
    for line in (0.72, 0.5, 0.28):
        square.box((0.26, line - 0.045), (0.48, 0.09), WHITE)


@sign
def plus(square: Square) -> None:
    square.disc((0.5, 0.5), 0.48)
    square.box((0.22, 0.42), (0.56, 0.16), WHITE)
    square.box((0.42, 0.22), (0.16, 0.56), WHITE)


def _barrier(square: Square) -> None:
    square.plate((0.03, 0.03), (0.94, 0.94))
    square.box((0.2, 0.42), (0.6, 0.16), WHITE)


barrier: Final = sign(_barrier, WARNING)


@sign
def stairs(square: Square) -> None:
    for step in range(4):
        square.box((0.04 + step * 0.23, 0.03), (0.23, 0.22 * (step + 1)))


@sign
def promise(square: Square) -> None:
    square.disc((0.5, 0.5), 0.48)
    square.shape(
        ((0.2, 0.5), (0.3, 0.6), (0.44, 0.45), (0.71, 0.73), (0.81, 0.63), (0.44, 0.25)), WHITE
    )


@sign
def change(square: Square) -> None:
    square.box((0.06, 0.66), (0.56, 0.14))
    square.shape(((0.6, 0.94), (0.96, 0.73), (0.6, 0.52)))
    square.box((0.38, 0.2), (0.56, 0.14))
    square.shape(((0.4, 0.48), (0.04, 0.27), (0.4, 0.06)))


@sign
def lock(square: Square) -> None:
    square.disc((0.5, 0.62), 0.34)
    square.disc((0.5, 0.62), 0.2, WHITE)
    square.plate((0.1, 0.02), (0.8, 0.56))
    square.disc((0.5, 0.33), 0.08, WHITE)
    square.box((0.465, 0.16), (0.07, 0.16), WHITE)


@sign
def now(square: Square) -> None:
    square.shape(((0.12, 0.92), (0.9, 0.5), (0.12, 0.08)))


@sign
def later(square: Square) -> None:
    square.disc((0.5, 0.5), 0.48)
    square.disc((0.5, 0.5), 0.36, WHITE)
    square.box((0.45, 0.47), (0.1, 0.29))
    square.box((0.45, 0.44), (0.27, 0.1))


@sign
def before(square: Square) -> None:
    square.shape(((0.06, 0.5), (0.2, 0.64), (0.4, 0.44), (0.8, 0.84), (0.94, 0.7), (0.4, 0.16)))


@sign
def emptiness(square: Square) -> None:
    square.hatch((0.04, 0.14), (0.8, 0.72))
