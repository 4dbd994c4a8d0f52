"""Where days fall, and which steps share a row."""

from datetime import date
from uuid import UUID

import pytest

from plie_desktop.models.domain.pathway import Pathway
from plie_desktop.models.domain.step import Step, StepState
from plie_desktop.views.pathway.axis import axis, next_month, rows

WHO = UUID(int=1)
TODAY = date(2026, 3, 2)


def step(number, first, last, state=StepState.PLANNED):
    return Step(UUID(int=number), WHO, "DIA-INI", f"É{number}", "", "", first, last, state)


def test_the_axis_spans_whole_months_and_some_weeks_ahead():
    pathway = Pathway(WHO, date(2025, 11, 20), (step(1, date(2025, 12, 5), None),), ())
    made = axis(pathway, TODAY, 600)
    assert (made.first, made.end) == (date(2025, 11, 1), date(2026, 5, 1))
    assert (made.at(made.first), made.at(made.end)) == (0, 600)
    assert made.at(date(2030, 1, 1)) == 600


@pytest.mark.parametrize(("width", "count"), [(900, 12), (200, 4), (40, 1)])
def test_only_months_with_room_are_named(width, count):
    made = axis(Pathway(WHO, date(2025, 5, 1), (), ()), date(2026, 3, 15), width)
    assert len(made.months()) == count


def test_december_is_followed_by_january():
    assert next_month(date(2025, 12, 1)) == date(2026, 1, 1)


def test_overlapping_steps_lie_one_under_the_other():
    first = step(1, date(2026, 1, 1), date(2026, 2, 1))
    second = step(2, date(2026, 2, 1), date(2026, 3, 1))
    third = step(3, date(2026, 3, 2), None)
    assert [row for _, row in rows([third, first, second])] == [0, 1, 0]


def test_a_cancelled_step_leaves_the_first_row_to_the_gap():
    cancelled = step(1, date(2026, 1, 1), None, StepState.CANCELLED)
    planned = step(2, date(2026, 5, 1), None)
    assert dict(rows([cancelled, planned])) == {planned: 0, cancelled: 1}
