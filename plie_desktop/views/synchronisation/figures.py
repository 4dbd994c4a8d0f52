"""The numbers at the top of the page."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.label import Label


@dataclass(frozen=True)
class Figures:
    """What left and what waits, in words.

    Attributes:
        waiting, files: edits that have not left, and the files they are in.
        conflicts: open ones.
        parked: edits received but not taken into account yet.
        last, last_day: hour and day of the last complete exchange.
    """

    waiting: str
    files: str
    conflicts: str
    parked: str
    last: str
    last_day: str


class Figure(Card):
    """A large number and what it counts."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._label = label
        self._number = Label("—", "display")
        self._detail = Label("", "help", wrap=True)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(2)
        self.body.addWidget(Label(label, "muted", wrap=True))
        self.body.addWidget(self._number)
        self.body.addWidget(self._detail)
        self.body.addStretch()

    def show_number(self, number: str, detail: str = "") -> None:
        self._number.setText(number)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{self._label}\u00a0: {number} {detail}".strip())


class FigureRow(QWidget):
    """The four of them side by side."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting = Figure(words.say("À envoyer"))
        self._conflicts = Figure(words.say("À trancher"))
        self._parked = Figure(words.say("En attente au siège"))
        self._last = Figure(words.say("Dernier échange"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for figure in (self._waiting, self._conflicts, self._parked, self._last):
            row.addWidget(figure, 1)

    def show_figures(self, figures: Figures) -> None:
        self._waiting.show_number(figures.waiting, figures.files)
        self._conflicts.show_number(figures.conflicts)
        self._parked.show_number(figures.parked)
        self._last.show_number(figures.last, figures.last_day)
