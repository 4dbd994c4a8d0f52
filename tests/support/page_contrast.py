"""Contrast: of the colours by role, and of words as they are drawn."""

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from plie_desktop.views.qt import looks
from plie_desktop.views.qt.palettes import SHAPE_PAIRS, TEXT_PAIRS, Palette, contrast
from tests.support.page_names import told

_WORDS, _WORDS_IN_SUN, _SHAPES = 4.5, 7.0, 3.0
# Thin strokes are drawn a little paler than their ink.
_SMOOTHING = 0.85


def pale_colours(palette: Palette) -> list[str]:
    """Rule 10, by computation: pairs of roles that meet on the screen and contrast too little."""
    roles = palette.roles()
    words = _WORDS_IN_SUN if palette.name == "sun" else _WORDS
    pairs = [(pair, words) for pair in TEXT_PAIRS] + [(pair, _SHAPES) for pair in SHAPE_PAIRS]
    return [
        f"rule 10: {ink} on {ground} in {palette.name}: {ratio:.2f}, {least} wanted"
        for (ink, ground), least in pairs
        if (ratio := contrast(roles[ink], roles[ground])) < least
    ]


def pale_words(page: QWidget) -> list[str]:
    """Rule 10, on the picture: the strongest pixel of each widget with words, on its ground."""
    window = page.window()
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    least = (_WORDS_IN_SUN if looks.colours().name == "sun" else _WORDS) * _SMOOTHING
    found = []
    for widget in _with_words(page):
        region = widget.visibleRegion().boundingRect()
        # A word cut by the edge of a scrolled area says nothing.
        if region.height() < widget.height() or region.width() < widget.width():
            continue
        area = QRect(widget.mapTo(window, QPoint()), widget.size())
        ratio = _strongest(picture, area)
        if ratio < least:
            found.append(f"rule 10: {told(widget)} is drawn at {ratio:.2f}, {least:.2f} wanted")
    return found


def _with_words(page: QWidget) -> list[QWidget]:
    kinds = (QLabel, QAbstractButton, QLineEdit)
    return [
        widget
        for kind in kinds
        for widget in page.findChildren(kind)
        if widget.isVisibleTo(page.window())
        and (widget.text() or (isinstance(widget, QLineEdit) and widget.placeholderText()))
    ]


def _strongest(picture: QImage, area: QRect) -> float:
    ratio = picture.devicePixelRatio()
    inner = QRect(
        round((area.left() + 3) * ratio),
        round((area.top() + 1) * ratio),
        round((area.width() - 6) * ratio),
        round((area.height() - 2) * ratio),
    )
    # The picture must outlive the view of its bytes.
    part = picture.copy(inner)
    pixels = Counter(memoryview(part.bits()).cast("I"))
    ground = pixels.most_common(1)[0][0]
    return max(contrast(_hex(ground), _hex(pixel)) for pixel in pixels)


def _hex(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06X}"
