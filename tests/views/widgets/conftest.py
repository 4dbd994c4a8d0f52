"""Controls are tried in a window that has the keyboard, with the keys a person would press."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tests.support import page_rules

AZERTY = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))


class Bench:
    """One control in a window, a line after it, and everything it told."""

    def __init__(self, control):
        self.control = control
        self.window = QWidget()
        self.after = QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(control)
        column.addWidget(self.after)
        column.addStretch()
        self.edited, self.left, self.completed = [], [], []
        control.edited.connect(self.edited.append)
        control.left.connect(lambda: self.left.append(True))
        control.completed.connect(lambda: self.completed.append(True))
        page_rules.show(self.window, 800, 500)
        control.focus_control().setFocus(Qt.FocusReason.TabFocusReason)

    def press(self, key, text="", modifiers=Qt.KeyboardModifier.NoModifier, scan=0):
        """One key, down and up, where the keyboard is."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            event = QKeyEvent(kind, key, modifiers, scan, 0, 0, text)
            QApplication.sendEvent(target, event)

    def type(self, text):
        """Characters, as the layout that has them unshifted sends them."""
        for character in text:
            self.press(Qt.Key.Key_unknown, character)

    def azerty(self, digits):
        """The keys on which these figures are printed, without Shift."""
        self.type("".join(AZERTY[digit] for digit in digits))


@pytest.fixture
def bench(qtbot, dressed):
    made = []

    def build(control):
        made.append(Bench(control))
        return made[-1]

    yield build
    for one in made:
        page_rules.discard(one.window)
