"""The first page of a session."""

from datetime import date, datetime

import pytest

from plie_desktop.models.domain.answers import LATER
from plie_desktop.models.domain.pathway import GapLevel, InterviewState
from plie_desktop.models.domain.step import StepState
from plie_desktop.models.domain.sync_state import Connection
from plie_desktop.services.pathways import StepDraft
from plie_desktop.store.keys import draft_key
from tests.support.builders import an_interview


@pytest.fixture
def today(desk):
    return desk.services.today


def test_a_day_begins_with_who_is_expected_and_what_was_left(desk, today):
    read = today.read()
    assert read.greeting_name == "Camille"
    assert read.files == 12
    assert [one.starts_at for one in read.meetings] == sorted(
        one.starts_at for one in read.meetings
    )
    assert all(one.display_name for one in read.meetings)
    assert [line.display_name for line in read.parked] == ["Lubin ESSAI-SAULE"]
    ((line, count),) = read.to_ask_later
    assert (line.display_name, count) == ("Lubin ESSAI-SAULE", 2)
    assert read.status.connection is Connection.NONE


def test_a_meeting_of_yesterday_is_over(desk, today):
    person = desk.person(birth_name="Exemple", first_name="Lou")
    before = len(today.read().meetings)
    for moment in ("2026-11-22T10:00", "2026-11-23T08:00"):
        desk.services.pathways.save_interview(person, None, moment, "", InterviewState.PLANNED, "")
    meetings = today.read().meetings
    assert len(meetings) == before + 1
    assert meetings[0].starts_at == "2026-11-23T08:00"


def test_a_meeting_whose_hour_cannot_be_read_holds_up_nothing(desk, today):
    person = desk.person(birth_name="Exemple", first_name="Lou")
    before = len(today.read().meetings)
    with desk.store.write() as transaction:
        for moment in ("demain", "2026-11-24T10:00"):
            transaction.pathways.put_interview(an_interview(person, moment))
    meetings = {one.starts_at: one.moment for one in today.read().meetings}
    assert len(meetings) == before + 2
    assert meetings["demain"] is None
    assert meetings["2026-11-24T10:00"] == datetime.fromisoformat("2026-11-24T10:00")


def test_a_gap_that_worries_is_told_once_with_its_days(desk, today):
    person = desk.person(birth_name="Exemple", first_name="Lou")
    desk.services.participants.admit(person, date(2026, 6, 1))
    draft = StepDraft("FOR-LAN", "", "", "", date(2026, 6, 1), date(2026, 8, 31),
                      StepState.COMPLETED)  # fmt: skip
    desk.services.pathways.save_step(person, None, draft)
    (gap,) = [one for one in today.read().gaps if one.participant_id == person]
    assert (gap.since, gap.days, gap.level) == (date(2026, 9, 1), 84, GapLevel.RED)
    assert gap.display_name == "Lou EXEMPLE"


def test_someone_admitted_without_any_step_is_told(desk, today):
    person = desk.person(birth_name="Exemple")
    desk.services.participants.admit(person, date(2026, 10, 24))
    (gap,) = [one for one in today.read().gaps if one.participant_id == person]
    assert (gap.since, gap.days, gap.level) == (date(2026, 10, 24), 31, GapLevel.AMBER)


def test_a_short_gap_worries_nobody(desk, today):
    person = desk.person(birth_name="Exemple")
    desk.services.participants.admit(person, date(2026, 11, 1))
    assert [one for one in today.read().gaps if one.participant_id == person] == []


def test_a_finished_intake_is_not_left_over(desk, today):
    person = desk.person(birth_name="Exemple")
    desk.services.intakes.answer(person, "phone", LATER)
    assert person in {line.id for line in today.read().parked}
    assert person in {line.id for line, _ in today.read().to_ask_later}


def test_pathways_beyond_the_list_are_counted(desk, today):
    assert today.read().other_gaps == 0
    for _ in range(55):
        desk.services.participants.admit(desk.person(birth_name="Exemple"), date(2026, 6, 1))
    read = today.read()
    with desk.store.read() as transaction:
        without_step = len(transaction.participants.with_open_gap("2026-11-23"))
    assert len(read.gaps) == 50
    assert read.other_gaps == without_step - 50 > 0


def test_files_with_something_typed_and_not_saved_are_counted(desk, today):
    one, two = desk.person(birth_name="Exemple"), desk.person(birth_name="Autre")
    assert today.read().drafts == 0
    with desk.store.write() as transaction:
        for person, place in ((one, "step"), (one, "meeting"), (two, "step")):
            transaction.local.put(draft_key(person, place), b"Atelier")
    assert today.read().drafts == 2
