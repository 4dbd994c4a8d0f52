"""How a large choice is drawn: a box with a mark, words that wrap, and the key that picks it."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from plie_desktop.views.qt import looks

MARK: Final = 20
"""Width of the round or square mark, in points."""
_PAD: Final = 12
_GAP: Final = 10
_KEY: Final = 22
_WIDEST: Final = 420
_WRAP: Final = int(
    Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextHideMnemonic | Qt.AlignmentFlag.AlignVCenter
)


def size_hint(button: QAbstractButton, *, badge: bool) -> QSize:
    """Wide enough for the words on one line, up to a bound; at least a target high.

    Args:
        button: a check box or a radio button.
        badge: whether there is room for a key, used or not; so in every measure here.
    """
    words = min(_WIDEST, button.fontMetrics().horizontalAdvance(button.text()) + 2)
    width = words + _beside(badge=badge)
    return QSize(width, height_for(button, width, badge=badge))


def minimum_size(button: QAbstractButton, *, badge: bool) -> QSize:
    """Wide enough for the longest word."""
    metrics = button.fontMetrics()
    longest = max(map(metrics.horizontalAdvance, button.text().split(" ")))
    width = longest + 2 + _beside(badge=badge)
    return QSize(width, looks.TARGET)


def height_for(button: QAbstractButton, width: int, *, badge: bool) -> int:
    """The height of the words wrapped in `width`, with the space around them."""
    room = QRect(0, 0, max(1, width - _beside(badge=badge)), 10_000)
    needed = button.fontMetrics().boundingRect(room, _WRAP, button.text()).height()
    return max(looks.TARGET, needed + 2 * _PAD)


def text_fits(button: QAbstractButton, *, badge: bool) -> bool:
    """Whether every word is seen in the present size."""
    fits_down = height_for(button, button.width(), badge=badge) <= button.height()
    return fits_down and minimum_size(button, badge=badge).width() <= button.width()


def paint(button: QAbstractButton, key: str | None, *, square: bool) -> None:
    """Draw the whole button.

    Args:
        button: a check box or a radio button.
        key: the figure that picks it, empty where there is none, None where none is shown.
        square: a check box's mark rather than a radio button's.
    """
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_box(painter, button)
    _paint_mark(painter, button, square=square)
    ink = looks.colours().text if button.isEnabled() else looks.colours().on_disabled
    painter.setPen(QColor(ink))
    painter.drawText(_words(button, badge=key is not None), _WRAP, button.text())
    if key:
        _paint_key(painter, button, key)
    painter.end()


def _beside(*, badge: bool) -> int:
    """What stands beside the words: edges, mark and key."""
    return 2 * _PAD + MARK + _GAP + (_GAP + looks.scaled(_KEY) if badge else 0)


def _words(button: QAbstractButton, *, badge: bool) -> QRect:
    left = _PAD + MARK + _GAP
    return QRect(left, 0, button.width() - _beside(badge=badge), button.height())


def _paint_box(painter: QPainter, button: QAbstractButton) -> None:
    colours = looks.colours()
    chosen = button.isChecked()
    width = colours.border_width + chosen
    ground = colours.card
    if not button.isEnabled():
        ground = colours.disabled
    elif chosen or button.isDown():
        ground = colours.selection
    elif button.underMouse():
        ground = colours.hover
    painter.setPen(QPen(QColor(colours.primary if chosen else colours.border), width))
    painter.setBrush(QColor(ground))
    inset = width / 2
    painter.drawRoundedRect(QRectF(button.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)


def _paint_mark(painter: QPainter, button: QAbstractButton, *, square: bool) -> None:
    colours = looks.colours()
    chosen = button.isChecked()
    area = QRectF(_PAD + 1, (button.height() - MARK) / 2 + 1, MARK - 2, MARK - 2)
    edge = QColor(colours.primary if chosen else colours.border)
    painter.setPen(QPen(edge, 2))
    painter.setBrush(edge if chosen and square else QColor(colours.card))
    if square:
        painter.drawRoundedRect(area, 4, 4)
    else:
        painter.drawEllipse(area)
    if not chosen:
        return
    if square:
        pen = QPen(QColor(colours.on_primary), 2.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        corner = area.topLeft()
        painter.drawPolyline([corner + QPointF(x, y) for x, y in ((4, 9.5), (7.5, 13), (14, 5.5))])
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge)
        painter.drawEllipse(area.adjusted(4, 4, -4, -4))


def _paint_key(painter: QPainter, button: QAbstractButton, key: str) -> None:
    colours = looks.colours()
    side = looks.scaled(_KEY)
    area = QRectF(button.width() - _PAD - side, (button.height() - side) / 2, side, side)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.page))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    font = QFont(button.font())
    font.setPixelSize(looks.size("help"))
    painter.setFont(font)
    painter.setPen(QColor(colours.muted if button.isEnabled() else colours.on_disabled))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), key)
