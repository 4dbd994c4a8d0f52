"""The state of the exchange with headquarters, always in sight."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from plie_desktop.views.qt import icons, looks, tips
from plie_desktop.views.widgets.chip import State

_PADDING: Final = 14
_SPACING: Final = 4


class SyncPill(QPushButton):
    """An icon and one or two lines of words, each cut at need; the whole is in the tooltip."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("elides", True)
        self.set_state(state)

    def set_state(self, state: State) -> None:
        """Show a state."""
        self.setText(state.text.replace("&", "&&"))
        said = state.text.replace("\n", " — ")
        self.setAccessibleName(said)
        self.setToolTip(tips.plain(said))
        icons.dress(self, state.icon_name, state.kind, 18)
        looks.mark(self, "pill", state.kind)

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.scaled(120), super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        metrics = self.fontMetrics()
        edges = 2 * (_PADDING + looks.colours().border_width)
        room = self.width() - self.iconSize().width() - _SPACING - edges
        right = Qt.TextElideMode.ElideRight
        cut = (metrics.elidedText(line, right, room) for line in self.text().split("\n"))
        option.text = "\n".join(cut)
