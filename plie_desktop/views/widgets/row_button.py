"""A whole line that is pressed: words that wrap, a detail under them, a mark at the end."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from plie_desktop.views.qt import looks
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.label import Label


class RowButton(QPushButton):
    """A button as wide as its list; its words are never cut."""

    def __init__(
        self,
        title: str,
        detail: str = "",
        state: State | None = None,
        kind: str = "quiet",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        if state is not None:
            self.setAccessibleDescription(state.text)
        self._title = Label("", "strong", wrap=True)
        self._detail = Label("", "help", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 12, 6)
        self._row.setSpacing(12)
        self._row.addLayout(words, 1)
        if state is not None:
            self._row.addWidget(Chip(state), 0, Qt.AlignmentFlag.AlignVCenter)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_words(title, detail)

    def set_words(self, title: str, detail: str = "") -> None:
        """Say something else; without a detail there is one line."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(", ".join(part for part in (title, detail) if part))

    def title(self) -> str:
        """Its first words."""
        return self._title.text()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint().expandedTo(QSize(0, looks.TARGET))

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize().expandedTo(QSize(looks.TARGET, looks.TARGET))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(looks.TARGET, self._row.totalHeightForWidth(width))
