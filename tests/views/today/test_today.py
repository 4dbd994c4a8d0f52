"""The first page: who comes, what waits, who has no step, and what would be lost."""

from datetime import timedelta

import pytest

from plie_desktop.models.domain.answers import LATER
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.pathway import Interview
from plie_desktop.models.domain.sync_state import Connection, SyncStatus
from plie_desktop.services.today import Today
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.today.presenter import OLD
from tests.support.builders import new_id
from tests.support.page_rules import show
from tests.support.workplaces import MORNING, desk, practice_vault


@pytest.fixture
def page(at_work, qtbot):
    return at_work.go(qtbot, Destination(Place.TODAY))


@pytest.fixture
def presenter(at_work, page):
    return at_work.work.navigation.feature(Place.TODAY)[1]


def test_the_day_says_hello_and_which_day_it_is(page):
    assert page.greeting() == ("Bonjour Camille", "Mardi 24 novembre 2026")


def test_meetings_come_soonest_first_with_hour_and_place(at_work, page, qtbot):
    someone = at_work.people()[0]
    write(at_work, someone.id, Interview(new_id(), someone.id, "2026-11-24T09:45", "Bureau"))
    at_work.settle(qtbot)
    first = page.meetings.entries()[0]
    assert (first.title, first.detail) == (
        someone.display_name,
        "Aujourd’hui à 09:45 · Bureau",
    )
    assert page.meetings.entries()[1].detail.startswith("Demain à ")


def test_a_meeting_whose_hour_cannot_be_read_is_shown_as_it_was_kept(at_work, page, qtbot):
    someone = at_work.people()[0]
    write(at_work, someone.id, Interview(new_id(), someone.id, "un jour", "Bureau"))
    at_work.settle(qtbot)
    assert page.meetings.entries()[-1].detail == "un jour · Bureau"


def test_a_meeting_opens_the_file(at_work, page, qtbot):
    wanted = page.meetings.entries()[0].participant_id
    page.meetings.press(wanted)
    at_work.settle(qtbot)
    assert at_work.work.navigation.shown == Destination(Place.PARTICIPANT_FILE, wanted)


def test_a_pathway_without_step_says_since_when_and_opens(at_work, page, qtbot):
    gap = page.gaps.entries()[0]
    assert gap.state is not None
    assert gap.state.text.endswith("jours")
    page.gaps.press(gap.participant_id)
    at_work.settle(qtbot)
    assert at_work.work.navigation.shown == Destination(Place.PATHWAY, gap.participant_id)


def test_questions_put_off_are_counted_on_the_parked_intake(at_work, page, qtbot):
    intakes = at_work.services.intakes
    view = intakes.start().view
    for key in ("phone", "postcode"):
        at_work.dispatcher.changed.emit(
            intakes.answer(view.intake.participant_id, key, LATER).changes
        )
    at_work.settle(qtbot)
    entry = next(
        entry
        for entry in page.parked.entries()
        if entry.participant_id == view.intake.participant_id
    )
    assert entry.title == "Nom à demander"
    assert entry.state.text == "2 à demander"


def test_a_new_intake_is_one_press_away(at_work, page, qtbot):
    page.intake_asked.emit()
    at_work.settle(qtbot)
    assert at_work.work.navigation.shown.place is Place.INTAKE


def test_an_empty_day_says_what_to_do(qtbot, tmp_path, lanes, dressed):
    from tests.support.clocks import FixedClock

    vault = practice_vault(tmp_path, FixedClock(MORNING), people=False)
    made = desk(qtbot, tmp_path, lanes, opened=vault)
    page = made.go(qtbot, Destination(Place.TODAY))
    show(page)
    assert "Rien de prévu. Ctrl+N pour un accueil." in page.meetings.words()
    made.end()


def a_day(status, **more):
    plain = {
        "greeting_name": "Camille",
        "meetings": (),
        "parked": (),
        "to_ask_later": (),
        "gaps": (),
        "files": 0,
        "more_meetings": False,
        "other_gaps": 0,
        "drafts": 0,
    }
    return Today(status=status, **(plain | more))


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (SyncStatus(Connection.NONE, waiting=9), "info", "inventées"),
        (SyncStatus(Connection.ONLINE, last_success_at=MORNING), "ok", "rien ne serait perdu"),
        (
            SyncStatus(Connection.OFFLINE, 12, 3, last_success_at=MORNING - timedelta(hours=2)),
            "info",
            "dans 3 dossiers serait perdu",
        ),
        (SyncStatus(Connection.OFFLINE, 1, 1), "warning", "dans 1 dossier serait perdu"),
        (
            SyncStatus(Connection.ONLINE, 1, 1, last_success_at=MORNING - OLD - timedelta(hours=1)),
            "warning",
            "dans 1 dossier serait perdu",
        ),
    ],
)
def test_what_would_be_lost_with_the_laptop_is_what_waits(presenter, status, kind, words):
    told = presenter._loss(a_day(status), MORNING)
    assert told[0] == kind
    assert words in told[1]


def test_what_is_typed_and_not_saved_would_be_lost_too(presenter):
    status = SyncStatus(Connection.ONLINE, last_success_at=MORNING)
    kind, said = presenter._loss(a_day(status, drafts=2), MORNING)
    assert kind == "info"
    assert "sans être enregistré dans 2 dossiers" in said


def test_what_the_lists_leave_out_is_told(at_work, presenter):
    presenter._on_read(a_day(SyncStatus(Connection.ONLINE), more_meetings=True, other_gaps=87))
    page = presenter._page
    assert page.gaps.rest() == "87 autres parcours n’ont pas d’étape en ce moment."
    assert "suivent" in page.meetings.rest()
    presenter._on_read(a_day(SyncStatus(Connection.ONLINE)))
    assert (page.gaps.rest(), page.meetings.rest()) == ("", "")


def write(desk, participant, interview):
    with desk.services.session._opened.store.write() as transaction:
        transaction.pathways.put_interview(interview)
    desk.dispatcher.changed.emit(Changes(frozenset({participant})))
