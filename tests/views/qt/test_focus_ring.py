"""One ring around what has the keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from plie_desktop.views.qt.palettes import LIGHT
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Scroll
from plie_desktop.views.widgets.rail import Rail, RailItem
from plie_desktop.views.widgets.text_field import TextField
from tests.support import page_rules

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    window.line, window.button = TextField(), Button("Continuer")
    content = QWidget()
    rows = QVBoxLayout(content)
    window.lines = [TextField() for _ in range(20)]
    for line in window.lines:
        rows.addWidget(line)
    window.area = Scroll(content)
    window.rail = Rail("Pages", [RailItem("today", "today", "Aujourd’hui")])
    for widget in (window.line, window.button, window.area, window.rail):
        column.addWidget(widget)
    page_rules.show(window, 600, 600)
    yield window
    page_rules.discard(window)


def ring(page):
    found = [r for r in page.findChildren(QWidget, "focus-ring") if r.isVisible()]
    return found[0] if found else None


def place(page, widget):
    return widget.mapTo(page, QPoint())


def test_the_ring_stands_five_points_off(page):
    page.line.setFocus(Qt.FocusReason.TabFocusReason)
    seen = ring(page)
    assert place(page, seen) == place(page, page.line) - QPoint(5, 5)
    assert (seen.width(), seen.height()) == (page.line.width() + 10, page.line.height() + 10)


def test_the_ring_goes_with_the_keyboard(page):
    page.line.setFocus(Qt.FocusReason.TabFocusReason)
    page.button.setFocus(Qt.FocusReason.TabFocusReason)
    assert place(page, ring(page)) == place(page, page.button) - QPoint(5, 5)
    page.button.clearFocus()
    assert ring(page) is None


def test_the_ring_goes_with_a_control_that_moves(page):
    page.button.setFocus(Qt.FocusReason.TabFocusReason)
    page.resize(700, 620)
    page.line.hide()
    QApplication.processEvents()
    assert place(page, ring(page)) == place(page, page.button) - QPoint(5, 5)


def test_the_ring_scrolls_with_the_page(page):
    last = page.lines[-1]
    last.setFocus(Qt.FocusReason.TabFocusReason)
    page.area.ensureWidgetVisible(last)
    QApplication.processEvents()
    seen = ring(page)
    assert seen.parentWidget() is page.area.widget()
    assert seen.y() == last.y() - 5


def test_a_hidden_control_hands_its_ring_on_with_the_keyboard(page):
    page.line.setFocus(Qt.FocusReason.TabFocusReason)
    page.line.hide()
    QApplication.processEvents()
    assert QApplication.focusWidget() is page.button
    assert ring(page).width() == page.button.width() + 10


def test_a_button_pressed_with_the_mouse_gets_no_ring(page):
    QTest.mousePress(page.button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.button
    pressed = ring(page)
    QTest.mouseRelease(page.button, Qt.MouseButton.LeftButton)
    assert pressed is None


def test_the_ring_lets_the_mouse_through(page):
    page.line.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.childAt(page.line.geometry().center()) is page.line


def test_the_ring_is_light_on_the_dark_rail(page):
    button = page.rail.buttons()[0]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    seen = ring(page)
    QApplication.processEvents()
    at = place(page, seen) + QPoint(seen.width() // 2, 1)
    assert page.grab().toImage().pixelColor(at).name().upper() == LIGHT.rail_focus


def test_a_control_that_is_destroyed_takes_no_one_down(page):
    import shiboken6

    for line in page.lines[:5]:
        line.setFocus(Qt.FocusReason.TabFocusReason)
        shiboken6.delete(line)
        QApplication.processEvents()
    page.line.setFocus(Qt.FocusReason.TabFocusReason)
    assert place(page, ring(page)) == place(page, page.line) - QPoint(5, 5)
