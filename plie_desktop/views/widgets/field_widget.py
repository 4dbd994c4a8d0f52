"""What every control that answers one question has in common."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from plie_desktop.views.qt import looks


@runtime_checkable
class FieldWidget(Protocol):
    """A control that holds one answer as canonical text.

    Canonical text is what is stored: ISO days, phone figures without spaces, codes of a list
    (several joined by `|`). What cannot be read as such is given back as typed, never cleared.

    Signals:
        edited(str): the value, at each key or choice of the person (not at `set_value`).
        left(): the keyboard left the control, or Enter was pressed in it.
        completed(): nothing more can be added (Enter, a figure key on a choice, the last figure
            of a day): the form may go on to the next question.
    """

    @property
    def edited(self) -> SignalInstance: ...

    @property
    def left(self) -> SignalInstance: ...

    @property
    def completed(self) -> SignalInstance: ...

    def value(self) -> str:
        """The answer as canonical text; empty for none."""
        ...

    def set_value(self, value: str) -> None:
        """Show an answer without emitting `edited`."""
        ...

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        """Mark the control (error or warning) and tell a screen reader why; empty clears it."""
        ...

    def caret(self) -> int:
        """Where the person is in it: characters before the cursor, or the choice's number."""
        ...

    def set_caret(self, caret: int) -> None:
        """Put the person back there; `QWidget.cursor` is the mouse's."""
        ...

    def focus_control(self) -> QWidget:
        """The widget that takes the keyboard."""
        ...


def mark_problem(control: QWidget, sentence: str, kind: str) -> None:
    """Draw the edge of a control in the colour of its problem, and describe it to the reader."""
    looks.mark(control, "problem", kind if sentence else "")
    control.setAccessibleDescription(sentence)
