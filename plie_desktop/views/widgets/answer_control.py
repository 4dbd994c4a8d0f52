"""A control and, at its end, what else may be said: not known, declined, to be asked later."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from plie_desktop.models.domain.answer_words import ANSWER_STATE_LABELS
from plie_desktop.models.domain.answers import Answer, AnswerState
from plie_desktop.text import N_, Words
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.button import Button, IconButton
from plie_desktop.views.widgets.field_widget import FieldWidget

STATES: Final = (
    (AnswerState.GIVEN, "R", N_("Répond maintenant"), "edit"),
    (AnswerState.UNKNOWN, "N", ANSWER_STATE_LABELS[AnswerState.UNKNOWN], "help"),
    (AnswerState.DECLINED, "P", ANSWER_STATE_LABELS[AnswerState.DECLINED], "close"),
    (AnswerState.LATER, "D", ANSWER_STATE_LABELS[AnswerState.LATER], "clock"),
)
"""What may become of a question: its key in the menu, its words, its icon."""


class AnswerControl(QWidget):
    """A `FieldWidget` around another, with the four states of an answer.

    Signals:
        state_chosen(AnswerState): another state than before; the value is empty unless given.
    """

    edited = Signal(str)
    left = Signal()
    completed = Signal()
    state_chosen = Signal(object)

    def __init__(self, control: FieldWidget, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._words = words
        self._state = AnswerState.GIVEN
        if not isinstance(control, QWidget):
            raise TypeError(control)
        self._inner: QWidget = control
        self._more = IconButton("more", words.say("Autre réponse (F8)"))
        # F8 opens it from the control; a stop for each field would double the way of Tab.
        icons.dress(self._more, "more", "muted")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(self.open_menu)
        self._said = Button("")
        self._said.clicked.connect(self.open_menu)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(words.say("Réponse"))
        for state, key, label, icon in STATES:
            self._add_state(state, key, words.say(label), icon)
        control.edited.connect(self.edited)
        control.left.connect(self.left)
        control.completed.connect(self.completed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._inner, 1)
        row.addWidget(self._said, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self._show_state()

    @property
    def inner(self) -> FieldWidget:
        """The control itself."""
        return self._control

    def answer(self) -> Answer | None:
        """What the control says: the value or a state; None for a question left untouched."""
        if self._state is not AnswerState.GIVEN:
            return Answer(self._state)
        value = self._control.value()
        return Answer.given(value) if value else None

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer without telling anyone."""
        state = answer.state if answer else AnswerState.GIVEN
        if state is AnswerState.GIVEN or state is not self._state:
            self._control.set_value(answer.value if answer else "")
        self._state = state
        self._show_state()

    def open_menu(self) -> None:
        """Let the person say that there is no answer, and why."""
        beside = self._more
        below = QPoint(beside.width() - self._menu.sizeHint().width(), beside.height())
        self._menu.popup(beside.mapToGlobal(below))

    def value(self) -> str:
        return self._control.value()

    def set_value(self, value: str) -> None:
        self._control.set_value(value)

    def set_problem(self, sentence: str, kind: str = "error") -> None:
        self._control.set_problem(sentence, kind)

    def caret(self) -> int:
        return self._control.caret()

    def set_caret(self, caret: int) -> None:
        self._control.set_caret(caret)

    def focus_control(self) -> QWidget:
        if self._state is AnswerState.GIVEN:
            return self._control.focus_control()
        return self._said

    def _add_state(self, state: AnswerState, key: str, label: str, icon: str) -> None:
        action = QAction(icons.icon(icon), _with_mnemonic(label, key), self._menu)
        action.triggered.connect(lambda: self._choose(state))
        self._menu.addAction(action)

    def _choose(self, state: AnswerState) -> None:
        if state is not self._state:
            # What was typed stays in the hidden control: choosing by mistake loses nothing.
            self._state = state
            self._show_state()
            self.state_chosen.emit(state)
        self.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)
        if state is not AnswerState.GIVEN:
            self.completed.emit()

    def _show_state(self) -> None:
        label, icon = next(
            (label, icon) for state, _, label, icon in STATES if state is self._state
        )
        is_said = self._state is not AnswerState.GIVEN
        if is_said:
            self._said.set_words(self._words.say(label))
            icons.dress(self._said, icon, "muted", 18)
        self._said.setVisible(is_said)
        self._inner.setVisible(not is_said)


def _with_mnemonic(label: str, key: str) -> str:
    """The label with its key marked, where the language's words have that letter."""
    start = 3 if key == "P" else 0
    place = label.casefold().find(key.casefold(), start)
    return label if place < 0 else f"{label[:place]}&{label[place:]}"
