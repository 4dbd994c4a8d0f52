"""Several answers from a long list, each found by typing."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStyleOptionButton, QVBoxLayout, QWidget

from plie_desktop.models.domain.answers import SEPARATOR
from plie_desktop.text import Words
from plie_desktop.views.qt import icons, looks, tips
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.code_search import CodeSearch
from plie_desktop.views.widgets.open_list import OpenList
from plie_desktop.views.widgets.wrap_layout import WrapLayout

_LEAST: Final = 120
_EDGES: Final = 34
"""Padding, border and the space beside the icon of a mark, in points."""


class ManyList(QWidget):
    """A `FieldWidget`: what was picked stands below the line, a press takes it back.

    The value is the codes joined by `|`; text still in the line counts as it stands, so that
    nothing typed is lost.
    """

    edited = Signal(str)
    left = Signal()
    completed = Signal()

    def __init__(self, search: CodeSearch, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._words = words
        self._picked: list[str] = []
        self._line = OpenList(search, words)
        self._line.edited.connect(self._on_edited)
        self._line.left.connect(self.left)
        self._line.completed.connect(self._on_completed)
        self._marks = QWidget()
        self._wrap = WrapLayout(self._marks, spacing=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._marks)
        self._draw()

    def value(self) -> str:
        typed = self._line.text().strip()
        return SEPARATOR.join([*self._picked, *([typed] if typed else [])])

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        parts = [part for part in value.split(SEPARATOR) if part]
        # Text that is in no list can only be what was being typed.
        typed = parts.pop() if parts and not self._search.label_of(parts[-1]) else ""
        self._picked = list(dict.fromkeys(parts))
        self._line.set_value(typed)
        self._draw()

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        self._line.set_problem(sentence, kind)

    def caret(self) -> int:
        return self._line.caret()

    def set_caret(self, caret: int) -> None:
        self._line.set_caret(caret)

    def focus_control(self) -> QWidget:
        return self._line

    def _on_edited(self, value: str) -> None:
        if self._search.label_of(value) and self._line.text() != value:
            # A choice of the list was picked, or typed to its last letter.
            self._add(value)
        self.edited.emit(self.value())

    def _on_completed(self) -> None:
        if not self._line.text():
            self.completed.emit()

    def _add(self, code: str) -> None:
        self._line.set_value("")
        if code not in self._picked:
            self._picked.append(code)
            self._draw()

    def _take_back(self, code: str) -> None:
        self._picked.remove(code)
        self._draw()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(self.value())

    def _draw(self) -> None:
        while (item := self._wrap.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for code in self._picked:
            label = self._search.label_of(code) or code
            mark = Mark(label, self._words.say("Retirer {label}", label=label))
            mark.clicked.connect(lambda _=False, code=code: self._take_back(code))
            self._wrap.addWidget(mark)
            mark.show()
        self._marks.setVisible(bool(self._picked))
        self.updateGeometry()


class Mark(Button):
    """One thing picked; pressing it takes it back."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__(label, "plain")
        icons.dress(self, "close", "neutral", 16)
        self.setProperty("pill", "neutral")
        self.setProperty("elides", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setAccessibleName(name)
        self.setToolTip(tips.plain(label))

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.scaled(_LEAST), super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        room = self.width() - self.iconSize().width() - _EDGES
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
