"""Somebody at the real window, in a process of its own, telling on standard output what they see.

The first line of standard input is the order: vault, passphrase, scene and what the scene needs.
One line of JSON comes out for each thing that happened. A process that locks itself begins
anew with the next line of standard input; a scene that is over waits to be killed.
"""

import json
import os
import random
import sys
import threading
from importlib.abc import MetaPathFinder
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from plie_desktop import bootstrap
from plie_desktop.demo.robot import Robot
from plie_desktop.security.suspend import IdleClock
from plie_desktop.store import ballast
from plie_desktop.views.intake.page import IntakePage
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Place

CONTROL = Qt.KeyboardModifier.ControlModifier


def tell(event: str, **what: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **what}) + "\n")
    sys.stdout.flush()


def order() -> dict:
    """The next line, not a byte more: what follows is for the process after the lock."""
    read = bytearray()
    while not read.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            raise SystemExit(0)
        read += byte
    return json.loads(read)


class ImportWatch(MetaPathFinder):
    """Notes what of Qt, and of the rooms that use it, other threads than the first import."""

    astray: list[str] = []  # noqa: RUF012 - one process has one

    def find_spec(self, fullname, path=None, target=None):
        is_of_qt = fullname.startswith(("PySide6", "shiboken6", "plie_desktop.views"))
        if is_of_qt and threading.current_thread() is not threading.main_thread():
            self.astray.append(fullname)


class Person:
    """Reads the screen and presses keys."""

    def __init__(self, robot: Robot, given: dict) -> None:
        self.robot = robot
        self.given = given
        self.chance = random.Random(given.get("seed", 0))
        self.at = ("", "")
        self.is_heard = False

    def rest(self, turns: int):
        """Leave the keys alone for some turns of the robot."""
        left = [turns]

        def over() -> bool:
            left[0] -= 1
            return left[0] < 0

        return over

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way to the base."""
        return not any(one.busy for one in self.robot.program.findChildren(Dispatcher))

    @property
    def page(self) -> IntakePage:
        page = self.robot.page
        assert isinstance(page, IntakePage)
        return page

    @property
    def participant(self) -> str:
        shown = self.robot.program.workplace.navigation
        presenter = shown.feature(Place.INTAKE)[1]
        return str(presenter._participant_id() or "")

    def is_kept(self) -> bool:
        """Whether the page says that what was typed is kept."""
        return self.is_idle and self.page.saved().startswith("Enregistré")

    def typed(self) -> str:
        """The text in the question that has the keyboard."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QLineEdit):
            return widget.text()
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""

    def tell_place(self) -> None:
        """Say what is on the screen."""
        shown = self.robot.program.workplace.navigation.shown
        if shown.place is not Place.INTAKE:
            tell("inside", place=shown.place.value, astray=ImportWatch.astray)
            return
        key, caret = self.page.spot()
        answers = {
            field: answer.value
            for field in self.given.get("fields", {})
            if (answer := self.page.answer(field)) is not None
        }
        tell(
            "inside",
            place=shown.place.value,
            participant=self.participant,
            field=key,
            caret=caret,
            focused=self.typed(),
            answers=answers,
        )

    def tell_spot(self) -> None:
        """Say where the keyboard is, as soon as it is there."""
        at = self.participant, self.page.spot()[0]
        if at != self.at:
            self.at = at
            tell("at", participant=at[0], field=at[1])

    # What they do

    def unlock(self):
        yield self.robot.is_calm
        tell("door")
        self.robot.type(self.given["passphrase"])
        self.robot.press(Qt.Key.Key_Return)
        yield self.robot.is_inside
        self.robot.wake()
        yield self.robot.is_calm
        self.tell_place()

    def new_intake(self):
        self.robot.press(Qt.Key.Key_N, CONTROL)
        yield self.robot.is_at(Place.INTAKE)
        tell("begun", participant=self.participant)

    def write(self, key: str, text: str, *, pause: tuple[int, int] = (0, 2)):
        """Type letter after letter; most people rest now and then."""
        if not self.is_heard:
            self.is_heard = True
            self.page.moved.connect(self.tell_spot)
        self.page.take_keyboard(key)
        self.tell_spot()
        participant = self.participant
        for place in range(len(text)):
            self.robot.type(text[place])
            tell("typing", participant=participant, field=key, text=text[: place + 1])
            rest = self.chance.randint(*pause)
            if rest:
                yield self.rest(rest)

    def fill(self, key: str, text: str):
        """Answer one question and go on."""
        participant = self.participant
        yield from self.write(key, text)
        if self.chance.random() < 0.25:
            yield self.is_kept
        self.robot.press(Qt.Key.Key_Return)
        yield self.is_kept
        answer = self.page.answer(key)
        value = answer.value if answer else ""
        tell(
            "completed",
            participant=participant,
            field=key,
            value=value,
            then_at=self.page.spot()[0],
        )

    def fill_the_rest(self):
        """Go on with the intake on the screen from the first question without an answer."""
        left = [key for key in self.given["fields"] if self.page.answer(key) is None]
        for key in left:
            yield from self.fill(key, self.words(key))

    def words(self, key: str) -> str:
        """What to type in a question: a text of its own each time, where a text is asked."""
        text = self.given["fields"][key]
        return text.replace("#", "".join(self.chance.choices("abcdefghijklmnopqrstuv", k=7)))


def intakes(person: Person):
    """Take intakes one after the other, taking up the one that a killed window had open."""
    yield from person.unlock()
    at = person.robot.program.workplace.navigation.shown.place
    if at is not Place.INTAKE:
        yield from person.new_intake()
    while True:
        yield from person.fill_the_rest()
        tell("full", participant=person.participant)
        yield from person.new_intake()


def without_rest(person: Person):
    """Type on and on, never resting as long as a save waits for."""
    yield from person.unlock()
    yield from person.new_intake()
    yield from person.write("comment", person.given["text"], pause=(1, 1))
    tell("written")
    yield from person.write("comment", person.given["text"] * 100, pause=(1, 1))


def lock_half_way(person: Person):
    """Ctrl+L with half a word typed and the cursor inside it."""
    yield from person.unlock()
    yield from person.new_intake()
    yield from person.write("street", person.given["text"], pause=(0, 0))
    for _ in range(person.given["back"]):
        person.robot.press(Qt.Key.Key_Left)
    tell("locking", participant=person.participant, text=person.typed(), spot=person.page.spot())
    person.robot.press(Qt.Key.Key_L, CONTROL)
    tell("not locked")
    yield person.robot.is_calm


def go_away(person: Person):
    """Type half a word and leave the laptop alone."""
    yield from person.unlock()
    yield from person.new_intake()
    yield from person.write("street", person.given["text"], pause=(0, 0))
    tell("locking", participant=person.participant, text=person.typed(), spot=person.page.spot())
    yield lambda: False


def in_trouble(person: Person):
    """Go on typing while the base cannot be written, until it can again."""
    trouble = Path(person.given["trouble"])
    yield from person.unlock()
    yield from person.new_intake()
    yield from person.fill("birth_name", "Le Goff")
    yield trouble.exists
    yield from person.write("street", person.given["text"])
    yield lambda: bool(person.page.trouble())
    tell("trouble", sentence=person.page.trouble(), saved=person.page.saved(), text=person.typed())
    yield lambda: not trouble.exists()
    yield person.is_kept
    tell("kept", sentence=person.page.trouble(), text=person.typed())
    yield lambda: False


def lock_in_trouble(person: Person):
    """Ctrl+L with text on the page that could not be kept, and more of it half typed."""
    trouble = Path(person.given["trouble"])
    yield from person.unlock()
    yield from person.new_intake()
    yield from person.fill("birth_name", "Le Goff")
    yield trouble.exists
    yield from person.write("first_name", person.given["first"])
    yield lambda: bool(person.page.trouble())
    tell("trouble", sentence=person.page.trouble(), saved=person.page.saved())
    if person.given.get("elsewhere"):
        person.robot.press(Qt.Key.Key_1, CONTROL)
        yield person.robot.is_at(Place.TODAY)
        tell("locking", participant=person.participant)
    else:
        yield from person.write("street", person.given["text"], pause=(0, 0))
        text, spot = person.typed(), person.page.spot()
        tell("locking", participant=person.participant, text=text, spot=spot)
    person.robot.press(Qt.Key.Key_L, CONTROL)
    tell("not locked")
    yield person.robot.is_calm


def look(person: Person):
    """Open the vault and see where it opens."""
    yield from person.unlock()
    tell("over")
    yield lambda: False


SCENES = {
    scene.__name__: scene
    for scene in (intakes, without_rest, lock_half_way, go_away, in_trouble, lock_in_trouble, look)
}


def main() -> int:
    given = order()
    sys.meta_path.insert(0, ImportWatch())
    tell("born", pid=os.getpid())
    ballast.SIZE = given.get("ballast", 1 << 16)
    if given.get("idle_seconds"):
        seconds = given["idle_seconds"]
        bootstrap.IdleClock = lambda clock, _usual: IdleClock(clock, seconds)
    if given.get("comes_back"):
        # The program that the lock starts is this one: somebody is there to unlock it.
        bootstrap._program = lambda: [sys.executable, "-m", "tests.journeys.at_the_window"]
    app = QApplication(["plie-desktop"])
    robot = Robot(app, Path(given["vault"]).parent / "pictures")
    robot.play(SCENES[given["scene"]](Person(robot, given)))
    code = bootstrap.open_window(Path(given["vault"]), "fr")
    if robot.failure is not None:
        tell("stuck", why=f"{type(robot.failure).__name__}: {robot.failure}")
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
