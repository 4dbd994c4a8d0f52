"""The pathway as a table: one row for each step and each gap, by first day."""

from enum import IntEnum
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from plie_desktop import reference
from plie_desktop.models.domain.dates import shown_date
from plie_desktop.models.domain.pathway import Gap, Pathway
from plie_desktop.models.domain.step import Step
from plie_desktop.text import N_, Words
from plie_desktop.views.pathway.drafts import TypedStep, typed_from
from plie_desktop.views.qt import looks, tips
from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.data_table import ROW, STATE_ROLE, DataTable
from plie_desktop.views.widgets.step_states import gap_level, step_state, step_title

Index = QModelIndex | QPersistentModelIndex
Row = Step | Gap
_Role = Qt.ItemDataRole


class Column(IntEnum):
    """Columns, from left to right."""

    TITLE = 0
    START = 1
    END = 2
    OPERATOR = 3
    STATE = 4


_TITLES: Final = {
    Column.TITLE: N_("Étape"),
    Column.START: N_("Du"),
    Column.END: N_("Au"),
    Column.OPERATOR: N_("Avec qui"),
    Column.STATE: N_("État"),
}
_WIDTHS: Final = {
    Column.START: 112,
    Column.END: 112,
    Column.OPERATOR: 176,
    Column.STATE: 158,
}
_MOST_ROWS: Final = 12


class StepTable(QAbstractTableModel):
    """Rows of one pathway."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Steps and gaps, by first day."""
        return self._rows

    def show_pathway(self, pathway: Pathway) -> None:
        """Show another pathway, or the same as it has become."""
        self.beginResetModel()
        both: tuple[Row, ...] = (*pathway.steps, *pathway.gaps)
        self._rows = tuple(sorted(both, key=lambda row: row.starts_on))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - an empty index
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self._words.say(_TITLES[Column(section)])
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        cell = self._cell(self._rows[index.row()], Column(index.column()))
        if isinstance(cell, State):
            if role == STATE_ROLE:
                return cell
            return cell.text if role in {_Role.ToolTipRole, _Role.AccessibleTextRole} else None
        if role == _Role.ToolTipRole:
            return tips.plain(self._tip(self._rows[index.row()], cell))
        return cell if role in {_Role.DisplayRole, _Role.AccessibleTextRole} else None

    def _cell(self, row: Row, column: Column) -> str | State:
        match column:
            case Column.TITLE:
                return step_title(self._words, row) if isinstance(row, Step) else self._days(row)
            case Column.START:
                return shown_date(row.starts_on)
            case Column.END:
                return self._end(row)
            case Column.OPERATOR:
                return row.operator if isinstance(row, Step) else ""
            case Column.STATE if isinstance(row, Step):
                return step_state(self._words, row.state)
            case Column.STATE:
                return gap_level(self._words, row.level)

    def _days(self, gap: Gap) -> str:
        return self._words.count("{n} jour sans étape", "{n} jours sans étape", gap.days)

    def _end(self, row: Row) -> str:
        if row.ends_on is not None:
            return shown_date(row.ends_on)
        if isinstance(row, Gap):
            return self._words.say("ce jour")
        return self._words.say("sans fin")

    def _tip(self, row: Row, cell: str) -> str:
        if not isinstance(row, Step):
            return cell
        kind = reference.load("step_types").said(row.type_code, self._words)
        return "\n".join(part for part in (cell, kind, row.place) if part)


class StepView(DataTable):
    """The table as shown, as high as its rows; N asks for a new step.

    Signals:
        new_wanted: the key N.
        step_wanted(TypedStep): a step is to be changed, or one to be planned in a gap.
        step_chosen(Step): the row where the person is; None on a gap.
    """

    new_wanted = Signal()
    step_wanted = Signal(object)
    step_chosen = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words.say("Étapes et écarts"), parent=parent)
        self._steps = model = StepTable(words, self)
        self.setModel(model)
        self.opened.connect(self._open)
        self.chosen.connect(self._choose)
        self.arrange(
            Column.TITLE, {int(c): width for c, width in _WIDTHS.items()}, (Column.OPERATOR,)
        )
        model.modelReset.connect(self.fit)

    def show_pathway(self, pathway: Pathway) -> None:
        """Show a pathway; the step where the person is stays so."""
        current = self._step(self.row())
        self._steps.show_pathway(pathway)
        if current is not None:
            ids = [row.id if isinstance(row, Step) else None for row in self._steps.rows]
            if current.id in ids:
                self.go_to(ids.index(current.id))

    def fit(self) -> None:
        """Take the height of the rows, up to a dozen."""
        count = min(_MOST_ROWS, max(1, self.verticalHeader().count()))
        head = max(looks.scaled(ROW), self.horizontalHeader().sizeHint().height())
        self.setFixedHeight(head + count * looks.scaled(ROW) + 8)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N and not event.modifiers():
            self.new_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        wanted = self._steps.rows[row]
        if isinstance(wanted, Gap):
            self.step_wanted.emit(TypedStep(starts_on=wanted.starts_on.isoformat()))
        else:
            self.step_wanted.emit(typed_from(wanted))

    def _choose(self, row: int) -> None:
        self.step_chosen.emit(self._step(row))

    def _step(self, row: int) -> Step | None:
        rows = self._steps.rows
        found = rows[row] if 0 <= row < len(rows) else None
        return found if isinstance(found, Step) else None
