"""Each bad-input rule of the domain study that concerns a question of the form."""

import re
from datetime import date
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop import reference
from plie_desktop.models.domain.answers import DECLINED, LATER, UNKNOWN, Answer
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.intake_form import BY_KEY, FIELDS
from plie_desktop.models.domain.problems import Level, check, normalise

TODAY = date(2026, 11, 23)
GO_ON = "Vous pouvez continuer."
READ_AGAIN = "Relisez-le avec la personne."
RIGHT = {
    "first_contact_on": "2026-11-20",
    "information_given": "oui",
    "birth_name": "BENALI",
    "first_name": "Fatima",
    "birth_date": "1993-03-06",
    "phone": "0683091254",
    "postcode": "35132",
    "commune": "35353",
    "labour_status": "recherche_emploi",
    "without_job_since": "02",
    "jobs": "18959",
}


def intake(**given) -> Intake:
    answers = {
        key: value if isinstance(value, Answer) else Answer.given(value)
        for key, value in given.items()
    }
    return Intake(UUID(int=1), answers=MappingProxyType(answers))


def problems(**given):
    return check(intake(**given), TODAY, reference.load)


def levels(key: str, **given) -> list[Level]:
    return [problem.level for problem in problems(**given) if problem.field == key]


def sentence(key: str, **given) -> str:
    (problem,) = (one for one in problems(**given) if one.field == key)
    return problem.sentence.format(**problem.details)


def test_a_right_intake_has_no_remark():
    assert problems(**RIGHT) == ()
    assert intake(**RIGHT).missing == ()


def test_no_answer_is_no_problem():
    assert problems() == ()
    assert problems(birth_date=UNKNOWN, phone=DECLINED, postcode=LATER) == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("31/02/1987", [Level.STOPS]),
        ("12/03/87", [Level.STOPS]),
        ("2027-01-01", [Level.STOPS]),
        ("2011-03-12", [Level.STOPS]),
        ("2009-11-23", [Level.ASKS]),
        ("2008-11-24", [Level.ASKS]),
        ("2008-11-23", []),
        ("1961-11-23", [Level.POINTS_OUT]),
        ("1962-11-23", []),
        ("1925-01-01", [Level.ASKS]),
        ("1890-01-01", [Level.STOPS]),
    ],
)
def test_birth_dates_are_weighed_by_age(value, expected):
    assert levels("birth_date", birth_date=value) == expected


def test_a_short_year_is_told_apart_from_a_day_that_does_not_exist():
    assert "quatre" in sentence("birth_date", birth_date="12/03/87")
    assert "calendrier" in sentence("birth_date", birth_date="31/02/1987")


def test_a_contact_to_come_asks_to_look_at_the_clock_too():
    assert levels("first_contact_on", first_contact_on="2026-11-24") == [Level.ASKS]
    assert levels("first_contact_on", first_contact_on="2026-11-23") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("06123456", "Il manque 2 chiffres : un numéro français en a 10. Vous pouvez continuer."),
        ("0612345", "Il manque 3 chiffres : un numéro français en a 10. Vous pouvez continuer."),
        ("061234567", "Il manque 1 chiffre : un numéro français en a 10. Vous pouvez continuer."),
        (
            "612345678",
            "Il manque le 0 du début : un tableur a pu l’enlever. Est-ce 06 12 34 56 78 ?",
        ),
        (
            "061234567890",
            "Il y a 2 chiffres de trop, ou il manque le + d’un numéro de l’étranger. " + GO_ON,
        ),
        ("0012345678", "Un numéro français commence par 0, puis 1 à 9. Vous pouvez continuer."),
        ("3919", "Un numéro aussi court est celui d’un service. Demandez celui de la personne."),
        (
            "+3361",
            "Un numéro de l’étranger a de 8 à 15 chiffres après le +. Relisez-le avec la personne.",
        ),
        (
            "chez sa sœur",
            "Un numéro s’écrit en chiffres, comme 06 12 34 56 78. Relisez-le avec la personne.",
        ),
    ],
)
def test_a_phone_says_what_it_lacks(value, said):
    assert levels("phone", phone=value) == [Level.ASKS]
    assert sentence("phone", phone=value) == said


def test_each_of_several_phones_is_looked_at():
    assert levels("phone", phone="0612345678|061234") == [Level.ASKS]
    assert levels("phone", phone="0612345678|+34612345678") == []


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ("personne0@example.org", True),
        ("a.b-c+d@sous.exemple.fr", True),
        ("prénom@exemple.fr", True),
        ("exemple.fr", False),
        ("@exemple.fr", False),
        ("nom@", False),
        (".nom@exemple.fr", False),
        ("nom@exemple", False),
        ("nom@exemple.f", False),
        ("nom nom@exemple.fr", False),
        ("nom@exem ple.fr", False),
    ],
)
def test_an_address_that_receives_nothing_is_remarked_on(value, is_right):
    assert levels("email", email=value) == ([] if is_right else [Level.ASKS])


def test_a_slip_of_the_fingers_is_put_right():
    assert sentence("email", email="lou@gmial.com").endswith("Est-ce lou@gmail.com ?")


@pytest.mark.parametrize(("value", "expected"), [("35000", []), ("3500a", [Level.STOPS])])
def test_a_postcode_has_five_digits(value, expected):
    assert levels("postcode", postcode=value) == expected


def test_a_postcode_of_four_digits_is_completed():
    assert "Est-ce 01000" in sentence("postcode", postcode="1000")


def test_a_postcode_of_another_commune_stops():
    assert levels("postcode", postcode="35000", commune="35353") == [Level.STOPS]
    assert "Vezin-le-Coquet" in sentence("postcode", postcode="35000", commune="35353")
    assert levels("postcode", postcode="35200", commune="35238") == []


def test_a_commune_outside_asks_for_the_coordination():
    assert levels("commune", commune="Fougères") == [Level.ASKS]
    assert levels("commune", commune="35115") == [Level.ASKS]


def test_a_district_of_another_commune_asks():
    assert levels("district", district="QPV-BLO", commune="35353") == [Level.ASKS]
    assert levels("district", district="QPV-BLO", commune="35238") == []
    assert levels("district", district="aucun", commune="35353") == []


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("birth_name", "O", []),
        ("birth_name", "BÉNARD-CŒURET", []),
        ("birth_name", "Roy2", [Level.ASKS]),
        ("birth_name", "<script>alert(1)</script>", [Level.ASKS, Level.ASKS]),
        ("birth_name", "a" * 101, [Level.STOPS]),
        ("first_name", "FATIMA", [Level.POINTS_OUT]),
        ("first_name", "LÉ", []),
        ("children", "3", []),
        ("children", "trois", [Level.STOPS]),
        ("children", "23", [Level.ASKS]),
        ("job_seeker_id", "5729945F", []),
        ("job_seeker_id", "57299451", []),
        ("job_seeker_id", "38701234567", []),
        ("job_seeker_id", "5729945", [Level.STOPS]),
        ("job_seeker_id", "5729945é", [Level.STOPS]),
        ("comment", "x" * 1001, [Level.STOPS]),
        ("comment", "vu : 1 85 05 78 006 084 36", [Level.STOPS]),
        ("origin", "inconnue", [Level.ASKS]),
        ("jobs", "18959|99999999", [Level.ASKS]),
        ("jobs", "18959|14075|18448|19484|10305|20044", [Level.ASKS]),
    ],
)
def test_each_kind_of_answer_has_its_rule(key, value, expected):
    assert sorted(levels(key, **{key: value})) == sorted(expected)


@pytest.mark.parametrize(
    ("key", "level", "given"),
    [
        ("information_given", Level.STOPS, {"information_given": "non"}),
        ("without_job_since", Level.ASKS, {"labour_status": "interim", "without_job_since": "03"}),
        ("is_registered", Level.POINTS_OUT, {"labour_status": "etudiant", "is_registered": "oui"}),
        ("job_seeker_id", Level.POINTS_OUT, {"is_registered": "non", "job_seeker_id": "5729945F"}),
        ("benefits", Level.ASKS, {"benefits": "RSA|AUCUNE"}),
        ("children", Level.ASKS, {"household": "monoparental", "children": "0"}),
        ("birth_commune", Level.POINTS_OUT, {"birth_commune": "Alger", "birth_country": "DZ"}),
        (
            "first_contact_on",
            Level.ASKS,
            {"first_contact_on": "1990-01-01", "birth_date": "1993-03-06"},
        ),
    ],
)
def test_answers_that_do_not_go_together_are_told(key, level, given):
    assert levels(key, **given) == [level]


@pytest.mark.parametrize(
    "given",
    [
        {"labour_status": "interim", "without_job_since": "00"},
        {"labour_status": "recherche_emploi", "without_job_since": "03"},
        {"benefits": "AUCUNE"},
        {"household": "monoparental", "children": "2"},
        {"birth_commune": "35238", "birth_country": "FR"},
        {"is_registered": "oui", "job_seeker_id": "5729945F"},
    ],
)
def test_answers_that_go_together_are_left_alone(given):
    assert problems(**given) == ()


def test_problems_come_in_the_order_of_the_form():
    order = [field.key for field in FIELDS]
    found = [one.field for one in problems(phone="12", birth_date="x", postcode="1", email="y")]
    assert found == sorted(found, key=order.index)


@given(st.dictionaries(st.sampled_from([field.key for field in FIELDS]), st.text(max_size=40)))
def test_any_answers_get_remarks_that_can_be_said(given):
    stored = {key: normalise(BY_KEY[key], text, TODAY) for key, text in given.items()}
    for problem in problems(**{key: value for key, value in stored.items() if value}):
        said = problem.sentence.format(**problem.details)
        assert not re.search(r"invalide|échec|erreur", said, re.IGNORECASE)
        assert problem.field in BY_KEY
