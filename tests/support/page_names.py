"""What a screen reader is told: names of controls, labels tied to them."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_FILE_NAME = re.compile(r"\.(svg|png|ico)\b|[/\\_]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{2}")


def focusables(page: QWidget) -> list[QWidget]:
    """What can take the keyboard on a page, as it is shown now."""
    return [
        widget
        for widget in (page, *page.findChildren(QWidget))
        if widget.isVisibleTo(page)
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not _is_inner(widget)
    ]


def accessible_name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def told(widget: QWidget) -> str:
    """The widget in a complaint."""
    words = getattr(widget, "text", None)
    text = f" “{words()}”" if callable(words) else ""
    return f"{type(widget).__name__} {widget.objectName()}{text}".strip()


def unnamed(page: QWidget) -> list[str]:
    """Rules 1 and 3: focusable widgets without a name, or with one that is no word."""
    found = []
    for widget in focusables(page):
        name = accessible_name(widget)
        if not _WORD.search(name):
            found.append(f"rule 1: {told(widget)} has no name")
        elif _FILE_NAME.search(name) and " " not in name:
            found.append(f"rule 3: {told(widget)} is named like a file: {name}")
    return found


def untied(page: QWidget) -> list[str]:
    """Rule 2: controls named by their value or their placeholder, labels that lead nowhere."""
    found = []
    labels = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    tied = {label.buddy() for label in labels if label.buddy() is not None}
    for widget in focusables(page):
        if not isinstance(
            widget, QComboBox | QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox
        ):
            continue
        if widget not in tied and not widget.accessibleName():
            found.append(f"rule 2: {told(widget)} has no label")
        elif isinstance(widget, QComboBox) and widget.accessibleName() == widget.currentText():
            found.append(f"rule 2: {told(widget)} is named by its value")
    return [
        *found,
        *(
            f"rule 2: the label {told(label)} leads to no control"
            for label in labels
            if label.property("role") == "label" and label.buddy() is None
        ),
    ]


def _is_inner(widget: QWidget) -> bool:
    """Whether it is a part of a control of Qt's, which answers for it."""
    parent = widget.parentWidget()
    if isinstance(parent, QComboBox | QAbstractSpinBox):
        return True
    if not isinstance(parent, QAbstractScrollArea):
        return False
    return parent.viewport() is widget or widget.objectName().startswith("qt_")
