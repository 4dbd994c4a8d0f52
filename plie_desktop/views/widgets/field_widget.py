"""What every control that answers one question has in common."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget


@runtime_checkable
class FieldWidget(Protocol):
    """A control that holds one answer as canonical text.

    Canonical text is what is stored: ISO days, phone digits without spaces, codes of a list
    (several joined by `|`). What cannot be read as such is given back as typed, never cleared.

    Signals:
        edited(str): the value, at each key or choice of the person (not at `set_value`).
        left(): the keyboard left the control, or Enter was pressed in it.
    """

    @property
    def edited(self) -> SignalInstance: ...

    @property
    def left(self) -> SignalInstance: ...

    def value(self) -> str:
        """The answer as canonical text; empty for none."""
        ...

    def set_value(self, value: str) -> None:
        """Show an answer without emitting `edited`."""
        ...

    def set_problem(self, sentence: str) -> None:
        """Mark the control and tell a screen reader why; an empty sentence clears it."""
        ...

    def cursor(self) -> int:
        """Where the person is in it: characters before the cursor, or the choice's number."""
        ...

    def set_cursor(self, cursor: int) -> None:
        """Put the person back there."""
        ...

    def focus_control(self) -> QWidget:
        """The widget that takes the keyboard."""
        ...
