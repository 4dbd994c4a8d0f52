"""Finding people, reading their file, naming who accompanies them."""

from dataclasses import replace
from datetime import date

import pytest

from plie_desktop import bootstrap
from plie_desktop.errors import NotAllowedError, RefusedInputError
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.participant import FileState


@pytest.fixture
def participants(desk):
    return desk.services.participants


def with_role(desk, role):
    who = replace(desk.opened.identity, role=role)
    return bootstrap.services(replace(desk.opened, identity=who), given=desk.tools)


def test_people_are_found_by_the_beginnings_of_words(participants):
    (found,) = participants.find("kenz auB")
    assert found.display_name == "Kenza ESSAI-AUBÉPINE"
    assert participants.count("essai") == participants.count() == 12
    ids = participants.ids("essai")
    assert [line.id for line in participants.lines(ids[:3])] == list(ids[:3])


def test_nobody_is_found_by_nonsense(participants):
    for text in ("zzz", "'; DROP TABLE", '"', "nom:x", "*", "NEAR(", "\0", "l'eau"):
        assert participants.find(text) == ()


def test_a_file_holds_all_that_its_page_says(desk, participants):
    line = next(one for one in participants.find("") if one.state is FileState.IN_PATHWAY)
    file = participants.file(line.id)
    assert file.line == line
    assert file.intake.value("information_given") == "oui"
    assert file.age is not None
    assert file.age >= 16
    assert file.referent == desk.opened.identity.staff
    assert file.pathway.steps
    assert file.waiting_edits > 0
    assert file.plans == ()


def test_an_age_needs_a_birth_date_that_was(desk, participants):
    person = desk.person(birth_name="Exemple")
    assert participants.file(person).age is None
    desk.answer(person, birth_date="2027-01-01")
    assert participants.file(person).age is None
    desk.answer(person, birth_date="23/11/1990")
    assert participants.file(person).age == 36
    desk.answer(person, birth_date="24/11/1990")
    assert participants.file(person).age == 35


def test_a_file_that_is_not_here_is_told(desk, participants):
    with pytest.raises(RefusedInputError, match="pas sur ce portable"):
        participants.file(desk.tools.ids.new())


def test_a_referent_is_named_and_unnamed(desk, participants):
    person = desk.person(birth_name="Exemple")
    (camille,) = participants.staff()
    assert participants.set_referent(person, camille.id).participants == {person}
    assert participants.file(person).referent == camille
    participants.set_referent(person, None)
    assert participants.file(person).referent is None


def test_only_a_known_colleague_is_named(desk, participants):
    person = desk.person(birth_name="Exemple")
    with pytest.raises(RefusedInputError, match="équipe"):
        participants.set_referent(person, desk.tools.ids.new())


def test_admission_dates_the_entry(desk, participants):
    person = desk.person(birth_name="Exemple")
    participants.admit(person, date(2026, 11, 2))
    file = participants.file(person)
    assert file.line.state is FileState.IN_PATHWAY
    assert file.pathway.entry_on == date(2026, 11, 2)
    assert file.pathway.gaps[-1].is_open


def test_an_admission_to_come_is_refused(desk, participants):
    person = desk.person(birth_name="Exemple")
    with pytest.raises(RefusedInputError, match="avenir"):
        participants.admit(person, date(2026, 11, 24))


def test_a_closed_file_is_not_admitted_again(desk, participants):
    person = desk.person(birth_name="Exemple")
    with desk.store.write() as transaction:
        transaction.participants.set_state(person, FileState.EXITED, "2026-01-05")
    with pytest.raises(RefusedInputError, match="déjà terminé"):
        participants.admit(person, date(2026, 11, 2))


def test_someone_only_met_is_not_admitted_before_their_intake(desk, participants):
    person = desk.person(birth_name="Exemple")
    with desk.store.write() as transaction:
        transaction.participants.set_state(person, FileState.LEAD, None)
    with pytest.raises(RefusedInputError, match="pas encore fait"):
        participants.admit(person, date(2026, 11, 2))


def test_outreach_neither_assigns_nor_admits(desk):
    person = desk.person(birth_name="Exemple")
    services = with_role(desk, Role.OUTREACH)
    with pytest.raises(NotAllowedError):
        services.participants.set_referent(person, None)
    with pytest.raises(NotAllowedError):
        services.participants.admit(person, date(2026, 11, 2))
