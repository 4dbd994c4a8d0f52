"""A question: its label, its help, its control and what is to be said of the answer."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plie_desktop.views.qt import icons, looks
from plie_desktop.views.widgets.chip import ICONS
from plie_desktop.views.widgets.field_widget import FieldWidget
from plie_desktop.views.widgets.label import Label

_KINDS: Final = ("error", "warning", "info")


class FieldRow(QWidget):
    """Ties a label to a control and shows one sentence under it; the typed text is never touched.

    A click on the label gives the control the keyboard.
    """

    def __init__(
        self,
        label: str,
        control: FieldWidget,
        help_line: str = "",
        *,
        mark: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Build the row.

        Args:
            label: the question, translated.
            control: a widget that follows the `FieldWidget` protocol.
            help_line: why it is asked or how to answer.
            mark: a word after the label, such as "facultatif".
            parent: Qt parent.
        """
        super().__init__(parent)
        self.control = control
        self._label = Label(label.replace("&", "&&"), "label", wrap=True)
        self._label.installEventFilter(self)
        self._mark = Label(mark, "help")
        self._mark.setVisible(bool(mark))
        self._help = Label(help_line, "help", wrap=True)
        self._help.setVisible(bool(help_line))
        self._picture = QLabel()
        self._problem = Label("", "error", wrap=True)
        self._below = QWidget()
        self._lay_out()
        self._name(label)
        self.set_problem("")

    def label(self) -> str:
        return self._label.text().replace("&&", "&")

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        """Show one sentence under the control; an empty one takes it away.

        Args:
            sentence: translated; what happens, why, what can be done.
            kind: error (stops the next step), warning (asks), info (points out).

        Raises:
            ValueError: another kind.
        """
        if kind not in _KINDS:
            raise ValueError(kind)
        self._problem.setText(sentence)
        looks.mark(self._problem, "role", kind)
        if sentence:
            icons.dress(self._picture, ICONS[kind], kind, 16)
        self._below.setVisible(bool(sentence))
        self.control.set_problem(sentence, kind)
        if not sentence and self._help.text():
            self.control.focus_control().setAccessibleDescription(self._help.text())

    def problem(self) -> str:
        """The sentence shown now."""
        return self._problem.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            self.control.focus_control().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._label, 0)
        head.addWidget(self._mark, 1)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._problem, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._help)
        column.addWidget(_as_widget(self.control))
        column.addWidget(self._below)

    def _name(self, label: str) -> None:
        control = _as_widget(self.control)
        target = self.control.focus_control()
        self._label.setBuddy(target)
        if target is control or not target.accessibleName():
            target.setAccessibleName(label)
        control.setAccessibleName(label)


def _as_widget(control: FieldWidget) -> QWidget:
    if not isinstance(control, QWidget):
        raise TypeError(control)
    return control
