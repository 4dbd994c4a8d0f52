"""All the keys of the window, over the page, until Escape."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.widgets.button import IconButton
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.label import Label

_COLUMNS = 2
_WIDTH, _HEIGHT = 760, 480


class KeysPanel(QFrame):
    """A card in the middle of the window; what had the keyboard gets it back."""

    def __init__(self, words: Words, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before: QWidget | None = None
        self._card = Card(words.say("Les touches de cette fenêtre"))
        self._close = IconButton("close", words.say("Fermer"))
        self._close.clicked.connect(self.close_panel)
        self._card.add_act(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.hide()

    def fill(self, keys: Sequence[tuple[str, str]]) -> None:
        """Write keys and what they do, once."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        lines = -(-len(keys) // _COLUMNS)
        for number, (key, meaning) in enumerate(keys):
            line, column = number % lines, 2 * (number // lines)
            here = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            grid.addWidget(Label(key, "key"), line, column, here)
            grid.addWidget(Label(meaning, wrap=True), line, column + 1)
            grid.setColumnStretch(column + 1, 1)
        self._card.body.addWidget(Scroll(inside), 1)

    def turn(self) -> None:
        """Open it, or close it."""
        if self.isVisible():
            self.close_panel()
            return
        self._before = QApplication.focusWidget()
        room = self._window.rect()
        width = min(looks.scaled(_WIDTH), room.width() - 40)
        height = min(looks.scaled(_HEIGHT), room.height() - 40)
        self.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_panel(self) -> None:
        """Put it away."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
