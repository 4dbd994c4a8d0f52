"""A card of short lines: steps, meetings, plans."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.views.participant_file.shown import NoteLine
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.chip import Chip
from plie_desktop.views.widgets.label import Label


class Notes(Card):
    """Lines one under the other, or one sentence when there is none."""

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._empty = empty
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.body.addLayout(self._lines)

    def show_lines(self, lines: Sequence[NoteLine]) -> None:
        """Show other lines."""
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._lines.addWidget(_line(line))
        if not lines:
            self._lines.addWidget(Label(self._empty, "muted", wrap=True))


def _line(line: NoteLine) -> QWidget:
    shown = QWidget()
    row = QHBoxLayout(shown)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(Label(line.what, wrap=True))
    if line.when:
        names.addWidget(Label(line.when, "help", wrap=True))
    row.addLayout(names, 1)
    if line.state is not None:
        row.addWidget(Chip(line.state), 0, Qt.AlignmentFlag.AlignVCenter)
    return shown
