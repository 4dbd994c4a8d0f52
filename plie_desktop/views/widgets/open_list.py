"""A list found by typing that also opens whole, for those who do not know its words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.button import IconButton
from plie_desktop.views.widgets.code_search import CodeSearch
from plie_desktop.views.widgets.list_picker import ListPicker


class OpenList(ListPicker):
    """A `ListPicker` over an official list: Down, or the arrow at its end, opens all of it."""

    def __init__(self, search: CodeSearch, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(search.suggest, search.label_of, words, parent=parent)
        self._search = search
        self.setPlaceholderText(words.say("Tapez ou choisissez"))
        self._arrow = IconButton("chevron-down", words.say("Toute la liste"), parent=self)
        # Down does the same from the keyboard.
        self._arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrow.setCursor(Qt.CursorShape.ArrowCursor)
        self._arrow.clicked.connect(self.open_list)

    def open_list(self) -> None:
        """Offer every entry, the one chosen in sight."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.offer(self._search.suggest(""), self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_open():
            self.open_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        arrow = self._arrow.sizeHint()
        left, top = self.width() - arrow.width() - 6, (self.height() - arrow.height()) // 2
        self._arrow.setGeometry(left, top, arrow.width(), arrow.height())
        self.setTextMargins(0, 0, arrow.width(), 0)
