"""What a step is called and where it stands, how much a gap worries; the same on every page."""

from typing import Final

from plie_desktop import reference
from plie_desktop.models.domain.pathway import GapLevel
from plie_desktop.models.domain.step import STEP_STATE_LABELS, Step, StepState
from plie_desktop.text import N_, Words
from plie_desktop.views.widgets.chip import State

_STEPS: Final = {
    StepState.PLANNED: ("neutral", "calendar"),
    StepState.PRESCRIBED: ("neutral", "send"),
    StepState.ACCEPTED: ("neutral", "check"),
    StepState.REFUSED: ("warning", "close"),
    StepState.STARTED: ("info", "step"),
    StepState.COMPLETED: ("ok", ""),
    StepState.ABANDONED: ("warning", ""),
    StepState.INTERRUPTED: ("warning", ""),
    StepState.NO_SHOW: ("error", ""),
    StepState.CANCELLED: ("neutral", "close"),
}
_GAPS: Final = {
    GapLevel.SHORT: ("neutral", N_("Écart court")),
    GapLevel.AMBER: ("warning", N_("À combler")),
    GapLevel.RED: ("error", N_("À combler vite")),
    GapLevel.HEADQUARTERS: ("error", N_("À signaler")),
}


def step_title(words: Words, step: Step) -> str:
    """What a step is called; one that was given no title is kept under the name of its kind."""
    return reference.load("step_types").reworded(step.title, words)


def step_state(words: Words, state: StepState) -> State:
    """Where a step stands."""
    kind, icon = _STEPS[state]
    return State(kind, words.say(STEP_STATE_LABELS[state]), icon)


def gap_level(words: Words, level: GapLevel) -> State:
    """How much a gap worries."""
    kind, label = _GAPS[level]
    return State(kind, words.say(label), "gap")
