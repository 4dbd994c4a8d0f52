"""An intake taken at the keyboard, on a real base: kept as it is typed, never held up."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.answers import DECLINED, LATER, Answer, AnswerState
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.participant import FileState
from plie_desktop.views.intake import presenter
from plie_desktop.views.qt import key_rest
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from tests.support.robots import IntakeRobot, press_act
from tests.support.workplaces import desk, practice_vault

PAUSE_MS, REMEMBER_MS = key_rest.PAUSE_MS, presenter.REMEMBER_MS
NATIONAL_NUMBER = "2 87 03 35 238 123 87"
EVERYTHING = {
    "information_given": "1",
    "birth_name": "Benali",
    "first_name": "Fatima",
    "phone": "0639980042",
    "postcode": "35000",
}


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch):
    """What is proven here holds whatever the pauses; `test_pauses_are_short…` looks at them."""
    monkeypatch.setattr(key_rest, "PAUSE_MS", 40)
    monkeypatch.setattr(presenter, "REMEMBER_MS", 60)


@pytest.fixture
def robot(at_work, qtbot):
    made = IntakeRobot(at_work, qtbot)
    at_work.work.navigation.go(Destination(Place.TODAY))
    made.settle()
    return made


@pytest.fixture
def on_intake(robot):
    robot.new()
    return robot


def say_stand(robot):
    robot.new()
    robot.keys.type("Marché de Maurepas\n")
    robot.keys.press(Qt.Key.Key_Down)
    robot.keys.type("\n")
    robot.rest()


def test_twelve_answers_take_at_most_fifty_keys_and_no_pointer(robot):
    say_stand(robot)
    robot.keys.pressed = 0
    press_act(robot.desk, Act.NEW_INTAKE)
    robot.keys.pressed += 1
    robot.settle()
    robot.keys.type("1Benali\nFatima\n120319870639980042")
    robot.keys.type("35000\n")
    robot.keys.press(Qt.Key.Key_Down)
    robot.keys.type("\n\n4")
    robot.keys.type("agen\n")
    robot.rest()
    kept = robot.kept()
    press_act(robot.desk, Act.GO_ON)
    robot.keys.pressed += 1
    robot.settle()
    assert robot.keys.pressed <= 50
    given = {key: answer.value for key, answer in kept.items()}
    assert given.pop("origin")
    assert given.pop("jobs")
    assert given == {
        "first_contact_on": "2026-11-24",
        "first_contact_place": "Marché de Maurepas",
        "information_given": "oui",
        "birth_name": "Benali",
        "first_name": "Fatima",
        "birth_date": "1987-03-12",
        "phone": "0639980042",
        "postcode": "35000",
        "commune": "35238",
        "labour_status": "recherche_emploi",
        "without_job_since": "03",
    }
    assert robot.desk.work.navigation.shown.place is Place.PARTICIPANT_FILE


def test_an_answer_is_kept_once_the_keys_rest(on_intake):
    on_intake.type("birth_name", "Benali")
    assert on_intake.value("birth_name") == "Benali"
    assert "Enregistré à 09:30:00" in on_intake.page.saved()


def test_pauses_are_short_enough_to_lose_little():
    assert PAUSE_MS == 400
    assert REMEMBER_MS < 1_000


def test_leaving_the_question_keeps_it_at_once(on_intake):
    on_intake.at("birth_name")
    on_intake.keys.type("Benali")
    on_intake.keys.press(Qt.Key.Key_Tab)
    on_intake.settle()
    assert on_intake.value("birth_name") == "Benali"


def test_leaving_the_page_keeps_what_is_typed_last(on_intake):
    on_intake.at("birth_name")
    on_intake.keys.type("Benali")
    participant = on_intake.participant_id
    press_act(on_intake.desk, Act.PARK)
    on_intake.settle()
    assert on_intake.kept(participant)["birth_name"] == Answer.given("Benali")


def test_a_parked_intake_waits_on_the_first_page_and_is_taken_up_again(on_intake):
    on_intake.type("birth_name", "Benali")
    participant = on_intake.participant_id
    press_act(on_intake.desk, Act.PARK)
    on_intake.settle()
    today = on_intake.desk.page(Place.TODAY)
    assert participant in {entry.participant_id for entry in today.parked.entries()}
    today.parked.press(participant)
    on_intake.settle()
    assert on_intake.shown("birth_name") == "Benali"


def test_what_is_typed_while_the_file_is_made_belongs_to_it(robot):
    robot.new()
    robot.type("birth_name", "Avant")
    before = robot.participant_id
    press_act(robot.desk, Act.NEW_INTAKE)
    robot.at("birth_name")
    robot.keys.type("Après")
    robot.rest()
    # On a slow machine the file is made after the rest of the keys, and kept a rest later.
    robot.qtbot.waitUntil(lambda: robot.value("birth_name") == "Après", timeout=20_000)
    assert robot.participant_id != before
    assert robot.kept(before)["birth_name"] == Answer.given("Avant")


def test_an_answer_that_arrives_for_another_intake_shows_nothing_of_it(robot):
    robot.new()
    robot.at("birth_name")
    robot.keys.type("Avant")
    press_act(robot.desk, Act.NEW_INTAKE)
    robot.rest()
    assert robot.shown("birth_name") == ""


def test_an_untouched_intake_is_used_again(robot):
    robot.new()
    first = robot.participant_id
    press_act(robot.desk, Act.PARK)
    robot.settle()
    robot.new()
    assert robot.participant_id == first


def test_a_new_intake_is_told_to_the_other_pages_at_once(robot):
    heard = []
    robot.desk.dispatcher.changed.connect(heard.append)
    robot.new()
    robot.desk.dispatcher.changed.disconnect(heard.append)
    assert robot.participant_id in set().union(*(changes.participants for changes in heard))


def test_the_stand_is_said_once(robot):
    say_stand(robot)
    robot.type("birth_name", "Benali")
    robot.new()
    assert robot.value("first_contact_place") == "Marché de Maurepas"
    assert robot.page.spot()[0] == "information_given"


@pytest.mark.parametrize(
    ("state", "kept"), [(AnswerState.DECLINED, DECLINED), (AnswerState.LATER, LATER)]
)
def test_why_there_is_no_answer_is_an_answer(on_intake, state, kept):
    on_intake.state("phone", state)
    assert on_intake.kept()["phone"] == kept


def test_a_state_chosen_by_mistake_gives_the_typed_text_back(on_intake):
    on_intake.type("birth_name", "Benali")
    on_intake.state("birth_name", AnswerState.UNKNOWN)
    on_intake.state("birth_name", AnswerState.GIVEN)
    assert on_intake.value("birth_name") == "Benali"


def test_a_national_number_is_refused_and_stays_on_the_screen(on_intake):
    on_intake.type("birth_name", NATIONAL_NUMBER)
    on_intake.type("first_name", "Fatima")
    assert on_intake.value("birth_name") == ""
    assert on_intake.shown("birth_name") == NATIONAL_NUMBER
    assert on_intake.page.problem("birth_name")
    on_intake.at("birth_name")
    on_intake.keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    on_intake.keys.type("Benali\n")
    on_intake.rest()
    assert on_intake.value("birth_name") == "Benali"
    assert on_intake.page.problem("birth_name") == ""


def test_a_remark_comes_when_the_question_is_left_and_clears_nothing(on_intake):
    on_intake.at("phone")
    on_intake.keys.type("061234567")
    on_intake.rest()
    assert on_intake.page.problem("phone") == ""
    on_intake.keys.press(Qt.Key.Key_Tab)
    on_intake.settle()
    assert "chiffre" in on_intake.page.problem("phone")
    assert on_intake.shown("phone") == "061234567"
    assert on_intake.value("phone") == "061234567"


def test_a_postcode_of_one_commune_proposes_it(on_intake):
    on_intake.type("postcode", "35000")
    assert on_intake.value("commune") == "35238"


def test_a_postcode_of_several_communes_proposes_none(on_intake):
    on_intake.type("postcode", "35310")
    assert on_intake.value("commune") == ""


def test_a_postcode_never_changes_a_commune_that_was_said(on_intake):
    on_intake.type("commune", "Bruz\n")
    on_intake.type("postcode", "35000")
    assert on_intake.value("commune") == "35047"


def test_someone_who_looks_alike_is_shown_and_can_be_opened(on_intake):
    known = next(line for line in on_intake.desk.people() if line.state is FileState.IN_PATHWAY)
    phone = on_intake.kept(known.id)["phone"].value
    on_intake.type("phone", phone)
    button = _button(on_intake.page, known.display_name)
    button.click()
    on_intake.settle()
    shown = on_intake.desk.work.navigation.shown
    assert (shown.place, shown.participant_id) == (Place.PARTICIPANT_FILE, known.id)


def test_finishing_too_early_lists_what_is_missing_with_the_way_to_it(on_intake):
    for key in ("information_given", "birth_name"):
        on_intake.type(key, EVERYTHING[key])
    press_act(on_intake.desk, Act.GO_ON)
    press_act(on_intake.desk, Act.GO_ON)
    on_intake.settle()
    assert on_intake.desk.work.navigation.shown.place is Place.INTAKE
    _button(on_intake.page, "Prénom").click()
    assert on_intake.page.spot()[0] == "first_name"


def test_a_complete_intake_is_to_be_presented(on_intake):
    for key, text in EVERYTHING.items():
        on_intake.type(key, text)
    on_intake.type("labour_status", "rech\n")
    participant = on_intake.participant_id
    press_act(on_intake.desk, Act.GO_ON)
    on_intake.settle()
    line = on_intake.desk.services.participants.file(participant).line
    assert line.state is FileState.TO_COMMISSION
    assert on_intake.desk.work.navigation.shown.place is Place.PARTICIPANT_FILE


def test_what_another_part_of_the_program_wrote_appears(on_intake, qtbot):
    participant = on_intake.participant_id
    on_intake.desk.services.intakes.answer(participant, "first_name", Answer.given("Fatima"))
    on_intake.desk.dispatcher.changed.emit(Changes(frozenset({participant})))
    on_intake.settle()
    assert on_intake.shown("first_name") == "Fatima"


def test_the_spot_is_remembered_with_each_save(on_intake):
    on_intake.type("birth_name", "Benali")
    bookmark = on_intake.desk.services.session.bookmark()
    assert (bookmark.place, bookmark.participant_id) == ("intake", on_intake.participant_id)
    assert (bookmark.field, bookmark.cursor) == ("birth_name", 6)


def test_a_move_of_the_caret_alone_is_remembered_within_a_second(on_intake, qtbot):
    on_intake.type("birth_name", "Benali")
    on_intake.keys.press(Qt.Key.Key_Home)
    session = on_intake.desk.services.session
    qtbot.waitUntil(lambda: session.bookmark().cursor == 0, timeout=10_000)


def test_the_next_program_takes_up_at_the_same_question_and_caret(qtbot, tmp_path, dressed):
    from plie_desktop.tasks import Lanes
    from tests.support.clocks import FixedClock
    from tests.support.workplaces import MORNING

    vault = practice_vault(tmp_path, FixedClock(MORNING), people=False)
    first, second = Lanes(), Lanes()
    before = desk(qtbot, tmp_path, first, opened=vault)
    before.host.show()
    robot = IntakeRobot(before, qtbot)
    robot.new()
    robot.type("birth_name", "Benali")
    robot.keys.press(Qt.Key.Key_Left)
    robot.keys.press(Qt.Key.Key_Left)
    qtbot.wait(presenter.REMEMBER_MS + 50)
    robot.settle()
    # The first program stops here without a word; another one opens the same base.
    before.dispatcher.close()
    first.drain()
    after = desk(qtbot, tmp_path, second, opened=vault)
    after.host.show()
    after.work.begin()
    after.settle(qtbot)
    assert after.work.navigation.shown.place is Place.INTAKE
    assert after.page(Place.INTAKE).spot() == ("birth_name", 4)
    assert IntakeRobot(after, qtbot).shown("birth_name") == "Benali"
    after.end()


class _FullDisk:
    """The intake service on a disk that is full while told so."""

    def __init__(self, intakes):
        self._intakes = intakes
        self.is_full = False

    def __getattr__(self, name):
        return getattr(self._intakes, name)

    def answer(self, participant_id, key, answer):
        if self.is_full:
            raise DiskFullError("Le disque est plein. Faites de la place, rien n’est perdu.")
        return self._intakes.answer(participant_id, key, answer)


def test_a_full_disk_is_told_in_the_page_and_the_answer_is_tried_again(
    qtbot, tmp_path, lanes, dressed, monkeypatch
):
    monkeypatch.setattr("plie_desktop.views.qt.key_rest.RETRY_MS", 50)
    disks = []

    def on_full_disk(services):
        disks.append(_FullDisk(services.intakes))
        return replace(services, intakes=disks[0])

    made = desk(qtbot, tmp_path, lanes, wrap=on_full_disk)
    made.host.show()
    robot = IntakeRobot(made, qtbot)
    robot.new()
    disks[0].is_full = True
    robot.type("birth_name", "Benali")
    qtbot.waitUntil(lambda: "plein" in robot.page.trouble(), timeout=20_000)
    assert robot.shown("birth_name") == "Benali"
    assert robot.value("birth_name") == ""
    disks[0].is_full = False
    qtbot.waitUntil(lambda: robot.value("birth_name") == "Benali", timeout=10_000)
    robot.settle()
    assert robot.page.trouble() == ""
    made.end()


def _button(page, words):
    return next(
        button
        for button in page.findChildren(QPushButton)
        if words in (button.text() or button.accessibleName()) and button.isVisible()
    )
