"""The keyboard: Tab reaches everything and comes back, and one sees where it is."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from plie_desktop.views.qt.palettes import contrast
from tests.support.page_names import focusables, told

_RING = 3
_AROUND = 6
_SEEN = 3.0


def tab_stops(page: QWidget) -> list[QWidget]:
    """What Tab is expected to reach."""
    return [w for w in focusables(page) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]


def trapped(page: QWidget) -> list[str]:
    """Rule 4: press Tab three times as often as there are stops; all are reached, then the first.

    Stops outside the page (the rail, the bar) may lie between.
    """
    stops = tab_stops(page)
    if not stops:
        return []
    start = stops[0]
    start.setFocus(Qt.FocusReason.TabFocusReason)
    outside = len(tab_stops(page.window())) - len(stops)
    reached: list[QWidget] = []
    for _ in range(3 * (len(stops) + max(0, outside))):
        at = QApplication.focusWidget()
        if at is None:
            return [f"rule 4: Tab leaves the window after {told(reached[-1])}"]
        reached.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    missed = [stop for stop in stops if stop not in reached]
    found = [f"rule 4: Tab never reaches {told(stop)}" for stop in missed]
    if reached.count(start) < 2:
        found.append(f"rule 4: Tab is caught at {told(reached[-1])}")
    return found


def unseen_focus(page: QWidget) -> list[str]:
    """Rule 6: the picture around each stop with and without the keyboard.

    At least half of a ring 3 points wide must differ, with a contrast of 3.
    """
    found = []
    for stop in tab_stops(page):
        # A page may bring what has the keyboard into view by itself: let it settle first.
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        _bring_into_view(stop)
        _drop_focus()
        without = _picture(stop)
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        with_it = _picture(stop)
        needed = _RING * (stop.width() + stop.height())
        ratio = with_it.devicePixelRatio()
        seen = _strong_differences(without, with_it) / (ratio * ratio)
        visible = _visible_share(stop)
        if seen < needed * visible:
            found.append(f"rule 6: no focus is seen on {told(stop)} ({seen:.0f} of {needed})")
    return found


def _drop_focus() -> None:
    at = QApplication.focusWidget()
    if at is not None:
        at.clearFocus()
    QApplication.processEvents()


def _bring_into_view(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, _AROUND, _AROUND)
        parent = parent.parentWidget()
    QApplication.processEvents()


def _visible_share(widget: QWidget) -> float:
    """The part of a widget that its scroll areas let one see, from 0 to 1."""
    area = widget.visibleRegion().boundingRect()
    return (area.width() + area.height()) / max(1, widget.width() + widget.height())


def _picture(widget: QWidget) -> QImage:
    window = widget.window()
    area = QRect(widget.mapTo(window, QPoint()), widget.size())
    area = area.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).intersected(window.rect())
    return window.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)


def _strong_differences(one: QImage, other: QImage) -> int:
    """How many pixels changed to a colour that contrasts with what was there."""
    pairs: dict[tuple[int, int], int] = {}
    before, after = memoryview(one.bits()).cast("I"), memoryview(other.bits()).cast("I")
    for was, is_now in zip(before, after, strict=True):
        if was != is_now:
            pairs[was, is_now] = pairs.get((was, is_now), 0) + 1
    return sum(
        count
        for (was, is_now), count in pairs.items()
        if contrast(_hex(was), _hex(is_now)) >= _SEEN
    )


def _hex(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06X}"
