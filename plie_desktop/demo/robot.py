"""Hands on the real window: types, presses, waits, takes pictures."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.shell.program import Program

W = TypeVar("W", bound=QWidget)

Condition = Callable[[], bool]
Scene = Generator[Condition, None, None]
"""Gives back what it waits for; goes on once that holds."""

WIDTH: Final = 1093
HEIGHT: Final = 543
"""Points of a 1366 × 768 screen at 125 %, less the bars of the system."""
_POLL_MS: Final = 20
_CALM_TURNS: Final = 5
_PATIENCE_TURNS: Final = 60_000 // _POLL_MS


class SceneStuckError(RuntimeError):
    """What a scene waited for did not come within a minute."""


class Robot(QObject):
    """Plays a scene in the event loop of the program, then closes the window."""

    def __init__(self, app: QApplication, shots: Path) -> None:
        super().__init__(app)
        self._app = app
        self._shots = shots
        self._scene: Scene | None = None
        self._condition: Condition = _at_once
        self._calm = 0
        self._turns = 0
        self.failure: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._turn)

    def play(self, scene: Scene) -> None:
        """Begin as soon as the event loop runs."""
        self._scene = scene
        self._timer.start()

    @property
    def program(self) -> Program:
        return next(child for child in self._app.children() if isinstance(child, Program))

    @property
    def page(self) -> QWidget:
        """The page in sight behind the door."""
        workplace = self.program.workplace
        page = workplace.window.stack.currentWidget() if workplace is not None else None
        if page is None:
            raise SceneStuckError
        return page

    def find(self, kind: type[W], name: str = "") -> W:
        """The part of the window of that kind and name."""
        found = self.program.window.findChild(kind, name)
        if found is None:
            raise SceneStuckError
        return found

    def is_shown(self) -> bool:
        return any(isinstance(child, Program) for child in self._app.children()) and (
            self.program.window.isVisible()
        )

    def is_inside(self) -> bool:
        """Whether a page behind the door is in sight, with all that it reads."""
        workplace = self.program.workplace
        return (
            workplace is not None
            and workplace.navigation.shown is not None
            and workplace.window.isVisible()
            and self.is_calm()
        )

    def is_at(self, place: Place) -> Condition:
        """Whether that page is in sight and nothing is being read or written."""

        def holds() -> bool:
            workplace = self.program.workplace
            shown = workplace.navigation.shown if workplace is not None else None
            return shown is not None and shown.place is place and self.is_calm()

        return holds

    def is_calm(self) -> bool:
        """Whether nothing is being read or written, for some turns now."""
        busy = any(one.busy for one in self.program.findChildren(Dispatcher))
        self._calm = 0 if busy else self._calm + 1
        return self._calm >= _CALM_TURNS

    def fit(self) -> None:
        """The size for which the window is designed."""
        self.program.window.resize(WIDTH, HEIGHT)

    def wake(self) -> None:
        """Make the window the active one: off screen, nobody else does."""
        self.program.window.activateWindow()
        self.program.window.windowHandle().requestActivate()

    def go(self, place: Place, participant_id: UUID | None = None) -> None:
        workplace = self.program.workplace
        if workplace is not None:
            workplace.navigation.go(Destination(place, participant_id))

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        none = Qt.KeyboardModifier.NoModifier
        for letter in text:
            target = self._app.focusWidget() or self.program.window
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                # Qt's own test keys stop at ASCII, and names do not.
                self._app.sendEvent(target, QKeyEvent(kind, _key(letter), none, letter))

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self._app.focusWidget() or self.program.window, key, held)

    def shoot(self, name: str) -> None:
        """Keep a picture of the whole window."""
        file = self._shots / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        self.program.window.grab().save(str(file))

    def _turn(self) -> None:
        self._turns += 1
        if self._turns > _PATIENCE_TURNS:
            self._end(SceneStuckError(self._condition.__qualname__))
            return
        try:
            if self._scene is not None and self.is_shown() and self._condition():
                self._turns = 0
                self._calm = 0
                self._condition = next(self._scene)
        except StopIteration:
            self._end(None)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is told by the parent
            self._end(error)

    def _end(self, failure: BaseException | None) -> None:
        self._timer.stop()
        self.failure = failure
        if failure is not None:
            self.shoot("99-arret")
        self.program.window.close()


def _key(letter: str) -> int:
    return ord(letter.upper()) if letter.isascii() else int(Qt.Key.Key_unknown)


def _at_once() -> bool:
    return True
