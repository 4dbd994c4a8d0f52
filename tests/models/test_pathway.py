"""Which days of a pathway no step fills."""

from datetime import date, timedelta

import pytest

from plie_desktop.models.domain.pathway import GapRules, find_gaps
from plie_desktop.models.domain.step import StepState
from tests.support.builders import a_step, new_id

ENTRY = date(2026, 1, 1)
TODAY = date(2026, 6, 15)
YESTERDAY = TODAY - timedelta(days=1)
PERSON = new_id()


def gaps_of(*steps):
    """First day, last day and length of each gap; a step is its first day, last day and state."""
    made = [a_step(PERSON, first, last, state=state) for first, last, state in steps]
    found = find_gaps(made, ENTRY, TODAY, GapRules())
    return [(gap.starts_on, gap.ends_on, gap.days) for gap in found]


@pytest.mark.parametrize("state", [StepState.INTERRUPTED, StepState.ABANDONED])
def test_a_step_that_was_stopped_fills_the_days_before(state):
    assert gaps_of((ENTRY, YESTERDAY, state)) == [(TODAY, None, 1)]
    assert gaps_of((ENTRY, TODAY, state)) == []


@pytest.mark.parametrize("state", [StepState.REFUSED, StepState.CANCELLED, StepState.NO_SHOW])
def test_a_step_that_never_began_fills_nothing(state):
    assert gaps_of((ENTRY, YESTERDAY, state)) == [(ENTRY, None, 166)]


@pytest.mark.parametrize("last", [None, TODAY + timedelta(days=1), date.max])
@pytest.mark.parametrize("state", [StepState.COMPLETED, StepState.INTERRUPTED, StepState.ABANDONED])
def test_a_step_that_is_over_without_a_last_day_behind_fills_its_first_alone(state, last):
    assert gaps_of((ENTRY, last, state)) == [(ENTRY + timedelta(days=1), None, 165)]


@pytest.mark.parametrize("state", [StepState.COMPLETED, StepState.INTERRUPTED, StepState.ABANDONED])
def test_a_step_said_to_be_over_before_it_began_hides_no_gap(state):
    later = TODAY + timedelta(days=30)
    assert gaps_of((later, later, state)) == [(ENTRY, None, 166)]


@pytest.mark.parametrize("last", [None, date.max, TODAY])
@pytest.mark.parametrize("state", [StepState.PLANNED, StepState.STARTED])
def test_a_step_under_way_fills_its_days_to_come(state, last):
    assert gaps_of((ENTRY, last, state)) == []


def test_what_follows_an_interruption_is_counted_from_it():
    assert gaps_of(
        (ENTRY, date(2026, 3, 10), StepState.INTERRUPTED),
        (date(2026, 2, 1), date(2026, 2, 20), StepState.COMPLETED),
        (date(2026, 4, 1), None, StepState.STARTED),
    ) == [(date(2026, 3, 11), date(2026, 3, 31), 21)]


def test_steps_that_follow_each_other_leave_no_gap():
    assert (
        gaps_of(
            (ENTRY, date(2026, 3, 10), StepState.ABANDONED),
            (date(2026, 3, 11), TODAY, StepState.COMPLETED),
        )
        == []
    )


def test_a_step_without_end_in_sight_ends_on_the_last_day_there_is():
    endless = (date(2026, 1, 5), date.max, StepState.PLANNED)
    inside = (date(2026, 2, 2), date(2026, 2, 8), StepState.PLANNED)
    assert gaps_of(endless, inside) == [(ENTRY, date(2026, 1, 4), 4)]
