"""Search as one types."""

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.button import IconButton

PAUSE_MS: Final = 100
"""How long the keys must rest before the search is asked for."""


class SearchBox(QLineEdit):
    """A line with a magnifier; Escape clears it, Enter searches at once, Down leaves for the list.

    Signals:
        searched(str): the text after a short rest of the keys, without spaces around it.
        entered(): Enter was pressed.
        list_wanted(): Down was pressed.
    """

    searched = Signal(str)
    entered = Signal()
    list_wanted = Signal()

    def __init__(self, words: Words, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)
        self._rest.timeout.connect(self._search)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setProperty("elides", True)
        self._glass = QLabel(self)
        icons.dress(self._glass, "search", "muted")
        self._wipe = IconButton("close", words.say("Effacer la recherche"), parent=self)
        # Escape does the same from the keyboard.
        self._wipe.setObjectName("wipe")
        self._wipe.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._wipe.setCursor(Qt.CursorShape.ArrowCursor)
        self._wipe.hide()
        self._wipe.clicked.connect(self.wipe)
        self.textChanged.connect(self._on_text)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def wipe(self) -> None:
        """Empty the line and tell it at once."""
        self.clear()
        self._rest.stop()
        self._search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        glass, wipe = self._glass.sizeHint(), self._wipe.sizeHint()
        middle = self.height() // 2
        self._glass.setGeometry(12, middle - glass.height() // 2, glass.width(), glass.height())
        left = self.width() - wipe.width() - 6
        self._wipe.setGeometry(left, middle - wipe.height() // 2, wipe.width(), wipe.height())
        self.setTextMargins(glass.width() + 8, 0, wipe.width(), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.wipe()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._rest.stop()
            self._search()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        self._wipe.setVisible(bool(text))
        self._rest.start()

    def _search(self) -> None:
        wanted = self.text().strip()
        if wanted != self._last:
            self._last = wanted
            self.searched.emit(wanted)
