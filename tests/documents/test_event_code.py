"""The appointment as an iCalendar event: what calendars need, and nothing about the person."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.documents.event_code import event
from plie_desktop.text import Words, words
from tests.documents.papers import TODAY

FRENCH = Words("fr", {}, {})
PROPERTIES = {
    "BEGIN", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "LOCATION",
    "DESCRIPTION", "END",
}  # fmt: skip


def _read(said):
    """The event as a calendar reads it: lines joined again, values without their escapes."""
    lines = said.replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    pairs = [line.split(":", 1) for line in lines]
    return {name: re.sub(r"\\(.)", r"\1", value) for name, value in pairs}


def test_an_event_has_what_a_calendar_needs():
    said = _read(event("2026-03-03T10:00", "Maurepas", "06 12 34 56 78", FRENCH, TODAY))
    assert said["DTSTART"] == "20260303T100000"
    assert said["DTSTAMP"] == "20260302T000000Z"
    assert said["LOCATION"] == "Maurepas"
    assert said["DESCRIPTION"] == "06 12 34 56 78"
    assert set(said) == PROPERTIES


def test_what_is_not_known_is_not_said():
    said = _read(event("2026-03-03T10:00", "", "", FRENCH, TODAY))
    assert set(said) == PROPERTIES - {"LOCATION", "DESCRIPTION"}


def test_two_prints_of_one_appointment_are_one_event():
    first = _read(event("2026-03-03T10:00", "Maurepas", "", FRENCH, TODAY))
    again = _read(event("2026-03-03T10:00", "Villejean", "", FRENCH, date(2026, 3, 3)))
    assert first["UID"] == again["UID"]


def test_a_moment_without_meaning_makes_no_event():
    assert event("bientôt", "Maurepas", "", FRENCH, TODAY) is None


def test_no_word_can_open_a_line_of_its_own():
    typed = "ici\\, là; END:VEVENT, puis"
    said = event("2026-03-03T10:00", typed, "", FRENCH, TODAY)
    assert _read(said)["LOCATION"] == typed
    assert said.count("\r\nEND:VEVENT") == 1


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=300))
def test_lines_are_short_and_say_what_was_typed(place):
    said = event("2026-03-03T10:00", place, "", FRENCH, TODAY)
    assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))
    plain = place.replace("\u00a0", " ")
    read = _read(said).get("LOCATION", "")
    assert read == plain or (read.endswith("…") and plain.startswith(read[:-1]))
    assert len(read) <= 90


@pytest.mark.parametrize(("language", "title"), [("fr", "Rendez-vous"), ("en", "Appointment")])
def test_title_speaks_the_language_of_the_paper(language, title):
    said = _read(event("2026-03-03T10:00", "", "", words(language), TODAY))
    assert said["SUMMARY"] == title
