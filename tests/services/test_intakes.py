"""Intakes are begun at once, saved answer by answer, and held up by nothing but one number."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plie_desktop.errors import NotAllowedError, RefusedInputError
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.answers import DECLINED, LATER, UNKNOWN, Answer
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.intake_form import FIELDS, FieldKind
from plie_desktop.models.domain.participant import FileState, RecordState
from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.models.domain.problems import Level
from plie_desktop.models.domain.records import Kind
from plie_desktop.text import words

NIR = "1 85 05 78 006 084"
WHOLE = {
    "information_given": "oui",
    "birth_name": "Exemple",
    "first_name": "Lou",
    "phone": "0639980102",
    "postcode": "35000",
    "commune": "35238",
    "labour_status": "recherche_emploi",
}

_NOT_PRESENTED = (FileState.LEAD, FileState.INTAKE)


@pytest.fixture
def intakes(desk):
    return desk.services.intakes


def saved(desk, **given):
    view = desk.services.intakes.start().view
    for key, value in given.items():
        view = desk.services.intakes.answer(
            view.intake.participant_id, key, Answer.given(value)
        ).view
    return view


def test_a_new_intake_exists_before_anything_is_typed(desk, intakes):
    view = intakes.start().view
    assert view.intake.state is FileState.INTAKE
    assert view.intake.value("first_contact_on") == "2026-11-23"
    assert view.number.startswith("E0-")
    assert view.record_state is RecordState.LOCAL_ONLY
    assert view.saved_at == desk.tools.clock.now()
    assert view.intake.participant_id in {line.id for line in intakes.parked()}
    assert intakes.open(view.intake.participant_id).saved_at is None


def test_beginning_says_what_it_changed(desk, intakes):
    begun = intakes.start()
    assert begun.changes == Changes(frozenset({begun.view.intake.participant_id}), sync=True)


def test_an_intake_in_which_nothing_was_answered_is_taken_again(desk, intakes):
    first = intakes.start()
    again = intakes.start()
    assert again.view.intake == first.view.intake
    assert again.view.number == first.view.number


def test_an_intake_taken_again_has_the_day_and_the_stand_of_now(intakes, clock):
    first = intakes.start().view.intake.participant_id
    intakes.answer(first, "first_contact_place", Answer.given("Marché du Blosne"))
    intakes.answer(first, "origin", Answer.given("CCAS"))
    clock.move_to(clock.now() + timedelta(days=1))
    known = intakes.start().view.intake
    assert known.participant_id == first
    assert {key: answer.value for key, answer in known.answers.items()} == {
        "first_contact_on": "2026-11-24"
    }


def test_an_intake_taken_again_has_the_place_said_meanwhile(desk, intakes):
    other = desk.person(first_name="Ana")
    empty = intakes.start().view.intake.participant_id
    intakes.answer(other, "first_contact_place", Answer.given("Hall de la gare"))
    known = intakes.start().view.intake
    assert known.participant_id == empty
    assert known.value("first_contact_place") == "Hall de la gare"


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("origin", DECLINED),
        ("first_contact_place", LATER),
        ("first_name", Answer.given("Lou")),
        ("phone", UNKNOWN),
        ("comment", Answer.given("Revient lundi")),
    ],
)
def test_an_intake_in_which_something_was_said_is_left_alone(intakes, key, answer):
    touched = intakes.start().view.intake.participant_id
    intakes.answer(touched, key, answer)
    begun = intakes.start().view.intake
    assert begun.participant_id != touched
    assert intakes.open(touched).intake.answers[key] == answer


def test_an_intake_with_a_meeting_is_somebodys(desk, intakes):
    touched = intakes.start().view.intake.participant_id
    desk.services.pathways.save_interview(
        touched, None, "2026-12-01T14:30", "", InterviewState.PLANNED, ""
    )
    assert intakes.start().view.intake.participant_id != touched


def test_an_answer_is_there_after_the_program_ended(desk):
    view = saved(desk, birth_name="Exemple", birth_date="12031987")
    again = desk.reopen()
    intake = again.services.intakes.open(view.intake.participant_id).intake
    assert intake.value("birth_name") == "Exemple"
    assert intake.value("birth_date") == "1987-03-12"
    again.close()


def test_a_wrong_answer_is_kept_with_its_remark(desk):
    view = saved(desk, birth_date="31/02/1987", phone="06123456")
    assert view.intake.value("birth_date") == "31/02/1987"
    assert {(one.field, one.level) for one in view.problems} == {
        ("birth_date", Level.STOPS),
        ("phone", Level.ASKS),
    }


@pytest.mark.parametrize("answer", [UNKNOWN, DECLINED, LATER])
@pytest.mark.parametrize("key", ["phone", "housing"])
def test_the_four_states_of_an_answer_are_kept_apart(intakes, key, answer):
    participant_id = intakes.start().view.intake.participant_id
    view = intakes.answer(participant_id, key, answer).view
    assert view.intake.answers[key] == answer
    assert intakes.open(participant_id).intake.answers[key] == answer


def test_an_answer_taken_back_is_no_answer(intakes):
    participant_id = intakes.start().view.intake.participant_id
    for key, value in (("phone", "0639980102"), ("housing", "TIERS")):
        intakes.answer(participant_id, key, Answer.given(value))
        intakes.answer(participant_id, key, None)
        intakes.answer(participant_id, key, Answer.given("  \u200b"))
        assert key not in intakes.open(participant_id).intake.answers


def test_the_national_number_is_kept_nowhere(intakes):
    participant_id = intakes.start().view.intake.participant_id
    before = intakes.open(participant_id).intake.answers
    for field in FIELDS:
        with pytest.raises(RefusedInputError, match="sécurité sociale"):
            intakes.answer(participant_id, field.key, Answer.given(f"voir {NIR}"))
    assert intakes.open(participant_id).intake.answers == before


def test_whatever_else_is_typed_is_kept(intakes):
    participant_id = intakes.start().view.intake.participant_id
    for field in FIELDS:
        intakes.answer(participant_id, field.key, Answer.given("n’importe quoi <b> 31/02"))
    intake = intakes.open(participant_id).intake
    for field in FIELDS:
        is_id = field.kind is FieldKind.JOB_SEEKER_ID
        expected = "N’IMPORTEQUOI<B>31/02" if is_id else "n’importe quoi <b> 31/02"
        assert intake.value(field.key) == expected


def test_a_save_says_what_it_changed(intakes):
    participant_id = intakes.start().view.intake.participant_id
    done = intakes.answer(participant_id, "first_name", Answer.given("Lou"))
    assert done.changes.participants == {participant_id}
    assert done.changes.sync


def test_a_second_look_at_the_same_answer_is_one_edit(desk, intakes):
    participant_id = intakes.start().view.intake.participant_id
    before = desk.services.synchronisation.status().waiting
    for typed in ("L", "Lo", "Lou"):
        intakes.answer(participant_id, "first_name", Answer.given(typed))
    assert desk.services.synchronisation.status().waiting <= before + 1


def test_the_stand_is_proposed_to_the_next_person_of_the_day(desk, intakes, clock):
    first = intakes.start().view.intake.participant_id
    intakes.answer(first, "first_contact_place", Answer.given("Marché du Blosne"))
    intakes.answer(first, "origin", Answer.given("CCAS"))

    stand = intakes.stand()
    assert (stand.place, stand.origin, stand.agent) == (
        "Marché du Blosne",
        "CCAS",
        "Camille Exemple",
    )
    following = intakes.start().view.intake
    assert following.value("first_contact_place") == "Marché du Blosne"
    assert following.value("origin") == "CCAS"

    clock.move_to(clock.now() + timedelta(days=1))
    assert intakes.stand().place == ""
    assert intakes.start().view.intake.value("first_contact_place") == ""


def test_the_day_of_the_stand_is_the_one_in_france(intakes, clock):
    clock.move_to(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert intakes.start().view.intake.value("first_contact_on") == "2026-11-24"


def test_someone_who_may_be_known_is_shown(desk, intakes):
    known = saved(desk, birth_name="BÉNARD-CŒURET", first_name="Anaïs", birth_date="23/02/1986")
    again = saved(desk, birth_name="Benard Coeuret", first_name="anais", birth_date="23021986")
    assert [line.id for line in again.similar] == [known.intake.participant_id]
    other_day = saved(desk, birth_name="Bénard-Cœuret", first_name="Anaïs", birth_date="24/02/1986")
    assert other_day.similar == ()


def test_the_same_phone_is_shown_whatever_the_name(desk):
    known = saved(desk, birth_name="Un", phone="06 39 98 77 01")
    again = saved(desk, birth_name="Deux", phone="+33 6 39 98 77 01")
    assert known.intake.participant_id in {line.id for line in again.similar}


def test_a_complete_file_may_be_presented(desk, intakes):
    view = saved(desk, **WHOLE)
    done = intakes.finish(view.intake.participant_id)
    assert done.view.intake.state is FileState.TO_COMMISSION
    assert view.intake.participant_id not in {line.id for line in intakes.parked()}


@pytest.mark.parametrize("state", [one for one in FileState if one not in _NOT_PRESENTED])
def test_an_intake_completed_later_leaves_the_file_where_it_stands(desk, intakes, state):
    participant_id = saved(desk, **WHOLE).intake.participant_id
    with desk.store.write() as transaction:
        transaction.participants.set_state(participant_id, state, "2026-09-01")
    before = desk.services.synchronisation.status().waiting

    done = intakes.finish(participant_id)

    assert done.view.intake.state is state
    assert done.changes == Changes()
    assert desk.services.synchronisation.status().waiting == before
    assert desk.services.pathways.pathway(participant_id).entry_on == date(2026, 9, 1)


def test_someone_in_pathway_stays_among_the_gaps_after_their_intake_is_completed(desk, intakes):
    participant_id = saved(desk, **WHOLE).intake.participant_id
    desk.services.participants.admit(participant_id, date(2026, 9, 1))
    intakes.finish(participant_id)
    assert participant_id in {gap.participant_id for gap in desk.services.today.read().gaps}


def test_an_intake_continued_later_still_says_what_is_missing(desk, intakes):
    participant_id = saved(desk, birth_name="Exemple").intake.participant_id
    desk.services.participants.admit(participant_id, date(2026, 9, 1))
    with pytest.raises(RefusedInputError, match="Il manque encore"):
        intakes.finish(participant_id)


def test_a_lead_with_a_whole_intake_may_be_presented(desk, intakes):
    participant_id = saved(desk, **WHOLE).intake.participant_id
    with desk.store.write() as transaction:
        transaction.participants.set_state(participant_id, FileState.LEAD, None)
    assert intakes.finish(participant_id).view.intake.state is FileState.TO_COMMISSION


def test_what_is_missing_is_named(desk, intakes):
    view = saved(desk, **{key: WHOLE[key] for key in WHOLE if key not in ("phone", "commune")})
    with pytest.raises(RefusedInputError) as caught:
        intakes.finish(view.intake.participant_id)
    said = words("fr").say(caught.value.sentence, **caught.value.details)
    assert said.startswith("Il manque encore\u00a0: Téléphone, Commune.")
    assert "Téléphone" not in words("en").say(caught.value.sentence, **caught.value.details)
    assert intakes.open(view.intake.participant_id).intake.state is FileState.INTAKE


def test_a_declined_answer_is_an_answer_but_a_later_one_is_not(desk, intakes):
    view = saved(desk, **WHOLE)
    intakes.answer(view.intake.participant_id, "phone", LATER)
    with pytest.raises(RefusedInputError, match="Téléphone"):
        intakes.finish(view.intake.participant_id)
    intakes.answer(view.intake.participant_id, "phone", DECLINED)
    intakes.finish(view.intake.participant_id)


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("postcode", "44000", "Code postal"),
        ("birth_date", "31/02/1987", "Date de naissance"),
        ("information_given", "non", "information sur les données"),
    ],
)
def test_an_answer_that_does_not_fit_holds_up_the_commission_alone(
    desk, intakes, key, value, named
):
    view = saved(desk, **{**WHOLE, key: value})
    with pytest.raises(RefusedInputError, match=named):
        intakes.finish(view.intake.participant_id)


def test_a_file_that_is_not_here_is_told(intakes, desk):
    with pytest.raises(RefusedInputError, match="pas sur ce portable"):
        intakes.open(desk.tools.ids.new())


def test_a_role_that_writes_nothing_is_told(desk):
    outreach = replace(desk.opened.identity, role=Role.OUTREACH)
    outreach.require(Kind.ANSWER)
    with pytest.raises(NotAllowedError):
        outreach.require(Kind.STEP)
