"""An answer from a long list, found by typing a part of it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.widgets.choice_buttons import Choice
from plie_desktop.views.widgets.text_field import TextField

Suggest = Callable[[str], Sequence[Choice]]
"""The choices that fit what was typed, best first; called at each key, so it must be quick."""
LabelOf = Callable[[str], str]
"""The words of a code; empty when there is no such code."""
_SHOWN: Final = 10
_FOR_THE_LIST: Final = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down}
)


class ListPicker(TextField):
    """A `FieldWidget` for communes, jobs, countries; the value is the code that was picked.

    Arrows walk the list, Enter and Tab pick, Escape closes it. Text that fits nothing stays
    and is the value as typed; text that is exactly a choice's words picks it.
    """

    def __init__(
        self,
        suggest: Suggest,
        label_of: LabelOf,
        words: Words,
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._suggest = suggest
        self._label_of = label_of
        self._words = words
        self._code = ""
        self._offered: tuple[Choice, ...] = ()
        self._lines = QStringListModel(self)
        self._list = QCompleter(self._lines, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list.setMaxVisibleItems(_SHOWN)
        self._popup = QListView()
        self._popup.setProperty("role", "popup")
        self._popup.setAccessibleName(words.say("Propositions"))
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setPopup(self._popup)
        self._list.setWidget(self)
        self._list.activated.connect(self._on_picked)

    def value(self) -> str:
        return self._code or self.text().strip()

    def set_value(self, value: str) -> None:
        if value == self.value():
            return
        label = self._label_of(value) if value else ""
        self._code = value if label else ""
        self.setText(label or value)

    def is_open(self) -> bool:
        """Whether the choices are in sight, and arrows walk them."""
        return self._popup.isVisible()

    def choices(self) -> tuple[Choice, ...]:
        """What is offered for the text as it stands."""
        return self._offered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_open() and event.key() in _FOR_THE_LIST:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        if self.is_open():
            self._popup.hide()
            self._on_picked(str(self._popup.currentIndex().data()))
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()
        super().focusOutEvent(event)

    def _on_edited(self, text: str) -> None:
        typed = text.strip()
        fitting = tuple(self._suggest(typed))[:_SHOWN] if typed else ()
        exact = [c.code for c in fitting if _as_typed(c.label) == _as_typed(typed)]
        self._code = exact[0] if len(exact) == 1 else ""
        self.offer(fitting, self._code)
        self.edited.emit(self.value())

    def offer(self, choices: Sequence[Choice], current: str = "") -> None:
        """Open the list on these choices, at the code `current`; close it when there are none."""
        self._offered = tuple(choices)
        codes = [choice.code for choice in self._offered]
        self._lines.setStringList([choice.label for choice in self._offered])
        if not codes:
            self._popup.hide()
            return
        self._list.complete()
        line = codes.index(current) if current in codes else 0
        self._popup.setCurrentIndex(self._list.completionModel().index(line, 0))
        announce(self, self._words.count("{n} proposition", "{n} propositions", len(codes)))

    def _on_picked(self, label: str) -> None:
        row = self._popup.currentIndex().row()
        fitting = [choice for choice in self._offered if choice.label == label]
        # Two places may bear the same name: the line tells which.
        choice = self._offered[row] if 0 <= row < len(self._offered) else fitting[0]
        self._code = choice.code
        self.setText(choice.label)
        self.edited.emit(self.value())


def _as_typed(label: str) -> str:
    """Case and the space before a mark are no difference: nobody types them as they are shown."""
    return label.replace("\u00a0", " ").casefold()
