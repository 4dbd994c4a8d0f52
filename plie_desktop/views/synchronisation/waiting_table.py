"""Files that have not left, as a table."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)

from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.widgets.data_table import ROW, DataTable

MOST_ROWS: Final = 10
"""What the page makes room for; the table scrolls beyond."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class WaitingTable(QAbstractTableModel):
    """Name, number of edits, since when: a tuple of rows, replaced as a whole."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, str, str], ...] = ()
        self._headers = (words.say("Nom"), words.say("Réponses"), words.say("Depuis"))

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self._rows[index.row()])
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None


class WaitingList(DataTable):
    """As high as its rows, up to a bound."""

    def sizeHint(self) -> QSize:
        rows = min(MOST_ROWS, self.verticalHeader().count())
        # One more for the titles, and the edges.
        return QSize(super().sizeHint().width(), looks.scaled(ROW) * (rows + 1) + 8)
