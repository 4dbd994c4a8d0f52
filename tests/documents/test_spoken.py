"""Days, hours and telephone numbers are written the way people say them."""

from datetime import UTC, date, datetime

import pytest

from plie_desktop.documents.spoken import (
    hour,
    long_day,
    moment_parts,
    period,
    phone_in_pairs,
    short_day,
)
from plie_desktop.text import Words


def _plain(text):
    return text.replace("\u00a0", " ")


@pytest.fixture
def english():
    return Words("en", {"à {hour}": "at {hour}"}, {})


def test_day_has_its_name(french):
    assert _plain(long_day(date(2026, 3, 3), french)) == "mardi 3 mars 2026"


def test_first_of_the_month_is_said_premier(french):
    assert _plain(short_day(date(2026, 3, 1), french)) == "1er mars 2026"
    assert _plain(short_day(date(2026, 3, 11), french)) == "11 mars 2026"
    assert _plain(short_day(date(2026, 3, 21), french)) == "21 mars 2026"


def test_hour_is_said_without_idle_minutes(french):
    assert _plain(hour(datetime(2026, 3, 3, 10, 0, tzinfo=UTC), french)) == "10 h"
    assert _plain(hour(datetime(2026, 3, 3, 9, 5, tzinfo=UTC), french)) == "9 h 05"


def test_moment_is_a_day_and_an_hour(french):
    assert [_plain(part) for part in moment_parts("2026-03-03T10:00", french)] == [
        "mardi 3 mars 2026",
        "à 10 h",
    ]


def test_this_year_need_not_be_said(french):
    assert _plain(moment_parts("2026-03-03T10:00", french, 2026)[0]) == "mardi 3 mars"
    assert _plain(moment_parts("2027-03-03T10:00", french, 2026)[0]) == "mercredi 3 mars 2027"


def test_moment_in_english(english):
    day, at = moment_parts("2026-03-03T14:30", english)
    assert _plain(day) == "Tuesday 3 March 2026"
    assert _plain(at).lower() == "at 2:30 pm"


def test_unreadable_moment_comes_back_as_typed(french):
    assert moment_parts("bientôt <b>", french) == ("bientôt <b>", "")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 3), None, "à partir du 3 mars 2026"),
        (date(2026, 3, 3), date(2026, 3, 3), "le 3 mars 2026"),
        (date(2026, 3, 1), date(2026, 3, 31), "du 1er au 31 mars 2026"),
        (date(2026, 3, 3), date(2026, 4, 12), "du 3 mars au 12 avril 2026"),
        (date(2026, 12, 1), date(2027, 1, 1), "du 1er décembre 2026 au 1er janvier 2027"),
    ],
)
def test_period_says_nothing_twice(french, first, last, said):
    assert _plain(period(first, last, french)) == said


def test_day_stays_on_one_line_with_the_word_before_it(french):
    said = period(date(2026, 3, 3), date(2026, 4, 12), french)
    assert said.split(" ") == ["du\u00a03\u00a0mars", "au\u00a012\u00a0avril\u00a02026"]


@pytest.mark.parametrize(
    "typed", ["0612345678", "06.12.34.56.78", "06 12 34 56 78", "+33612345678", "+33 (0)612345678"]
)
def test_french_number_is_said_in_pairs(typed):
    assert _plain(phone_in_pairs(typed)) == "06 12 34 56 78"


@pytest.mark.parametrize("typed", ["", "3949", "+44 20 7946 0000", "061234567", "<b>", "poste 12"])
def test_other_numbers_stay_as_typed(typed):
    assert phone_in_pairs(typed) == typed
