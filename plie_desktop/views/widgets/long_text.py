"""Several lines of text."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.field_widget import mark_problem
from plie_desktop.views.widgets.label import Label

_NEARLY_FULL: Final = 0.9


class LongText(QWidget):
    """A `FieldWidget` that grows with its text; Tab leaves it, Ctrl+Enter completes it.

    Text beyond `limit` is counted, never cut: the sentence under the field says what to do.
    """

    edited = Signal(str)
    left = Signal()
    completed = Signal()

    def __init__(
        self,
        words: Words,
        limit: int = 0,
        *,
        lines: tuple[int, int] = (3, 10),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._limit = limit
        self._lines = lines
        self._quiet = False
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.installEventFilter(self)
        self._edit.textChanged.connect(self._on_changed)
        self._count = Label("", "help")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._edit)
        column.addWidget(self._count)
        self._tell_count()
        self._grow()

    def value(self) -> str:
        return self._edit.toPlainText().strip()

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        self._quiet = True
        self._edit.setPlainText(value)
        self._quiet = False

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        mark_problem(self._edit, sentence, kind)

    def caret(self) -> int:
        return self._edit.textCursor().position()

    def set_caret(self, caret: int) -> None:
        at = self._edit.textCursor()
        at.setPosition(min(caret, self._edit.document().characterCount() - 1))
        self._edit.setTextCursor(at)

    def focus_control(self) -> QWidget:
        return self._edit

    def go_to_end(self) -> None:
        self._edit.moveCursor(QTextCursor.MoveOperation.End)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                # The page's own Ctrl+Enter still hears the key.
                self.left.emit()
                event.ignore()
                return True
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._grow()
        return super().eventFilter(watched, event)

    def _on_changed(self) -> None:
        self._tell_count()
        self._grow()
        if not self._quiet:
            self.edited.emit(self.value())

    def _tell_count(self) -> None:
        length = len(self._edit.toPlainText())
        self._count.setVisible(bool(self._limit) and length >= self._limit * _NEARLY_FULL)
        self._count.setText(
            self._words.say("{length} caractères sur {limit}", length=length, limit=self._limit)
        )

    def _grow(self) -> None:
        least, most = self._lines
        document = self._edit.document()
        wanted = int(document.documentLayout().documentSize().height())
        lines = min(most, max(least, wanted))
        margins = self._edit.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * int(document.documentMargin())
        self._edit.setFixedHeight(lines * self._edit.fontMetrics().lineSpacing() + around)
