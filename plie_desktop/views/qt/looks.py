"""The looks in use: colours, sizes of text, marks for the style sheet.

Qt keeps style, font and palette on the application object; the colours for which Qt has no role
are kept there too by `theme.apply`, and read back here.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from plie_desktop.views.qt.palettes import LIGHT, Palette

FAMILY: Final = "FiraGO"
TARGET: Final = 44
"""Least height of what is clicked or typed in, in points (WCAG 2.2, 2.5.5)."""
SIZES: Final = {"help": 13, "body": 15, "section": 18, "title": 20, "display": 28}
"""Text sizes in points at 100 %."""
_COLOURS, _PERCENT = "plie-colours", "plie-text-percent"


def keep(app: QApplication, palette: Palette, percent: int) -> None:
    """Remember what is in use; only `theme.apply` calls this."""
    app.setProperty(_COLOURS, palette)
    app.setProperty(_PERCENT, percent)


def colours() -> Palette:
    """The colours in use; the light ones until a theme was applied."""
    app = QCoreApplication.instance()
    palette = app.property(_COLOURS) if app is not None else None
    return palette if isinstance(palette, Palette) else LIGHT


def text_percent() -> int:
    """The size of text in use, in percent."""
    app = QCoreApplication.instance()
    percent = app.property(_PERCENT) if app is not None else None
    return percent if isinstance(percent, int) else 100


def size(role: str) -> int:
    """The height of a role of `SIZES` in points, at the size of text in use."""
    return scaled(SIZES[role])


def scaled(points: int) -> int:
    """A length that grows with the text."""
    return round(points * text_percent() / 100)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and dress the widget again if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    for part in (widget, *widget.findChildren(QWidget)):
        part.style().unpolish(part)
        part.style().polish(part)


def tabular(font: QFont) -> QFont:
    """The same font with figures of equal width, for columns of numbers and days."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures
