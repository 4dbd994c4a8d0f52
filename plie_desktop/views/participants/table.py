"""The list of files: ids of all of them, rows of the pages looked at."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from plie_desktop.models.domain.dates import shown_date
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.text import N_, Words
from plie_desktop.views.qt import tips
from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.data_table import STATE_ROLE, DataTable
from plie_desktop.views.widgets.file_states import file_state, record_state

PAGE: Final = 100
"""Rows read at once."""
_KEPT_PAGES: Final = 30

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class Column(IntEnum):
    """Columns, from left to right."""

    NAME = 0
    BIRTH = 1
    COMMUNE = 2
    NUMBER = 3
    STATE = 4
    SENT = 5


_TITLES: Final = {
    Column.NAME: N_("Nom"),
    Column.BIRTH: N_("Né·e le"),
    Column.COMMUNE: N_("Commune"),
    Column.NUMBER: N_("N°"),
    Column.STATE: N_("État du dossier"),
    Column.SENT: N_("Envoi"),
}
_WIDTHS: Final = {
    Column.BIRTH: 112,
    Column.COMMUNE: 124,
    Column.NUMBER: 106,
    Column.STATE: 156,
    Column.SENT: 226,
}
_GIVES_WAY: Final = (Column.NUMBER, Column.COMMUNE, Column.BIRTH)
"""What a narrow window leaves out, first to last; the file says it all."""


class PeopleTable(QAbstractTableModel):
    """Holds ids; asks for the rows of a page the first time one of them is drawn.

    Signals:
        page_wanted(int): these rows are looked at and are not here.
    """

    page_wanted = Signal(int)

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._ids: Sequence[UUID] = ()
        self._pages: dict[int, dict[UUID, ParticipantLine]] = {}
        self._asked: set[int] = set()

    @property
    def ids(self) -> Sequence[UUID]:
        """Every file of the list, in order."""
        return self._ids

    def show_ids(self, ids: Sequence[UUID], first: Sequence[ParticipantLine]) -> None:
        """Show another list, of which the first page is known."""
        self.beginResetModel()
        self._ids = ids
        self._pages = {0: {line.id: line for line in first}}
        self._asked = {0}
        self.endResetModel()

    def show_page(self, page: int, lines: Sequence[ParticipantLine]) -> None:
        """Fill in a page that was asked for; the ones read longest ago are let go."""
        self._pages[page] = {line.id: line for line in lines}
        while len(self._pages) > _KEPT_PAGES:
            oldest = next(iter(self._pages))
            del self._pages[oldest]
            self._asked.discard(oldest)
        last = min((page + 1) * PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(Column) - 1))

    def slice_of(self, page: int) -> Sequence[UUID]:
        """The ids of a page."""
        return self._ids[page * PAGE : (page + 1) * PAGE]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - an empty index
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self._words.say(_TITLES[Column(section)])
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        if role not in {
            _Role.DisplayRole,
            _Role.ToolTipRole,
            _Role.AccessibleTextRole,
            STATE_ROLE,
        }:
            return None
        line = self._line(index.row())
        if line is None:
            return "…" if role == _Role.DisplayRole and index.column() == Column.NAME else None
        cell = self._cell(line, Column(index.column()))
        if isinstance(cell, State):
            if role == STATE_ROLE:
                return cell
            return cell.text if role != _Role.DisplayRole else None
        if role == _Role.ToolTipRole:
            return tips.plain(cell)
        return cell if role != STATE_ROLE else None

    def _line(self, row: int) -> ParticipantLine | None:
        page = row // PAGE
        lines = self._pages.get(page)
        if lines is None:
            if page not in self._asked:
                self._asked.add(page)
                self.page_wanted.emit(page)
            return None
        return lines.get(self._ids[row])

    def _cell(self, line: ParticipantLine, column: Column) -> str | State:
        words = self._words
        match column:
            case Column.NAME:
                return line.display_name or words.say("Nom pas encore demandé")
            case Column.BIRTH:
                return shown_date(line.birth_date) if line.birth_date else ""
            case Column.COMMUNE:
                return line.commune
            case Column.NUMBER:
                return line.number
            case Column.STATE:
                return file_state(words, line.state)
            case Column.SENT:
                return record_state(words, line.record_state)


class PeopleView(DataTable):
    """The list as shown."""

    def __init__(self, words: Words, model: PeopleTable, parent: QWidget | None = None) -> None:
        super().__init__(words.say("Dossiers"), parent=parent)
        self.setModel(model)
        self.arrange(Column.NAME, {int(c): width for c, width in _WIDTHS.items()}, _GIVES_WAY)
