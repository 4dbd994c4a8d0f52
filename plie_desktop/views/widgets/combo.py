"""A short list that folds away, for settings."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from plie_desktop.views.widgets.choice_buttons import Choice
from plie_desktop.views.widgets.field_widget import mark_problem


class Combo(QComboBox):
    """A `FieldWidget` over a folded list; the wheel scrolls the page, never the answer."""

    edited = Signal(str)
    left = Signal()
    completed = Signal()

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for choice in choices:
            self.addItem(choice.label, choice.code)
        self.activated.connect(self._on_activated)

    def value(self) -> str:
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        self.setCurrentIndex(self.findData(value))

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        mark_problem(self, sentence, kind)

    def caret(self) -> int:
        return 0

    def set_caret(self, caret: int) -> None:
        """A folded list has no cursor."""

    def focus_control(self) -> QWidget:
        return self

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_activated(self, _index: int) -> None:
        self.edited.emit(self.value())
        self.left.emit()
