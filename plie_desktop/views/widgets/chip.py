"""What a state says: an icon, a word and a colour, never the colour alone."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from plie_desktop.views.qt import icons, looks
from plie_desktop.views.widgets.label import Label

ICONS: Final = {
    "ok": "check-circle",
    "warning": "warning",
    "error": "error",
    "info": "info",
    "conflict": "conflict",
    "neutral": "clock",
}
"""Kinds of state and the icon they have unless told otherwise."""


@dataclass(frozen=True)
class State:
    """A state to show.

    Attributes:
        kind: one of `ICONS`.
        text: the word, translated.
        icon: name of another icon than the kind's.
    """

    kind: str
    text: str
    icon: str = ""

    @property
    def icon_name(self) -> str:
        return self.icon or ICONS[self.kind]


class Chip(QFrame):
    """A small rounded mark beside the thing whose state it tells."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._word = Label()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 12, 2)
        row.setSpacing(6)
        row.addWidget(self._picture)
        row.addWidget(self._word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def set_state(self, state: State) -> None:
        self._word.setText(state.text)
        icons.dress(self._picture, state.icon_name, state.kind, 16)
        self.setAccessibleName(state.text)
        looks.mark(self, "chip", state.kind)
