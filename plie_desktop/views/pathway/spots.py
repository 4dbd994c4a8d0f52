"""Where the person is on the page: which field has the keyboard, and the cursor in it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from plie_desktop.models.domain.national_number import REFUSED, holds_national_number
from plie_desktop.text import Words
from plie_desktop.views.widgets.field_row import FieldRow


class Spots(QObject):
    """The fields of a page by their keys, heard together.

    Signals:
        edited: something was typed in one of them.
        left: the keyboard left one of them.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, rows: Mapping[str, FieldRow], words: Words, page: QWidget) -> None:
        super().__init__(page)
        self._rows = dict(rows)
        self._words = words
        self._page = page
        for row in self._rows.values():
            row.control.edited.connect(self.edited)
            row.control.left.connect(partial(self._on_left, row))

    def spot(self) -> tuple[str, int]:
        """The field that has the keyboard, or had it last, and the cursor; nothing for none."""
        focused = self._page.focusWidget()
        for key, row in self._rows.items():
            target = row.control.focus_control()
            if target == focused and row.isVisibleTo(self._page):
                return key, row.control.caret()
        return "", 0

    def go(self, key: str, caret: int) -> bool:
        """Put the keyboard back in a field; False when it is not in sight."""
        row = self._rows.get(key)
        if row is None or not row.isVisibleTo(self._page):
            return False
        row.control.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)
        row.control.set_caret(caret)
        return True

    def _on_left(self, row: FieldRow) -> None:
        # Said at once: such a field is in no draft either.
        refused = self._words.say(REFUSED)
        if holds_national_number(row.control.value()):
            row.set_problem(refused)
        elif row.problem() == refused:
            row.set_problem("")
        self.left.emit()
