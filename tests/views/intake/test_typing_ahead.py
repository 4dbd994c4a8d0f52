"""What is typed before its intake is made, or read, belongs to that intake and to no other."""

import threading
from dataclasses import replace

import pytest

from plie_desktop import bootstrap
from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.services.session import OpenedVault
from plie_desktop.tasks import Lane
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from tests.support.clocks import FixedClock
from tests.support.robots import IntakeRobot, press_act
from tests.support.stores import BaseFile
from tests.support.workplaces import MORNING, desk, practice_vault, tools


@pytest.fixture
def base(tmp_path):
    return BaseFile(tmp_path / "vault.db")


@pytest.fixture
def robot(qtbot, tmp_path, lanes, dressed, base):
    """Somebody at the first page, on a base of their own."""
    vault = practice_vault(tmp_path, FixedClock(MORNING), people=False, base=base)
    made = desk(qtbot, tmp_path, lanes, opened=vault)
    made.host.show()
    made.host.activateWindow()
    at_desk = IntakeRobot(made, qtbot)
    made.work.navigation.go(Destination(Place.TODAY))
    at_desk.settle()
    yield at_desk
    made.end()


@pytest.fixture
def busy(lanes):
    """Keeps the store lane busy until it is set, as a large exchange does."""
    gate = threading.Event()
    yield lambda: lanes.run(Lane.STORE, gate.wait) and gate
    gate.set()


def typed_ahead(robot, busy, name):
    """Ctrl+N, and a name typed before the intake is there."""
    gate = busy()
    press_act(robot.desk, Act.NEW_INTAKE)
    robot.at("birth_name")
    robot.keys.type(name)
    return gate


def birth_names(services):
    return {
        services.intakes.open(line.id).intake.value("birth_name")
        for line in services.participants.find("")
    }


def test_it_goes_to_the_new_intake_when_someone_else_is_opened_meanwhile(robot, busy):
    known = robot.desk.services.intakes.start().view.intake.participant_id
    robot.desk.services.intakes.answer(known, "birth_name", Answer.given("Durand"))
    gate = typed_ahead(robot, busy, "Benali")
    robot.desk.work.navigation.go(Destination(Place.INTAKE, known))
    gate.set()
    robot.settle()
    robot.settle()
    assert robot.shown("birth_name") == "Durand"
    assert birth_names(robot.desk.services) == {"Durand", "Benali"}


def test_it_is_kept_when_the_program_is_locked_meanwhile(robot, busy, base, tmp_path):
    gate = typed_ahead(robot, busy, "Benali")
    threading.Timer(0.2, gate.set).start()
    worker = robot.desk.services.session.identity()
    robot.desk.work.lock.lock()
    store = base.open(FixedClock(MORNING))
    services = bootstrap.services(
        OpenedVault(store, worker, tmp_path), None, tools(FixedClock(MORNING))
    )
    assert birth_names(services) == {"Benali"}
    assert services.session.bookmark().field == "birth_name"
    assert services.session.bookmark().participant_id is not None
    store.close()


class _FullDisk:
    """The intake service on a disk too full to begin an intake, as often as told."""

    def __init__(self, intakes, times):
        self._intakes = intakes
        self._times = times

    def __getattr__(self, name):
        return getattr(self._intakes, name)

    def start(self):
        if self._times:
            self._times -= 1
            raise DiskFullError("Le disque est plein. Faites de la place, rien n’est perdu.")
        return self._intakes.start()


def test_an_intake_that_cannot_be_begun_is_tried_again_with_what_was_typed(
    qtbot, tmp_path, lanes, dressed, monkeypatch
):
    monkeypatch.setattr("plie_desktop.views.intake.presenter.RETRY_MS", 50)

    def on_full_disk(services):
        return replace(services, intakes=_FullDisk(services.intakes, times=3))

    made = desk(qtbot, tmp_path, lanes, wrap=on_full_disk)
    made.host.show()
    robot = IntakeRobot(made, qtbot)
    press_act(made, Act.NEW_INTAKE)
    robot.at("birth_name")
    robot.keys.type("Benali")
    qtbot.waitUntil(lambda: "plein" in robot.page.trouble(), timeout=20_000)
    qtbot.waitUntil(lambda: robot.page.saved().startswith("Enregistré"), timeout=20_000)
    assert robot.value("birth_name") == "Benali"
    assert robot.page.trouble() == ""
    made.end()
