"""French as it is set: a high mark stays with its word, and what people wrote stays as it is."""

import re

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop import paths, reference, text

LOOSE = re.compile(r" [:;!?»%]|« ")
MARKS = ":;!?»%"
FRENCH, ENGLISH = text.words("fr"), text.words("en")


def catalogue():
    """Every message id, and both ids of a plural."""
    with paths.resource("locale", "en.po").open("rb") as stream:
        ids = [message.id for message in read_po(stream) if message.id]
    return [form for one in ids for form in ((one,) if isinstance(one, str) else one)]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Que faire ?", "Que faire\u00a0?"),
        ("Avant : rien ; après : tout !", "Avant\u00a0: rien\u00a0; après\u00a0: tout\u00a0!"),
        ("comme « Portable 3 ».", "comme «\u00a0Portable 3\u00a0»."),
        ("150 %", "150\u00a0%"),
        ("à 14:30", "à 14:30"),
        ("avec https://.", "avec https://."),
        ("", ""),
    ],
)
def test_a_mark_stays_with_its_word(typed, shown):
    assert FRENCH.say(typed) == shown
    assert FRENCH.count(typed, typed, 2) == shown


def test_no_french_sentence_lets_a_mark_begin_a_line():
    said = [FRENCH.say(one) for one in catalogue()]
    assert len(said) > 500
    assert [one for one in said if LOOSE.search(one)] == []


def test_no_label_of_a_list_lets_a_mark_begin_a_line():
    names = [*reference._SOURCES, *reference._OWN]
    said = [FRENCH.say(code.label) for name in names for code in reference.load(name)]
    assert len(said) > 10_000
    assert [one for one in said if LOOSE.search(one)] == []


@given(typed=st.text(alphabet=st.sampled_from(" :;!?»«%aé\u00a0"), max_size=30))
def test_what_people_wrote_is_never_touched(typed):
    assert FRENCH.say("Note : {note}", note=typed) == f"Note\u00a0: {typed}"
    counted = FRENCH.count("{n} note : {note}", "{n} notes : {note}", 3, note=typed)
    assert counted == f"3 notes\u00a0: {typed}"


@given(st.lists(st.sampled_from([*MARKS, "a", "é", "«", " ", "{n}"]), max_size=12).map("".join))
def test_binding_changes_spaces_alone_and_nothing_a_second_time(message):
    said = FRENCH.say(message)
    assert said.replace("\u00a0", " ") == message.replace("\u00a0", " ")
    assert not LOOSE.search(said)
    assert FRENCH.say(said) == said


def test_listed_details_are_said_as_the_rest():
    assert FRENCH.say("Il manque {what}.", what=("un nom ?", "un jour ?")) == (
        "Il manque un nom\u00a0?, un jour\u00a0?."
    )


def test_english_has_its_own_spaces():
    assert ENGLISH.say("Note : {note}", note="x") == "Note : x"
