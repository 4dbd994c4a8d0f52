"""Areas of a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from plie_desktop.views.widgets.label import Label


class Card(QFrame):
    """A raised area with a title, acts on the right and a column of content (`body`)."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 20)
        self.body.setSpacing(12)
        self._title = Label(title, "section", wrap=True)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._title, 1)
        self.body.addLayout(self._head)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def add_act(self, widget: QWidget) -> None:
        """Put a button or a chip at the right of the title."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


class Line(QFrame):
    """A hairline between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "line")
        self.setFixedHeight(1)


class Scroll(QScrollArea):
    """A page part that scrolls up and down only; its content keeps the width of the window."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content.setProperty("role", "scrolled")
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The controls inside take the keyboard, and the area follows them.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
