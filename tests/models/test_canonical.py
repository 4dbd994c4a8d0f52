"""What is typed, what is kept, what is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.models.domain.intake_form import BY_KEY, FIELDS
from plie_desktop.models.domain.problems import normalise, shown
from plie_desktop.models.domain.typed_text import clean, clean_lines, folded, with_plain_digits

TODAY = date(2026, 11, 23)


def kept(key: str, typed: str) -> str:
    return normalise(BY_KEY[key], typed, TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "12/03/1987", "12.03.1987", "12-3-1987", "12 03 1987", "12031987", "1987-03-12",
        " 12/03/1987\u00a0", "١٢/٠٣/١٩٨٧", "12 / 03 / 1987",
    ],
)  # fmt: skip
def test_a_date_is_kept_as_iso_however_it_is_typed(typed):
    assert kept("birth_date", typed) == "1987-03-12"
    assert shown(BY_KEY["birth_date"], "1987-03-12") == "12/03/1987"


@pytest.mark.parametrize("typed", ["31/02/1987", "12/03/87", "mars 1987", "120387", "32011987"])
def test_what_is_no_day_is_kept_as_typed(typed):
    assert kept("birth_date", typed) == typed
    assert shown(BY_KEY["birth_date"], typed) == typed


def test_a_contact_without_its_year_is_the_last_such_day():
    assert kept("first_contact_on", "3/11") == "2026-11-03"
    assert kept("first_contact_on", "24/12") == "2025-12-24"
    assert kept("first_contact_on", "31/2") == "31/2"
    assert kept("birth_date", "3/11") == "3/11"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("06.12.34.56.78", "0612345678"),
        ("06-12-34-56-78", "0612345678"),
        ("+33 6 12 34 56 78", "0612345678"),
        ("0033612345678", "0612345678"),
        ("+33 (0)6 12 34 56 78", "0612345678"),
        ("+34 612 345 678", "+34612345678"),
        ("0034612345678", "+34612345678"),
        ("0612345678 / 0711223344", "0612345678|0711223344"),
        ("06 12 34 56 78 ou 07 11 22 33 44", "0612345678|0711223344"),
        ("0612345678|0612345678", "0612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "0612345678"),
        ("612345678", "612345678"),
        ("chez sa sœur, 2e étage / code 12", "chez sa sœur, 2e étage / code 12"),
        ("0612345678 (sa sœur)", "0612345678 (sa sœur)"),
    ],
)
def test_a_phone_is_kept_without_spaces(typed, expected):
    assert kept("phone", typed) == expected


def test_a_phone_is_read_in_pairs():
    assert shown(BY_KEY["phone"], "0612345678|+34612345678") == "06 12 34 56 78 / +34612345678"


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("birth_name", "  BENALI\u00a0 ep.  Roy ", "BENALI ep. Roy"),
        ("birth_name", "Be\u0301nard\u200b", "Bénard"),
        ("birth_name", "N’Guessan", "N’Guessan"),
        ("email", " Personne@EXAMPLE.org ", "Personne@example.org"),
        ("email", "mailto:a@b.fr", "a@b.fr"),
        ("postcode", "35 000", "35000"),
        ("postcode", "1000", "1000"),
        ("children", "02", "2"),
        ("children", "deux", "deux"),
        ("job_seeker_id", "5729945 f", "5729945F"),
        ("benefits", "RSA| RSA |ASS||", "RSA|ASS"),
        ("comment", " Une ligne \r\n deux\u00a0 lignes ", "Une ligne\ndeux lignes"),
        ("street", "47 bd\nde Bulgarie", "47 bd de Bulgarie"),
    ],
)
def test_each_kind_has_its_stored_form(key, typed, expected):
    assert kept(key, typed) == expected


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_keeping_twice_is_keeping_once(field, typed):
    once = normalise(field, typed, TODAY)
    assert normalise(field, once, TODAY) == once


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_what_is_read_can_be_typed_again(field, typed):
    value = normalise(field, typed, TODAY)
    assert normalise(field, shown(field, value), TODAY) == value


@given(st.text(max_size=200))
def test_cleaned_text_has_nothing_unseen_and_stays_so(text):
    cleaned = clean(text)
    assert cleaned == clean(cleaned) == " ".join(cleaned.split())
    assert clean_lines(clean_lines(text)) == clean_lines(text)


def test_names_that_look_alike_fold_alike():
    assert folded("BÉNARD-CŒURET") == folded("benard coeuret")
    assert folded("N'GUESSAN") == folded("n’Guessan")
    assert folded("DEMİR") == folded("demir")
    assert folded("Straße") == folded("STRASSE")
    assert folded("Ibrahima Sory") != folded("Ibrahim Asory")


def test_plain_digits_leave_letters_alone():
    assert with_plain_digits("٣ rue de l'Alma") == "3 rue de l'Alma"
