"""Tables of frozen rows."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from plie_desktop.views.qt import icons, looks
from plie_desktop.views.widgets.chip import State

ROW: Final = 36
"""Height of a row in points, at the size of text of 100 %."""
STATE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""A model returns a `State` for this role where a cell shows a chip."""
_BAR: Final = 4
_AROUND_TITLE: Final = 26
_STRETCHED: Final = 160
"""What the column that stretches keeps while others can give way, in points at 100 % text."""


class DataTable(QTableView):
    """A table one walks with arrows and leaves with Tab; Enter or a double click opens the row.

    Signals:
        opened(int): the row to open.
        chosen(int): the row that became the current one.
    """

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, name: str, empty: str = "", parent: QWidget | None = None) -> None:
        """Build an empty table.

        Args:
            name: what the table lists, for a screen reader.
            empty: sentence drawn when there is no row.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._empty = empty
        self._widths: dict[int, int] = {}
        self._gives_way: tuple[int, ...] = ()
        self._delegate = _RowDelegate(self)
        self.setAccessibleName(name)
        self.setFont(looks.tabular(self.font()))
        self.setItemDelegate(self._delegate)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._size()
        self.doubleClicked.connect(self._on_double_clicked)

    def set_empty(self, sentence: str) -> None:
        self._empty = sentence
        self.viewport().update()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        selection = self.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(self._on_current)

    def arrange(
        self, stretch: int, widths: Mapping[int, int], gives_way: Sequence[int] = ()
    ) -> None:
        """Say how wide columns are; none is narrower than its title.

        Args:
            stretch: the column that takes what is left.
            widths: points at a text size of 100 % for the others.
            gives_way: columns that a narrow window leaves out, first to last.
        """
        self._widths = dict(widths)
        self._gives_way = tuple(gives_way)
        header = self.horizontalHeader()
        for column in widths:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self._size()

    def row(self) -> int:
        """The current row, -1 for none."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make a row the current one, and bring it into view."""
        if 0 <= row < self.verticalHeader().count():
            self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held and self.row() >= 0:
            self.opened.emit(self.row())
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._empty or self.verticalHeader().count():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(looks.colours().muted))
        area = self.viewport().rect().adjusted(24, 12, -24, -12)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        painter.drawText(area, int(wrap), self._empty)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._size()

    def _size(self) -> None:
        """Rows and columns at the size of text in use."""
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(looks.scaled(ROW))
        rows.setDefaultSectionSize(looks.scaled(ROW))
        self.setMinimumHeight(looks.scaled(ROW) * 3)
        self.horizontalHeader().setMinimumSectionSize(looks.scaled(48))
        for column in self._widths:
            self.setColumnWidth(column, self._wanted_width(column))
        self._give_way()

    def _wanted_width(self, column: int) -> int:
        header = self.horizontalHeader()
        title = str(self.model().headerData(column, header.orientation()) or "")
        least = header.fontMetrics().horizontalAdvance(title) + _AROUND_TITLE
        return max(looks.scaled(self._widths[column]), least)

    def _give_way(self) -> None:
        wanted = {column: self._wanted_width(column) for column in self._widths}
        room = self.viewport().width() - looks.scaled(_STRETCHED) - sum(wanted.values())
        for column in self._gives_way:
            self.setColumnHidden(column, room < 0)
            if room < 0:
                room += wanted[column]

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())


class _RowDelegate(QStyledItemDelegate):
    """Draws lines between rows, the bar of the chosen one, and chips where there is a state."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        plain = QStyleOptionViewItem(option)
        # The bar and the ring tell where one is; a box around one cell would say it is typed in.
        plain.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, plain, index)
        state = index.data(STATE_ROLE)
        area: QRect = option.rect
        if isinstance(state, State):
            _paint_state(painter, area, state)
        edge = QRect(area.left(), area.bottom(), area.width(), 1)
        painter.fillRect(edge, QColor(looks.colours().line))
        table = self.parent()
        if isinstance(table, DataTable) and index.column() == 0 and index.row() == table.row():
            bar = QRect(area.left(), area.top(), _BAR, area.height())
            painter.fillRect(bar, QColor(looks.colours().primary))


def _paint_state(painter: QPainter, area: QRect, state: State) -> None:
    colours = looks.colours().roles()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setPixelSize(looks.size("help"))
    font.setBold(True)
    painter.setFont(font)
    side = looks.scaled(16)
    metrics = painter.fontMetrics()
    most = area.width() - 16
    words = metrics.elidedText(state.text, Qt.TextElideMode.ElideRight, most - side - 28)
    width = min(most, metrics.horizontalAdvance(words) + side + 28)
    height = metrics.height() + 6
    chip = QRect(area.left() + 8, area.center().y() - height // 2, width, height)
    tint, ink = colours[f"{state.kind}_tint"], colours[state.kind]
    painter.setPen(QColor(ink if tint == colours["card"] else tint))
    painter.setBrush(QColor(tint))
    painter.drawRoundedRect(chip, height / 2, height / 2)
    picture = icons.pixmap(state.icon_name, state.kind, side)
    painter.drawPixmap(chip.left() + 9, chip.center().y() - side // 2 + 1, picture)
    painter.setPen(QColor(ink))
    painter.drawText(chip.adjusted(side + 15, 0, -8, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
    painter.restore()
