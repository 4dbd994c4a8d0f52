"""One line of text, and figures of a known number."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from plie_desktop.views.qt import looks
from plie_desktop.views.widgets.digits import digit
from plie_desktop.views.widgets.field_widget import mark_problem


class TextField(QLineEdit):
    """A `FieldWidget` for one line; the value is the text without spaces around it."""

    edited = Signal(str)
    left = Signal()
    completed = Signal()

    def __init__(
        self, limit: int = 0, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if limit:
            self.setMaxLength(limit)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_return)

    def value(self) -> str:
        return self.text().strip()

    def set_value(self, value: str) -> None:
        if value != self.value():
            self.setText(value)

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        mark_problem(self, sentence, kind)

    def caret(self) -> int:
        return self.cursorPosition()

    def set_caret(self, caret: int) -> None:
        self.setCursorPosition(caret)

    def focus_control(self) -> QWidget:
        return self

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _on_edited(self, _text: str) -> None:
        self.edited.emit(self.value())

    def _on_return(self) -> None:
        self.left.emit()
        self.completed.emit()


class DigitField(TextField):
    """Text that is mostly figures: the AZERTY row works without Shift, pauses shape it.

    Subclasses say how typed text is shaped (`shape`) and when it is whole (`is_whole`); text
    that is not theirs to shape stays as typed.
    """

    def __init__(
        self, length: int = 0, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(0, placeholder, parent)
        self._length = length
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setFont(looks.tabular(self.font()))

    def shape(self, text: str) -> str:
        """The text as it is shown while it is typed; by default as it is."""
        return text

    def is_whole(self) -> bool:
        """Whether nothing more can be added."""
        return bool(self._length) and self.text().isdigit() and len(self.text()) == self._length

    def keyPressEvent(self, event: QKeyEvent) -> None:
        figure = digit(event)
        if not figure:
            super().keyPressEvent(event)
            return
        if not self.isReadOnly() and not self._is_full():
            self.insert(figure)
            self._on_edited(self.text())
            if self.is_whole() and self.cursorPosition() == len(self.text()):
                self.completed.emit()
        event.accept()

    def _is_full(self) -> bool:
        return not self.hasSelectedText() and self.is_whole()

    def _on_edited(self, _text: str) -> None:
        self._reshape()
        self.edited.emit(self.value())

    def _reshape(self) -> None:
        text = self.text()
        shaped = self.shape(text)
        if shaped == text:
            return
        before = sum(c.isdigit() for c in text[: self.cursorPosition()])
        at_end = self.cursorPosition() == len(text)
        self.setText(shaped)
        self.setCursorPosition(len(shaped) if at_end else _after_digits(shaped, before))


def _after_digits(text: str, count: int) -> int:
    """The place in `text` just after its `count`-th figure."""
    for place, character in enumerate(text):
        if count == 0:
            return place
        count -= character.isdigit()
    return len(text)
