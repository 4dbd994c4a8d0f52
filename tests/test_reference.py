"""The code lists in the languages people read."""

from collections import Counter

import pytest
from babel import Locale

from plie_desktop import reference
from plie_desktop.text import words
from tests.support.labels import ENGLISH, LISTS, NAMES

FRENCH = words("fr")
SAME = {
    # Levels of the Council of Europe and categories of the licence directive have no language.
    "french": {"A1", "A2", "B1", "B2", "C1", "C2"},
    "licences": {"A1", "A2", "A", "B1", "B", "BE", "C1", "C", "CE", "D1", "D"},
    # Neighbourhoods are called as their inhabitants call them.
    "districts": {"QPV-CLE", "QPV-BCC", "QPV-MAU", "QPV-BLO", "QPV-VIL"},
    # Languages that bear their own name in both.
    "languages": {"prs", "so", "lg", "ln", "sw", "wo"},
    # As below: CLDR itself calls these countries alike.
    "countries": {
        code for code, name in Locale("fr").territories.items()
        if Locale("en").territories[code] == name
    },
}  # fmt: skip


def test_the_lists_are_those_of_the_form_and_of_steps():
    assert len(LISTS) == 20
    assert all(len(reference.load(name).codes) > 1 for name in LISTS)


@pytest.mark.parametrize("name", [name for name in LISTS if name not in NAMES])
def test_each_code_has_a_label_in_english(name):
    known = reference.load(name)
    same = {code.code for code in known if known.said(code.code, ENGLISH) == code.label}
    assert same == SAME.get(name, set()) & {code.code for code in known}
    assert all(known.said(code.code, ENGLISH).strip() for code in known)


@pytest.mark.parametrize("name", LISTS)
def test_french_is_said_as_the_list_has_it(name):
    known = reference.load(name)
    assert known.lines(FRENCH) == tuple((code.code, FRENCH.say(code.label)) for code in known)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_names_are_the_same_in_every_language(name):
    known = reference.load(name)
    assert known.lines(ENGLISH) == tuple((code.code, code.label) for code in known)


@pytest.mark.parametrize("name", [name for name in LISTS if name not in NAMES])
def test_labels_are_told_apart_in_english_where_they_are_in_french(name):
    """A label that is typed whole picks its code; two that are alike pick none."""
    lists = [reference.load(name).lines(said) for said in (FRENCH, ENGLISH)]
    french, english = (Counter(label.casefold() for _, label in lines) for lines in lists)
    assert Counter(english.values()) == Counter(french.values())


def test_an_unknown_code_is_said_as_it_is():
    assert reference.load("origins").said("NOUVEAU", ENGLISH) == "NOUVEAU"
    assert reference.load("origins").said("DEPT", ENGLISH) == "Social services of the département"


def test_words_of_lists_of_our_own_are_those_of_the_catalogue():
    assert reference.load("households").lines(ENGLISH)[2] == ("monoparental", "Single parent")
    assert reference.load("districts").said("aucun", ENGLISH) == ENGLISH.say("Aucun")


def test_countries_stand_in_the_order_of_the_language_france_first():
    codes = [code for code, _ in reference.load("countries").lines(ENGLISH)]
    assert codes[:2] == ["FR", "AF"]
    assert codes.index("DE") > codes.index("FJ")
    french = [code for code, _ in reference.load("countries").lines(FRENCH)]
    assert french[0] == "FR"
    assert french.index("DE") < french.index("FJ")
    assert sorted(codes) == sorted(french)


def test_an_accent_does_not_send_a_country_to_the_end_of_the_list():
    french = [code for code, _ in reference.load("countries").lines(FRENCH)]
    assert french.index("ER") < french.index("ES") < french.index("ET") < french.index("ZW")
    english = [code for code, _ in reference.load("countries").lines(ENGLISH)]
    assert english.index("AX") < english.index("AL")


def test_a_label_kept_as_a_text_is_read_in_the_language_asked_for():
    kinds = reference.load("step_types")
    assert kinds.reworded("Formation préqualifiante", ENGLISH) == "Pre-qualification training"
    assert kinds.reworded("Formation préqualifiante", FRENCH) == "Formation préqualifiante"
    assert kinds.reworded("Formation vélo", ENGLISH) == "Formation vélo"
