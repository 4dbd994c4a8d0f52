"""Widgets laid out like words."""

import pytest
from PySide6.QtWidgets import QWidget

from plie_desktop.views.widgets.wrap_layout import WrapLayout
from tests.support import page_rules


@pytest.fixture
def laid(qtbot, dressed):
    kept = []

    def lay(widths, room, **how):
        holder = QWidget()
        kept.append(holder)
        layout = WrapLayout(holder, spacing=10, **how)
        for width in widths:
            box = QWidget()
            box.setMinimumSize(width, 40)
            layout.addWidget(box)
        page_rules.show(holder, room, 400)
        boxes = [layout.itemAt(n).geometry() for n in range(layout.count())]
        return [(box.x(), box.y(), box.width()) for box in boxes]

    yield lay
    for holder in kept:
        page_rules.discard(holder)


def test_what_does_not_fit_goes_to_the_next_line(laid):
    assert laid([100, 100, 100], 250) == [(0, 0, 100), (110, 0, 100), (0, 50, 100)]


def test_equal_cells_form_columns(laid):
    assert laid([60, 100, 80], 250, equal=True) == [(0, 0, 100), (110, 0, 100), (0, 50, 100)]


def test_own_widths_are_kept_where_only_they_stand_on_one_line(laid):
    assert laid([60, 100, 40], 250, equal=True) == [(0, 0, 60), (70, 0, 100), (180, 0, 40)]


def test_lines_may_end_at_the_right(laid):
    assert laid([100, 100, 60], 250, right=True) == [(40, 0, 100), (150, 0, 100), (190, 50, 60)]


def test_a_hidden_widget_takes_no_room(qtbot, dressed):
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = WrapLayout(holder, spacing=10)
    boxes = [QWidget(), QWidget()]
    for box in boxes:
        box.setMinimumSize(100, 40)
        layout.addWidget(box)
    assert layout.sizeHint().width() == 210
    boxes[0].hide()
    layout.invalidate()
    assert layout.sizeHint().width() == 100


def test_taking_beyond_the_end_gives_nothing(dressed):
    layout = WrapLayout()
    assert layout.takeAt(0) is None
    assert layout.itemAt(3) is None
