"""The band of the main pages at the left."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from plie_desktop.views.qt import icons, looks
from plie_desktop.views.widgets.label import Label

WIDE: Final = 196
NARROW: Final = 64
NARROW_BELOW: Final = 900
"""Width of the window, in points at a text size of 100 %, under which only icons are shown."""
_BIG_TEXT: Final = 150
_ICON: Final = 22
_BRAND: Final = 40
_AROUND: Final = 36
_MARGIN: Final = 8


@dataclass(frozen=True)
class RailItem:
    """One line of the rail.

    Attributes:
        key: what `Rail.chosen` tells.
        icon: name of the icon.
        label: translated words.
        shortcut: the key as it is told to people, such as "Ctrl+1".
    """

    key: str
    icon: str
    label: str
    shortcut: str = ""


class RailButton(QPushButton):
    """An icon and words, or the icon alone with the words in its tooltip."""

    def __init__(self, item: RailItem, *, lasting: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self.setCheckable(lasting)
        self.setAutoDefault(False)
        self.setAccessibleName(item.label)
        self.setAccessibleDescription(item.shortcut)
        self.setProperty("compact", "false")
        self.toggled.connect(self._dress)
        self.set_compact(compact=False)

    @property
    def key(self) -> str:
        return self._item.key

    def set_compact(self, *, compact: bool) -> None:
        """Show the icon alone, or with its words."""
        label, shortcut = self._item.label, self._item.shortcut
        self.setText("" if compact else label.replace("&", "&&"))
        self._dress()
        told = f"{label} ({shortcut})" if shortcut else label
        self.setToolTip(told)
        looks.mark(self, "compact", "true" if compact else "false")

    def width_wanted(self) -> int:
        """Room for the icon and the words in bold, as they are when the page is in sight."""
        font = QFont(self.font())
        font.setBold(True)
        words = QFontMetrics(font).horizontalAdvance(self._item.label)
        return words + looks.scaled(_ICON) + _AROUND

    def _dress(self) -> None:
        ink = "on_rail_selected" if self.isChecked() else "rail_text"
        icons.dress(self, self._item.icon, ink, _ICON)


class Rail(QFrame):
    """The main pages above, acts such as locking below.

    Signals:
        chosen(str): key of the page the person wants.
        asked(str): key of the act at the bottom.
    """

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(
        self,
        name: str,
        pages: Sequence[RailItem],
        acts: Sequence[RailItem] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName(name)
        self._brand = _Brand()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 16)
        column.setSpacing(6)
        column.addWidget(self._brand)
        column.addSpacing(16)
        self._pages = [RailButton(item, lasting=True) for item in pages]
        self._acts = [RailButton(item, lasting=False) for item in acts]
        for button in self._pages:
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch()
        for button in self._acts:
            button.clicked.connect(self._on_act)
            column.addWidget(button)
        self._group.buttonClicked.connect(self._on_page)
        self.set_compact(compact=False)

    def show_current(self, key: str) -> None:
        """Mark the page in sight without telling `chosen`."""
        for button in self._pages:
            if button.key == key:
                button.setChecked(True)

    def fit_to(self, window_width: int) -> None:
        """Show words or icons alone, as the window's width and the size of text allow."""
        self.set_compact(
            compact=window_width < looks.scaled(NARROW_BELOW) or looks.text_percent() >= _BIG_TEXT
        )

    def set_compact(self, *, compact: bool) -> None:
        widest = max((button.width_wanted() for button in self.buttons()), default=0)
        wide = max(looks.scaled(WIDE), widest + 2 * _MARGIN)
        self.setFixedWidth(NARROW if compact else wide)
        self._brand.set_compact(compact=compact)
        for button in (*self._pages, *self._acts):
            button.set_compact(compact=compact)

    def buttons(self) -> tuple[RailButton, ...]:
        """From top to bottom."""
        return (*self._pages, *self._acts)

    def _on_page(self, button: RailButton) -> None:
        self.chosen.emit(button.key)

    def _on_act(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.asked.emit(button.key)


class _Brand(QWidget):
    """The name of the program."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = QLabel()
        self._name = Label("PLIE Desktop", "strong")
        self._row = QVBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._name)

    def set_compact(self, *, compact: bool) -> None:
        side = 0 if compact else 8
        self._row.setContentsMargins(side, 0, side, 0)
        self._name.setVisible(not compact)
        # The mark does not grow with the text where the band does not.
        extent = _BRAND * 100 // looks.text_percent() if compact else _BRAND
        icons.dress(self._mark, "brand", "rail_text", extent)
        where = Qt.AlignmentFlag.AlignHCenter if compact else Qt.AlignmentFlag.AlignLeft
        self._mark.setAlignment(where)
