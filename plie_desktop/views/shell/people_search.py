"""Search from anywhere: a few letters, a name, the file."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.search_box import SearchBox

MOST: Final = 7
"""People shown under the box at once."""
_WIDTH: Final = 420


class PeopleSearch(QObject):
    """The box in the bar, and under it the people found.

    Signals:
        searched(str): letters to search for.
        chosen(UUID): the person whose file is to be opened.
    """

    searched = Signal(str)
    chosen = Signal(object)

    def __init__(self, words: Words, window: QWidget) -> None:
        super().__init__(window)
        self._words = words
        self._speech = Speech(words)
        self._window = window
        self._found: tuple[ParticipantLine, ...] = ()
        self._search = ""
        self._enter_waits = False
        self.box = SearchBox(words, words.say("Chercher une personne"))
        self.box.setToolTip(told(Act.SEARCH))
        self.box.searched.connect(self._on_searched)
        self.box.entered.connect(self._on_entered)
        self.box.list_wanted.connect(self._to_list)
        self._panel = QFrame(window)
        self._nobody = Label("", "muted", wrap=True)
        self._nobody.setContentsMargins(14, 12, 14, 12)
        self._lines = QStringListModel(self)
        self._list = QListView()
        self._list.setProperty("role", "popup")
        self._list.setAccessibleName(words.say("Personnes trouvées"))
        self._list.setModel(self._lines)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._on_picked)
        self._list.activated.connect(self._on_picked)
        self._list.installEventFilter(self)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._nobody)
        column.addWidget(self._list)
        self._panel.hide()

    def take_keyboard(self) -> None:
        """Put the keyboard in the box, what stands there selected."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def show_found(self, search: str, lines: Sequence[ParticipantLine]) -> None:
        """Show who was found; an answer to letters typed before is ignored."""
        if search != self.box.text().strip():
            return
        self._search = search
        self._found = tuple(lines[:MOST])
        self._lines.setStringList([self._told(line) for line in self._found])
        nobody = self._words.say("Personne de ce nom sur ce portable.")
        self._nobody.setText(nobody)
        self._nobody.setVisible(not self._found)
        # The list has an edge of its own.
        looks.mark(self._panel, "role", "" if self._found else "card")
        self._list.setVisible(bool(self._found))
        found = self._words.count("{n} personne", "{n} personnes", len(self._found))
        announce(self.box, found if self._found else nobody)
        self._place()
        if self._enter_waits and self._found:
            self._choose(0)
        self._enter_waits = False

    def found(self) -> tuple[ParticipantLine, ...]:
        """Who is shown now."""
        return () if self._panel.isHidden() else self._found

    def close_list(self) -> None:
        """Put the people found away."""
        self._panel.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._on_picked(self._list.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_list()
                self.take_keyboard()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.close_list()
        return super().eventFilter(watched, event)

    def _on_searched(self, search: str) -> None:
        if search:
            self.searched.emit(search)
        else:
            self.close_list()

    def _on_entered(self) -> None:
        if self._is_answered():
            self._choose(0)
        else:
            self._enter_waits = bool(self.box.text().strip())

    def _to_list(self) -> None:
        if self._is_answered():
            self._place()
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._list.setCurrentIndex(self._lines.index(0, 0))

    def _is_answered(self) -> bool:
        """Whether someone was found for the very letters in the box, put away or not."""
        return bool(self._found) and self._search == self.box.text().strip()

    def _on_picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self._choose(index.row())

    def _choose(self, row: int) -> None:
        chosen = self._found[row].id
        self.close_list()
        self.box.wipe()
        self.chosen.emit(chosen)

    def _told(self, line: ParticipantLine) -> str:
        born = self._speech.short_day(line.birth_date) if line.birth_date else ""
        parts = (line.display_name, born, line.commune)
        return " · ".join(part for part in parts if part)

    def _place(self) -> None:
        below = self.box.mapTo(self._window, QPoint(0, self.box.height() + 4))
        width = min(max(self.box.width(), looks.scaled(_WIDTH)), self._window.width() - 24)
        left = min(below.x(), self._window.width() - width - 12)
        lines = len(self._found)
        self._list.setFixedHeight(lines * self._list.sizeHintForRow(0) + 12 if lines else 0)
        self._panel.setGeometry(left, below.y(), width, 0)
        self._panel.resize(width, self._panel.sizeHint().height())
        self._panel.show()
        self._panel.raise_()
