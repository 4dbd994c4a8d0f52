"""One person's pathway."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.banner import Banner


class PathwayPage(QWidget):
    """One person's pathway."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pathway")
        self.banner = Banner(words)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addStretch()
