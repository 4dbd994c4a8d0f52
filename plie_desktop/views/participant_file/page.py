"""One person's file."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.banner import Banner


class ParticipantFilePage(QWidget):
    """One person's file."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("participant-file")
        self.banner = Banner(words)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addStretch()
