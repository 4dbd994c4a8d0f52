"""People at the keyboard: they press keys and read the screen, nothing else.

Answers that are said to be kept are read back from the base by the services.
"""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from plie_desktop.models.domain.answers import AnswerState
from plie_desktop.views.qt import key_rest
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act, sequences
from plie_desktop.views.widgets.answer_control import STATES

_ENTER = "\n"


class Keyboard:
    """Presses keys where the keyboard is, a list that hangs open included; counts them."""

    def __init__(self, window) -> None:
        self._window = window
        self.pressed = 0

    def type(self, text: str) -> None:
        """Press the keys of a text; a line break is Enter."""
        for sign in text:
            if sign == _ENTER:
                self.press(Qt.Key.Key_Return)
            else:
                self._send(ord(sign.upper()) if sign.isascii() else 0, sign)

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        QTest.keyClick(self._target(), key, modifiers)
        QApplication.processEvents()

    def _send(self, key: int, sign: str) -> None:
        self.pressed += 1
        target = self._target()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(target, event)
        QApplication.processEvents()

    def _target(self):
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        if QApplication.focusWidget() is None:
            # The offscreen platform gives the keyboard back to nobody when a list is closed.
            self._window.activateWindow()
            QApplication.processEvents()
        return QApplication.focusWidget()


def press_act(desk, act: Act) -> None:
    """Press the first key of an act of the frame, by its action."""
    keys = set(sequences(act.keys))
    for action in desk.work.window.actions():
        if keys & {sequence.toString() for sequence in action.shortcuts()}:
            action.trigger()
            return
    raise AssertionError(act)


class IntakeRobot:
    """Takes intakes."""

    def __init__(self, desk, qtbot) -> None:
        self.desk = desk
        self.qtbot = qtbot
        self.keys = Keyboard(desk.host)

    @property
    def page(self):
        return self.desk.page(Place.INTAKE)

    @property
    def participant_id(self) -> UUID:
        """Whose intake is on the screen."""
        return self.desk.work.navigation.feature(Place.INTAKE)[1].leave().participant_id

    def new(self) -> None:
        """Ctrl+N."""
        press_act(self.desk, Act.NEW_INTAKE)
        self.settle()

    def open(self, participant_id: UUID, field: str = "", cursor: int = 0) -> None:
        self.desk.go(self.qtbot, Destination(Place.INTAKE, participant_id, field, cursor))

    def at(self, key: str) -> None:
        """Put the keyboard in a question."""
        self.page.take_keyboard(key)
        QApplication.processEvents()

    def type(self, key: str, text: str) -> None:
        """Type in a question, and rest."""
        self.at(key)
        self.keys.type(text)
        self.rest()

    def state(self, key: str, state: AnswerState) -> None:
        """F8, then the letter of the state."""
        self.desk.host.activateWindow()
        self.at(key)
        press_act(self.desk, Act.ANSWER_STATE)
        letter = next(letter for known, letter, _, _ in STATES if known is state)
        self.keys.type(letter.lower())
        self.rest()

    def rest(self) -> None:
        """Leave the keys alone until what was typed is kept."""
        self.qtbot.wait(key_rest.PAUSE_MS + 20)
        self.settle()

    def settle(self) -> None:
        self.desk.settle(self.qtbot)

    def kept(self, participant_id: UUID | None = None):
        """The answers in the base."""
        view = self.desk.services.intakes.open(participant_id or self.participant_id)
        return view.intake.answers

    def value(self, key: str) -> str:
        """What the base says of one question; empty when nothing was given."""
        answer = self.kept().get(key)
        return answer.value if answer else ""

    def shown(self, key: str) -> str:
        """What the screen says of one question."""
        answer = self.page.answer(key)
        return answer.value if answer else ""
