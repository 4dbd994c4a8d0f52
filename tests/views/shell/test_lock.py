"""Locking from any state keeps what is typed and where, and ends the session once."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from plie_desktop import bootstrap
from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.security.suspend import IdleClock
from plie_desktop.services.session import OpenedVault
from plie_desktop.store import ballast
from plie_desktop.tasks import Lane
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from tests.support.clocks import FixedClock
from tests.support.robots import IntakeRobot, press_act
from tests.support.stores import BaseFile
from tests.support.workplaces import MORNING, desk, practice_vault, tools

MINUTE = 60.0


@pytest.fixture
def base(tmp_path):
    return BaseFile(tmp_path / "vault.db")


@pytest.fixture
def at_desk(qtbot, tmp_path, lanes, base, dressed):
    vault = practice_vault(tmp_path, FixedClock(MORNING), base=base)
    made = desk(qtbot, tmp_path, lanes, opened=vault)
    made.host.show()
    made.host.activateWindow()
    made.work.begin()
    made.settle(qtbot)
    yield made
    made.end()


@pytest.fixture
def reopened(base, at_desk, tmp_path):
    """The services of the next program, over the same base file."""
    opened = []

    def reopen():
        given = tools(FixedClock(MORNING))
        store = base.open(FixedClock(MORNING))
        vault = OpenedVault(store, at_desk.services.session.identity(), tmp_path)
        opened.append(store)
        return bootstrap.services(vault, None, given)

    yield reopen
    for store in opened:
        store.close()


def test_locking_in_the_middle_of_a_word_keeps_the_word_and_the_spot(at_desk, qtbot, reopened):
    robot = IntakeRobot(at_desk, qtbot)
    robot.new()
    robot.at("birth_name")
    robot.keys.type("Bena")
    participant = robot.participant_id
    press_act(at_desk, Act.LOCK)
    assert at_desk.restarts == ["restart"]
    after = reopened()
    assert after.intakes.open(participant).intake.answers["birth_name"] == Answer.given("Bena")
    bookmark = after.session.bookmark()
    assert (bookmark.place, bookmark.participant_id) == ("intake", participant)
    assert (bookmark.field, bookmark.cursor) == ("birth_name", 4)


@pytest.mark.parametrize(
    "place", [Place.TODAY, Place.PARTICIPANTS, Place.SYNCHRONISATION, Place.PREFERENCES]
)
def test_every_page_is_found_again_after_the_lock(at_desk, qtbot, reopened, place):
    at_desk.go(qtbot, Destination(place))
    at_desk.work.lock.lock()
    assert reopened().session.bookmark().place == place.value


@pytest.mark.parametrize("place", [Place.PARTICIPANT_FILE, Place.PATHWAY, Place.PLAN])
def test_every_page_of_a_person_is_found_again_after_the_lock(at_desk, qtbot, reopened, place):
    someone = at_desk.people()[0].id
    at_desk.go(qtbot, Destination(place, someone))
    at_desk.work.lock.lock()
    bookmark = reopened().session.bookmark()
    assert (bookmark.place, bookmark.participant_id) == (place.value, someone)


def test_writes_asked_for_before_the_lock_are_done(at_desk, qtbot, lanes, reopened):
    robot = IntakeRobot(at_desk, qtbot)
    robot.new()
    participant = robot.participant_id
    gate = threading.Event()
    lanes.run(Lane.STORE, lambda: gate.wait(10))
    robot.at("birth_name")
    robot.keys.type("Benali")
    threading.Timer(0.2, gate.set).start()
    at_desk.work.lock.lock()
    answers = reopened().intakes.open(participant).intake.answers
    assert answers["birth_name"] == Answer.given("Benali")


class FullDisk:
    """The intake service on a disk that is full until room is made."""

    def __init__(self, intakes):
        self._intakes = intakes
        self.is_full = False

    def __getattr__(self, name):
        return getattr(self._intakes, name)

    def answer(self, participant_id, key, answer):
        if self.is_full:
            raise DiskFullError("Le disque est plein.")
        return self._intakes.answer(participant_id, key, answer)


@pytest.mark.parametrize("then", [None, Place.TODAY], ids=["on the page", "after leaving it"])
def test_what_a_full_disk_refused_is_written_in_the_room_made_for_the_lock(
    qtbot, tmp_path, lanes, base, dressed, then
):
    disks = []

    def on_full_disk(services):
        disks.append(FullDisk(services.intakes))
        return replace(services, intakes=disks[0])

    vault = practice_vault(tmp_path, FixedClock(MORNING), base=base)
    made = desk(qtbot, tmp_path, lanes, opened=vault, wrap=on_full_disk)
    made.host.show()
    made.host.activateWindow()
    made.work.begin()
    made.settle(qtbot)
    (disk,) = disks
    made.services.session.make_room = lambda: setattr(disk, "is_full", False)
    robot = IntakeRobot(made, qtbot)
    robot.new()
    participant = robot.participant_id
    disk.is_full = True
    robot.type("birth_name", "Benali")
    qtbot.waitUntil(lambda: "plein" in robot.page.trouble(), timeout=20_000)
    if then is not None:
        made.go(qtbot, Destination(then))
    made.work.lock.lock()
    store = base.open(FixedClock(MORNING))
    with store.read() as transaction:
        assert transaction.intakes.get(participant).value("birth_name") == "Benali"
    store.close()


def test_room_is_kept_aside_from_the_beginning(at_desk, tmp_path):
    assert (tmp_path / ballast.NAME).stat().st_size == ballast.SIZE


def test_nothing_personal_stays_on_the_screen(at_desk):
    at_desk.work.lock.lock()
    assert not at_desk.work.window.isVisible()


def test_a_session_ends_once(at_desk):
    at_desk.work.lock.lock()
    at_desk.work.lock.lock()
    assert at_desk.restarts == ["restart"]


def test_a_page_that_cannot_say_farewell_does_not_hold_the_lock_up(at_desk, monkeypatch, reopened):
    def refuse():
        raise LookupError

    monkeypatch.setattr(at_desk.work.lock, "_farewell", refuse)
    with pytest.raises(LookupError):
        at_desk.work.lock.lock()
    assert at_desk.restarts == ["restart"]
    assert reopened().participants.find("") is not None


def test_the_lock_asked_for_from_another_thread_comes(at_desk, qtbot):
    threading.Thread(target=at_desk.work.lock.lock_from_elsewhere).start()
    qtbot.waitUntil(lambda: at_desk.restarts == ["restart"], timeout=10_000)


def test_nobody_there_for_the_delay_locks(at_desk, qtbot):
    idle = IdleClock(at_desk.clock, 5 * MINUTE)
    at_desk.clock.move_to(MORNING + timedelta(minutes=6))
    at_desk.work.lock.watch(idle)
    assert at_desk.restarts == ["restart"]


def test_the_lock_is_told_half_a_minute_before_and_a_key_postpones_it(at_desk, qtbot):
    told = []
    at_desk.work.lock.warned.connect(told.append)
    idle = IdleClock(at_desk.clock, 5 * MINUTE)
    at_desk.clock.move_to(MORNING + timedelta(seconds=5 * MINUTE - 20))
    at_desk.work.lock.watch(idle)
    assert told == [20]
    assert "Verrouillage" in at_desk.work.window.banner.sentence()
    IntakeRobot(at_desk, qtbot).keys.type("a")
    assert told[-1] == 0
    assert at_desk.work.window.banner.sentence() == ""
    assert at_desk.restarts == []


def test_closing_the_window_keeps_everything_too(at_desk, qtbot, reopened):
    robot = IntakeRobot(at_desk, qtbot)
    robot.new()
    robot.at("birth_name")
    robot.keys.type("Benali")
    participant = robot.participant_id
    at_desk.work.lock.close()
    assert at_desk.restarts == []
    answers = reopened().intakes.open(participant).intake.answers
    assert answers["birth_name"] == Answer.given("Benali")
