"""Finding someone among the files of this laptop."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.banner import Banner


class ParticipantsPage(QWidget):
    """Finding someone among the files of this laptop."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("participants")
        self.banner = Banner(words)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addStretch()
