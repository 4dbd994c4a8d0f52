"""A layout that goes to the next line when the width is used up."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class WrapLayout(QLayout):
    """Lays widgets out like words.

    With `equal`, all cells are as wide as the widest, so that lines form columns, unless only
    their own widths let them stand on one line; with `right`, each line ends at the right edge.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        spacing: int = 8,
        equal: bool = False,
        right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._equal = equal
        self._right = right
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        widths = [self._width(item) for item in shown]
        if self._equal:
            widths = [max(widths, default=0)] * len(widths)
        width = sum(widths) + self.spacing() * max(0, len(widths) - 1)
        return self._with_margins(
            width, max((item.sizeHint().height() for item in shown), default=0)
        )

    def minimumSize(self) -> QSize:
        shown = self._shown()
        width = max((item.minimumSize().width() for item in shown), default=0)
        height = max((item.minimumSize().height() for item in shown), default=0)
        return self._with_margins(width, height)

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(
            width + margins.left() + margins.right(), height + margins.top() + margins.bottom()
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    @staticmethod
    def _width(item: QLayoutItem) -> int:
        return max(item.sizeHint().width(), item.minimumSize().width())

    def _cells(self, shown: list[QLayoutItem], width: int) -> list[int]:
        own = [self._width(item) for item in shown]
        widest = max(own, default=0)
        gaps = self.spacing() * max(0, len(own) - 1)
        only_own_fit = sum(own) + gaps <= width < widest * len(own) + gaps
        return own if only_own_fit or not self._equal else [widest] * len(own)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        shown = self._shown()
        widths = self._cells(shown, width)
        lines: list[list[tuple[QLayoutItem, int]]] = [[]]
        used = 0
        for item, wanted in zip(shown, widths, strict=True):
            cell = min(wanted, width)
            if lines[-1] and used + cell > width:
                lines.append([])
                used = 0
            lines[-1].append((item, cell))
            used += cell + self.spacing()
        return lines

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the lines out in `rect`; the height they need, margins included."""
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(max(1, inner.width())):
            height = max((_height(item, cell) for item, cell in line), default=0)
            left = inner.left()
            if self._right:
                used = sum(cell for _, cell in line) + self.spacing() * max(0, len(line) - 1)
                left += max(0, inner.width() - used)
            for item, cell in line:
                if move:
                    item.setGeometry(QRect(QPoint(left, top), QSize(cell, height)))
                left += cell + self.spacing()
            top += height + self.spacing()
        used_height = top - self.spacing() - inner.top()
        return self._with_margins(0, max(0, used_height)).height()


def _height(item: QLayoutItem, width: int) -> int:
    wanted = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
    return max(wanted, item.minimumSize().height())
