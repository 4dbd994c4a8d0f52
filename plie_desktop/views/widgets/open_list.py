"""A list found by typing that also opens whole, for those who do not know its words."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.code_search import CodeSearch
from plie_desktop.views.widgets.list_picker import ListPicker


class OpenList(ListPicker):
    """A `ListPicker` over an official list: Down, or the arrow at its end, opens all of it."""

    def __init__(self, search: CodeSearch, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(search.suggest, search.label_of, words, parent=parent)
        self._search = search
        self.setPlaceholderText(words.say("Tapez ou choisissez"))
        self._arrow = self.addAction(
            icons.icon("chevron-down", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._arrow.setToolTip(words.say("Toute la liste"))
        self._arrow.triggered.connect(self.open_list)

    def open_list(self) -> None:
        """Offer every entry, the one chosen in sight."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.offer(self._search.suggest(""), self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_list()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_arrow"):
            self._arrow.setIcon(icons.icon("chevron-down", "muted"))
