"""One ring around what has the keyboard, everywhere the same.

It is 3 points wide and stands 2 points off, so that it contrasts with the page and not with the
control it surrounds. A style sheet cannot draw outside a widget; this does.
"""

from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

from plie_desktop.views.qt import looks

WIDTH: Final = 3
GAP: Final = 2
RADIUS: Final = 6
_MOVES: Final = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ParentChange,
    }
)


class FocusRing(QObject):
    """Follows the keyboard from control to control.

    A button pressed with the mouse gets no ring: the person knows where they clicked.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._host: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        if new is None or new.window().windowType() == Qt.WindowType.Popup or _by_mouse(new):
            return
        self._target = new
        host = self._host = _host(new)
        ring = self._ring
        if ring is None or not shiboken6.isValid(ring):
            ring = self._ring = _Ring(host)
        ring.setParent(host)
        ring.dark = _is_on_rail(new)
        widget: QWidget | None = new
        while widget is not None and widget is not host:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        host.installEventFilter(self)
        self._watched.append(host)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _let_go(self) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()

    def _place(self) -> None:
        ring, target, host = self._ring, self._target, self._host
        if ring is None or target is None or host is None:
            return
        if not all(shiboken6.isValid(part) for part in (ring, target, host)):
            return
        if not target.isVisible() or not host.isAncestorOf(target):
            ring.hide()
            return
        out = GAP + WIDTH
        area = QRect(target.mapTo(host, QPoint()), target.size()).adjusted(-out, -out, out, out)
        ring.setGeometry(area.intersected(host.rect()))
        ring.show()
        ring.raise_()


class _Ring(QWidget):
    """The ring itself: it lets the mouse through and has no part in layouts."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.dark = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = looks.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.rail_focus if self.dark else colours.focus), WIDTH))
        inset = WIDTH / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, RADIUS + GAP, RADIUS + GAP)
        painter.end()


def _host(target: QWidget) -> QWidget:
    """The widget to draw the ring in: what scrolls with the target, or else its window."""
    widget = target.parentWidget()
    while widget is not None and not widget.isWindow():
        viewport = widget.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QAbstractScrollArea) and area.viewport() is viewport:
            return widget
        widget = viewport
    return target.window()


def _by_mouse(widget: QWidget) -> bool:
    pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
    return pressed and isinstance(widget, QAbstractButton)


def _is_on_rail(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property("role") == "rail":
            return True
        widget = widget.parentWidget()
    return False
