"""What another laptop wrote is read without harm, whatever it is."""

import pytest

from plie_desktop.store import mapping


@pytest.mark.parametrize(
    ("text", "read"),
    [("42", 42), ("", 0), (None, 0), ("-1", 0), ("٣", 0), ("²", 0), ("9" * 5000, 0)],
)
def test_what_is_no_number_counts_as_none(text, read):
    assert mapping.number(text) == read


@pytest.mark.parametrize("text", ["", None, "2026-13-45", "demain", "9" * 5000])
def test_what_is_no_day_is_none(text):
    assert mapping.day(text) is None
