"""The program from its first paint to its end, in front of a real vault."""

import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from plie_desktop import bootstrap
from plie_desktop.security.kdf import LEAST
from plie_desktop.security.suspend import IdleClock
from plie_desktop.services.session import VaultDoor
from plie_desktop.services.window_state import WindowStateFile
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.shell.program import Program, Start
from tests.support.clocks import FixedClock
from tests.support.workplaces import MORNING, tools

PASSPHRASE = "lagune ficelle verger tambour octave girouette marelle"
# Loaded while the person types, never before the first paint.
HEAVY = (
    *("sqlalchemy", "sqlcipher3", "alembic", "cryptography", "keyring", "msgspec", "babel"),
    *("reportlab", "pypdfium2", "httpx2", "openpyxl", "zstandard", "plie_desktop.store.sql_store"),
    *("plie_desktop.views.intake.page", "plie_desktop.services.workplace"),
)


class Watch:
    """Stands for the system's news of sleep."""

    def __init__(self, on_lock):
        self.on_lock = on_lock
        self.states = []

    def start(self):
        self.states.append("started")

    def stop(self):
        self.states.append("stopped")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "vault"


@pytest.fixture
def started(qtbot, folder, said, dressed):
    """Starts the program as the shell of this test would; gives it after its first paint."""
    clock = FixedClock(MORNING)
    given = replace(tools(clock), prices=(LEAST, LEAST))
    made = []

    def start():
        restarts = []
        program = Program(
            QApplication.instance(),
            Start(
                door=VaultDoor(folder, given),
                has_vault=bootstrap.has_vault(folder),
                device_name=lambda: "Portable 3",
                words=said,
                clock=clock,
                window_state=WindowStateFile(folder),
                services=lambda opened, lanes: bootstrap.services(opened, lanes, given),
                warm_up=bootstrap.warm_up,
                idle=lambda seconds: IdleClock(clock, seconds),
                suspend=Watch,
                restart=lambda: restarts.append("restart"),
            ),
        )
        program.restarts = restarts
        qtbot.addWidget(program.window)
        made.append(program)
        with qtbot.waitSignal(program.window.painted, timeout=20_000):
            program.show()
            program.window.activateWindow()
        return program

    yield start
    for program in made:
        program.window.close()


@pytest.fixture
def at_vault(folder, started):
    given = replace(tools(FixedClock(MORNING)), prices=(LEAST, LEAST))
    VaultDoor(folder, given).create_practice(PASSPHRASE).store.close()
    return started()


def unlock(program, qtbot):
    box = program.page.findChild(QLineEdit, "passphrase")
    QTest.keyClicks(box, PASSPHRASE)
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_inside(program), timeout=60_000)


def is_inside(program):
    inside = program.workplace
    return inside is not None and program.window.centralWidget() is inside.window


def test_nothing_heavy_is_imported_before_the_first_paint():
    code = (
        "import sys, plie_desktop.bootstrap, plie_desktop.views.shell.program;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_passphrase_leads_to_the_day_in_the_same_window(at_vault, qtbot):
    window = at_vault.window
    unlock(at_vault, qtbot)
    assert at_vault.window is window
    assert window.isVisible()
    assert at_vault.workplace.navigation.shown == Destination(Place.TODAY)


def test_what_is_typed_while_the_program_loads_is_not_lost(at_vault, qtbot):
    box = at_vault.page.findChild(QLineEdit, "passphrase")
    for letter in PASSPHRASE:
        QTest.keyClicks(box, letter)
    assert box.text() == PASSPHRASE
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_inside(at_vault), timeout=60_000)


def test_practice_begins_at_the_first_start(started, qtbot):
    program = started()
    program.page.practice_given.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: is_inside(program), timeout=60_000)
    assert program.workplace.navigation.shown == Destination(Place.TODAY)


def test_sleep_locks(at_vault, qtbot):
    unlock(at_vault, qtbot)
    assert at_vault._suspend.states == ["started"]
    at_vault._suspend.on_lock()
    qtbot.waitUntil(lambda: at_vault.restarts == ["restart"], timeout=20_000)
    assert at_vault._suspend.states == ["started", "stopped"]


def test_size_and_place_of_the_window_are_kept_without_anything_personal(at_vault, qtbot, folder):
    unlock(at_vault, qtbot)
    at_vault.window.resize(760, 620)
    at_vault.window.close()
    kept = WindowStateFile(folder).read()
    assert kept.geometry
    again = Program(at_vault.parent(), at_vault._start)
    qtbot.addWidget(again.window)
    assert (again.window.width(), again.window.height()) == (760, 620)


def test_closing_at_the_door_ends_the_program(at_vault):
    at_vault.window.close()
    assert not at_vault.window.isVisible()
