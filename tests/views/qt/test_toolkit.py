"""The binding itself: what a version of PySide6 must not do to the interpreter."""

import gc
import sys

import pytest
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

TIMES = 400
SINGLETONS = (True, False, None)


class Bell(QObject):
    rung = Signal(object)

    @Slot(object)
    def hear(self, _):
        pass


def _emit(bell):
    bell.rung.connect(bell.hear)
    return lambda: bell.rung.emit(1)


def _emit_queued(bell):
    bell.rung.connect(bell.hear, Qt.ConnectionType.QueuedConnection)
    return lambda: bell.rung.emit(1)


def _connect(bell):
    return lambda: (bell.rung.connect(bell.hear), bell.rung.disconnect(bell.hear))


def _set(bell):
    box = QLineEdit()
    return lambda: (box.setText("a"), box.setEnabled(True))


def _click(bell):
    button = QPushButton()
    button.clicked.connect(bell.hear)
    return button.click


def _turn(bell):
    return QApplication.processEvents


@pytest.mark.parametrize("act", [_emit, _emit_queued, _connect, _set, _click, _turn])
def test_the_interpreters_constants_keep_their_references(qapp, act):
    once = act(Bell())
    # A binding that drops references would abort the whole run: lend it some first.
    lent = [[constant] * (TIMES * 4) for constant in SINGLETONS]
    gc.collect()
    before = [sys.getrefcount(constant) for constant in SINGLETONS]
    for _ in range(TIMES):
        once()
    QApplication.processEvents()
    gc.collect()
    after = [sys.getrefcount(constant) for constant in SINGLETONS]
    assert lent
    assert all(b - a > -TIMES // 2 for a, b in zip(before, after, strict=True)), (before, after)
