"""One line of the day that can be opened."""

from dataclasses import dataclass, field
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from plie_desktop.views.qt import looks
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.label import Label


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


class EntryButton(QPushButton):
    """A name, a detail under it, a mark at the end; the whole line is pressed."""

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setAccessibleName(f"{entry.title}, {entry.detail}")
        if entry.state is not None:
            self.setAccessibleDescription(entry.state.text)
        title = Label(entry.title, "strong", wrap=True)
        detail = Label(entry.detail, "help", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(detail)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 12, 6)
        self._row.setSpacing(12)
        self._row.addLayout(words, 1)
        if entry.state is not None:
            self._row.addWidget(Chip(entry.state), 0, Qt.AlignmentFlag.AlignVCenter)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._row.sizeHint().expandedTo(QSize(0, looks.TARGET))

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize().expandedTo(QSize(looks.TARGET, looks.TARGET))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(looks.TARGET, self._row.totalHeightForWidth(width))
