"""A form built from the declarations of its questions; it shows and reports, it decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QScrollArea, QWidget

from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.intake_form import Field
from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.widgets import fields
from plie_desktop.views.widgets.answer_control import AnswerControl
from plie_desktop.views.widgets.field_row import FieldRow

ROOM_FOR_TWO: Final = 540
"""Least width, in points at 100 % text, at which questions stand in two columns."""
_COLUMNS: Final = 2
_AROUND: Final = 12
"""What is seen above and below the question in hand, in points."""


@dataclass(frozen=True)
class _Line:
    """One question on the screen."""

    field: Field
    row: FieldRow
    control: AnswerControl


class Form(QWidget):
    """Questions in one or two columns, in the order of their declarations.

    Signals:
        answered(str, Answer | None): key of the question and what it says now, at each key.
        left(str): the keyboard left the question, or Enter was pressed in it.
        entered(str): the keyboard came to the question.
        moved: the cursor may have moved within the question.
        finished: the last question was completed.
    """

    answered = Signal(str, object)
    left = Signal(str)
    entered = Signal(str)
    moved = Signal()
    finished = Signal()

    def __init__(
        self, questions: Iterable[Field], words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: dict[str, _Line] = {}
        self._focused = ""
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        # A page that is just being shown lays its questions out after the keyboard came.
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.timeout.connect(self._bring_in_sight)
        for field in questions:
            self._add(field)
        self._arrange(_COLUMNS)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the questions, in order."""
        return tuple(self._lines)

    def show_answer(self, key: str, answer: Answer | None) -> None:
        """Show what is kept, without telling `answered`."""
        self._lines[key].control.show_answer(answer)

    def answer(self, key: str) -> Answer | None:
        """What the question says now."""
        return self._lines[key].control.answer()

    def show_problem(self, key: str, sentence: str, kind: str = "error") -> None:
        """Show one sentence under a question; an empty one takes it away."""
        row = self._lines[key].row
        if row.problem() != sentence:
            row.set_problem(sentence, kind)

    def problem(self, key: str) -> str:
        """The sentence under a question."""
        return self._lines[key].row.problem()

    def has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def caret(self) -> int:
        """Where the person is in that question."""
        return self._lines[self._focused].control.caret() if self._focused else 0

    def take_keyboard(self, key: str, caret: int | None = None) -> None:
        """Put the keyboard in a question, at a place of its text when one is given."""
        line = self._lines[key]
        line.control.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)
        if caret is not None:
            line.control.set_caret(caret)

    def open_states(self) -> None:
        """Let the person say why the question in hand has no answer."""
        if self._focused:
            self._lines[self._focused].control.open_menu()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= looks.scaled(ROOM_FOR_TWO)
        self._arrange(_COLUMNS if wide else 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease}:
            self.moved.emit()
        return super().eventFilter(watched, event)

    def _add(self, field: Field) -> None:
        control = AnswerControl(fields.control_for(field, self._words), self._words)
        row = FieldRow(self._words.say(field.label), control)
        row.setObjectName(field.key)
        key = field.key
        control.edited.connect(lambda _value: self.answered.emit(key, control.answer()))
        control.state_chosen.connect(lambda _state: self.answered.emit(key, control.answer()))
        control.left.connect(lambda: self.left.emit(key))
        control.completed.connect(lambda: self._go_on(key))
        control.focus_control().installEventFilter(self)
        if field.why:
            control.focus_control().setAccessibleDescription(self._words.say(field.why))
        self._lines[key] = _Line(field, row, control)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number in range(self._grid.rowCount()):
            self._grid.setRowStretch(number, 0)
        place, line_number = 0, 0
        for line in self._lines.values():
            span = columns if fields.is_wide(line.field, self._words) else 1
            if place + span > columns:
                place, line_number = 0, line_number + 1
            self._grid.addWidget(line.row, line_number, place, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grid.setRowStretch(line_number + 1, 1)

    def _go_on(self, key: str) -> None:
        after = self.keys[self.keys.index(key) + 1 :]
        if after:
            self.take_keyboard(after[0])
        else:
            self.finished.emit()

    def _bring_in_sight(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None or not self._focused:
            return
        row, control = self._lines[self._focused].row, QApplication.focusWidget()
        if row.height() + 2 * _AROUND <= area.viewport().height():
            area.ensureWidgetVisible(row, 0, _AROUND)
        elif control is not None and row.isAncestorOf(control):
            area.ensureWidgetVisible(control, 0, _AROUND)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        for key, line in self._lines.items():
            if line.row.isAncestorOf(new):
                self._focused = key
                self._bring_in_sight()
                self._laid_out.start(0)
                self.entered.emit(key)
                return
