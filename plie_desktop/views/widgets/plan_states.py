"""States of a kept version of the plan as chips, the same on every page."""

from typing import Final

from plie_desktop.models.domain.plan import PLAN_STATE_LABELS, PlanState
from plie_desktop.text import Words
from plie_desktop.views.widgets.chip import State

_KINDS: Final = {
    PlanState.DRAFT: "neutral",
    PlanState.SHOWN: "info",
    PlanState.SIGNED: "ok",
    PlanState.SUPERSEDED: "neutral",
}


def plan_state(words: Words, state: PlanState) -> State:
    """What became of a version."""
    return State(_KINDS[state], words.say(PLAN_STATE_LABELS[state]), "plan")
