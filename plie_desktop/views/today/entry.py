"""One line of the day that can be opened."""

from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtWidgets import QWidget

from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.row_button import RowButton


@dataclass(frozen=True)
class Entry:
    """What a line says and whom it opens.

    Attributes:
        title: who.
        detail: when, where, since when.
        state: a mark at the end, when there is something to say.
    """

    participant_id: UUID
    title: str = field(repr=False)
    detail: str
    state: State | None = None


class EntryButton(RowButton):
    """The line on the screen."""

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(entry.title, entry.detail, entry.state, parent=parent)
        self.entry = entry
