"""Room: targets large enough, words in full, a page that fits the smallest screen."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from tests.support.page_names import told

TARGET = 44
IN_TABLES = 24


def small_targets(page: QWidget) -> list[str]:
    """Rule 7: what is pressed or typed in is 44 by 44 points, 24 inside a table or field."""
    found = []
    for widget in _shown(page, QAbstractButton, QLineEdit, QComboBox):
        least = IN_TABLES if _is_inside(widget) else TARGET
        if isinstance(widget, QToolButton) and not widget.isEnabled():
            continue
        if widget.height() < least or widget.width() < least:
            size = f"{widget.width()}×{widget.height()}"
            found.append(f"rule 7: {told(widget)} is {size}, {least}×{least} wanted")
    for table in _shown(page, QTableView):
        rows = [table.rowHeight(row) for row in range(min(20, table.verticalHeader().count()))]
        if rows and min(rows) < IN_TABLES:
            found.append(f"rule 7: rows of {told(table)} are {min(rows)} high")
    return found


def clipped(page: QWidget) -> list[str]:
    """Rule 8: words that do not fit their widget, widgets that stick out of what holds them."""
    return [
        *(
            f"rule 8: the words of {told(label)} are cut"
            for label in _shown(page, QLabel)
            if not _label_fits(label)
        ),
        *(
            f"rule 8: the words of {told(button)} are cut"
            for button in _shown(page, QAbstractButton)
            if not _button_fits(button)
        ),
        *(
            f"rule 8: {told(box)} is too narrow for its words"
            for box in _shown(page, QComboBox, QLineEdit)
            if not _box_fits(box)
        ),
        *(
            f"rule 8: {told(widget)} sticks out of {told(holder)}"
            for widget in _shown(page, QLabel, QAbstractButton, QLineEdit, QComboBox)
            if (holder := _overflowed(widget)) is not None
        ),
        *(
            f"rule 8: column “{title}” of {told(table)} is too narrow for its title"
            for table in _shown(page, QTableView)
            for title in _cut_titles(table)
        ),
    ]


def too_large(page: QWidget, width: int, height: int) -> list[str]:
    """Rule 9: the least size of the window, and content wider than the area it scrolls in."""
    found = []
    hint = page.window().minimumSizeHint()
    if hint.width() > width or hint.height() > height:
        found.append(
            f"rule 9: {told(page)} needs {hint.width()}×{hint.height()}, {width}×{height} is there"
        )
    for area in _shown(page, QScrollArea):
        content = area.widget()
        needed = content.minimumSizeHint().width() if content is not None else 0
        if needed > area.viewport().width():
            found.append(f"rule 9: {told(content)} is {needed} wide in {area.viewport().width()}")
    return found


def _shown(page: QWidget, *kinds: type) -> list:
    return [
        widget
        for kind in kinds
        for widget in page.findChildren(kind)
        if widget.isVisibleTo(page.window()) and widget.width() and widget.height()
    ]


def _is_inside(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractItemView | QLineEdit | QComboBox):
            return True
        parent = parent.parentWidget()
    return False


def _may_elide(widget: QWidget) -> bool:
    return widget.property("elides") is True


def _label_fits(label: QLabel) -> bool:
    room = label.contentsRect()
    if not label.pixmap().isNull():
        picture = label.pixmap().deviceIndependentSize()
        return picture.width() <= room.width() + 1 and picture.height() <= room.height() + 1
    if not label.text() or _may_elide(label):
        return True
    metrics = label.fontMetrics()
    if label.wordWrap():
        longest = max(metrics.horizontalAdvance(word) for word in label.text().split(" "))
        return longest <= room.width() + 1 and label.heightForWidth(label.width()) <= (
            label.height() + 1
        )
    lines = label.text().replace("&&", "&").splitlines()
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    return wide <= room.width() + 1 and metrics.height() * len(lines) <= room.height() + 1


def _button_fits(button: QAbstractButton) -> bool:
    text_fits = getattr(button, "text_fits", None)
    if text_fits is not None:
        return text_fits()
    if not button.text() or _may_elide(button):
        return True
    hint = button.sizeHint()
    return hint.width() <= button.width() + 1 and hint.height() <= button.height() + 1


def _box_fits(box: QWidget) -> bool:
    metrics = box.fontMetrics()
    if isinstance(box, QComboBox):
        widest = max(
            (metrics.horizontalAdvance(box.itemText(i)) for i in range(box.count())), default=0
        )
        # The arrow and the edges.
        return widest + 48 <= box.width() + 1 and metrics.height() <= box.height()
    words = box.placeholderText() if not (box.text() or _may_elide(box)) else ""
    margins = box.textMargins()
    beside = margins.left() + margins.right() + 24
    return metrics.horizontalAdvance(words) + beside <= box.width() and (
        metrics.height() + 4 <= box.height()
    )


def _overflowed(widget: QWidget) -> QWidget | None:
    """The first holder that a widget sticks out of, sideways or, where nothing scrolls, at all."""
    holder = widget.parentWidget()
    scrolls = False
    while holder is not None and not widget.isWindow():
        if isinstance(holder, QAbstractItemView):
            return None
        area = QRect(widget.mapTo(holder, QPoint()), widget.size())
        is_viewport = isinstance(holder.parentWidget(), QScrollArea)
        scrolls = scrolls or is_viewport
        inside = holder.rect().adjusted(-1, -1, 1, 1)
        if area.left() < inside.left() or area.right() > inside.right():
            return holder
        if not scrolls and (area.top() < inside.top() or area.bottom() > inside.bottom()):
            return holder
        holder = holder.parentWidget() if not holder.isWindow() else None
    return None


def _cut_titles(table: QTableView) -> list[str]:
    header = table.horizontalHeader()
    model = table.model()
    if model is None or header.isHidden():
        return []
    titles = [
        str(header.model().headerData(c, header.orientation()) or "") for c in range(header.count())
    ]
    metrics = header.fontMetrics()
    return [
        title
        for column, title in enumerate(titles)
        if not table.isColumnHidden(column)
        and metrics.horizontalAdvance(title) + 20 > header.sectionSize(column)
    ]
