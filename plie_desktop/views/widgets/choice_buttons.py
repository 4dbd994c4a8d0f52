"""One answer among a few, or several among a few, as large buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from plie_desktop.models.domain.answers import SEPARATOR
from plie_desktop.text import Words
from plie_desktop.views.widgets import choice_paint
from plie_desktop.views.widgets.digits import digit
from plie_desktop.views.widgets.field_widget import mark_problem
from plie_desktop.views.widgets.wrap_layout import WrapLayout

_KEYS: Final = "1234567890"
_STEPS: Final = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
}


@dataclass(frozen=True)
class Choice:
    """An answer that can be picked: its code and its words, translated."""

    code: str
    label: str


class _Drawn:
    """What a radio button and a check box have in common here: how they are drawn."""

    key: str | None = ""
    square = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        choice_paint.paint(_as_button(self), self.key, square=self.square)

    def sizeHint(self) -> QSize:
        return choice_paint.size_hint(_as_button(self), badge=self.key is not None)

    def minimumSizeHint(self) -> QSize:
        return choice_paint.minimum_size(_as_button(self), badge=self.key is not None)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return choice_paint.height_for(_as_button(self), width, badge=self.key is not None)

    def hitButton(self, _pos: QPoint) -> bool:
        return True

    def text_fits(self) -> bool:
        """Whether every word is seen."""
        return choice_paint.text_fits(_as_button(self), badge=self.key is not None)


class RadioBox(_Drawn, QRadioButton):
    """One of several answers that exclude each other."""


class CheckBox(_Drawn, QCheckBox):
    """One of several answers that may stand together."""

    square = True


def _as_button(drawn: _Drawn) -> QAbstractButton:
    return cast("QAbstractButton", drawn)


class _Choices(QWidget):
    """What one and several have in common: figure keys, leaving, problems, cursor."""

    edited = Signal(str)
    left = Signal()
    completed = Signal()

    def __init__(
        self,
        choices: Sequence[Choice],
        words: Words,
        *,
        dense: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Build the buttons.

        Args:
            choices: in the order of their figure keys.
            words: of the screen.
            dense: less room: keys work but are told by the tooltip alone.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._choices = tuple(choices)
        self._buttons: list[QAbstractButton] = []
        layout = WrapLayout(self, spacing=8 if dense else 12, equal=True)
        for number, choice in enumerate(self._choices):
            key = _KEYS[number] if number < len(_KEYS) else ""
            button = self._button()
            button.key = None if dense else key
            button.setText(choice.label.replace("&", "&&"))
            button.setAccessibleName(choice.label)
            if key:
                button.setToolTip(words.say("Touche {key}", key=key))
            # Words wrap where the line is narrower than they are, and the button grows with them.
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            button.installEventFilter(self)
            self._buttons.append(button)
            layout.addWidget(button)

    def _button(self) -> RadioBox | CheckBox:
        raise NotImplementedError

    def _pick(self, number: int) -> None:
        """The person chose the answer of this number with a key."""
        raise NotImplementedError

    def _clear(self) -> None:
        """Take every mark away."""
        raise NotImplementedError

    def value(self) -> str:
        pairs = zip(self._choices, self._buttons, strict=True)
        return SEPARATOR.join(choice.code for choice, button in pairs if button.isChecked())

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        mark_problem(self, sentence, kind)
        for button in self._buttons:
            button.setAccessibleDescription(sentence)

    def caret(self) -> int:
        focused = [n for n, button in enumerate(self._buttons) if button.hasFocus()]
        return focused[0] if focused else 0

    def set_caret(self, caret: int) -> None:
        if 0 <= caret < len(self._buttons):
            self._buttons[caret].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_control(self) -> QWidget:
        chosen = [button for button in self._buttons if button.isChecked()]
        return next(iter(chosen or self._buttons), self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut and QApplication.focusWidget() not in self._buttons:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in _STEPS:
            self._step(_STEPS[Qt.Key(event.key())])
            return True
        figure = digit(event)
        number = _KEYS.index(figure) if figure else -1
        if 0 <= number < len(self._buttons) and self._buttons[number].isEnabled():
            self._buttons[number].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._pick(number)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            self.left.emit()
            self.completed.emit()
            return True
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.value():
            self._clear()
            self._on_chosen()
            return True
        return False

    def _step(self, by: int) -> None:
        """Move to the answer before or after, if there is one."""
        number = self.caret() + by
        if 0 <= number < len(self._buttons):
            self.set_caret(number)

    def _on_chosen(self) -> None:
        self.edited.emit(self.value())


class ChoiceButtons(_Choices):
    """A `FieldWidget` for one answer among a few.

    A figure key picks and completes; arrows move and pick; Delete takes the answer back.
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        words: Words,
        *,
        dense: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._group = QButtonGroup()
        super().__init__(choices, words, dense=dense, parent=parent)
        self._group.setParent(self)
        for button in self._buttons:
            self._group.addButton(button)
        self._group.buttonClicked.connect(self._on_clicked)
        self._keep_one_tab_stop()

    def set_value(self, value: str) -> None:
        codes = [choice.code for choice in self._choices]
        if value in codes:
            self._buttons[codes.index(value)].setChecked(True)
        else:
            self._clear()
        self._keep_one_tab_stop()

    def _button(self) -> RadioBox | CheckBox:
        return RadioBox(self)

    def _pick(self, number: int) -> None:
        self._buttons[number].click()
        self.completed.emit()

    def _step(self, by: int) -> None:
        super()._step(by)
        self._buttons[self.caret()].click()

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(False)
        self._group.setExclusive(True)
        self._keep_one_tab_stop()

    def _on_clicked(self, _button: QAbstractButton) -> None:
        self._keep_one_tab_stop()
        self._on_chosen()

    def _keep_one_tab_stop(self) -> None:
        stop = self.focus_control()
        for button in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)


class MultiChoice(_Choices):
    """A `FieldWidget` for several answers among a few; the value is their codes joined by `|`.

    A figure key puts a mark or takes it away; arrows move; Delete takes every mark away.
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        words: Words,
        *,
        dense: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(choices, words, dense=dense, parent=parent)
        for button in self._buttons:
            button.clicked.connect(self._on_chosen)

    def set_value(self, value: str) -> None:
        codes = set(value.split(SEPARATOR))
        for choice, button in zip(self._choices, self._buttons, strict=True):
            button.setChecked(choice.code in codes)

    def _button(self) -> RadioBox | CheckBox:
        return CheckBox(self)

    def _pick(self, number: int) -> None:
        self._buttons[number].click()

    def _clear(self) -> None:
        for button in self._buttons:
            button.setChecked(False)
