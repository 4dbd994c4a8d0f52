"""States as chips: each in words of its own, and no more than is known."""

import pytest

from plie_desktop.models.domain.participant import FileState, RecordState
from plie_desktop.models.domain.pathway import GapLevel
from plie_desktop.models.domain.plan import PlanState
from plie_desktop.models.domain.step import StepState
from plie_desktop.views.widgets.file_states import file_state, record_state
from plie_desktop.views.widgets.plan_states import plan_state
from plie_desktop.views.widgets.step_states import gap_level, step_state


@pytest.mark.parametrize(
    ("state_of", "states"),
    [
        (file_state, FileState),
        (record_state, RecordState),
        (step_state, StepState),
        (gap_level, GapLevel),
        (plan_state, PlanState),
    ],
)
def test_no_two_states_are_told_by_colour_alone(said, state_of, states):
    told = [state_of(said, one).text for one in states]
    assert all(told)
    assert len(set(told)) == len(told)


def test_a_long_gap_says_what_to_do_and_not_what_nobody_knows(said):
    # Days are counted here; whether headquarters looked at them is not known on a laptop.
    assert gap_level(said, GapLevel.HEADQUARTERS).text == "À signaler"
