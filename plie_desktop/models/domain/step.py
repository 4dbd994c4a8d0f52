"""A step (*étape*) of a pathway: an action with a start, an end, an operator and a result."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from plie_desktop.text import N_


class StepState(StrEnum):
    """Life of a step; CANCELLED is before its start, INTERRUPTED after."""

    PLANNED = "PLANNED"
    PRESCRIBED = "PRESCRIBED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    STARTED = "STARTED"
    COMPLETED = "COMPLETED"
    ABANDONED = "ABANDONED"
    INTERRUPTED = "INTERRUPTED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"


STEP_STATE_LABELS = {
    StepState.PLANNED: N_("Prévue"),
    StepState.PRESCRIBED: N_("Prescrite"),
    StepState.ACCEPTED: N_("Acceptée"),
    StepState.REFUSED: N_("Refusée"),
    StepState.STARTED: N_("En cours"),
    StepState.COMPLETED: N_("Terminée"),
    StepState.ABANDONED: N_("Abandonnée"),
    StepState.INTERRUPTED: N_("Interrompue"),
    StepState.NO_SHOW: N_("Non présentée"),
    StepState.CANCELLED: N_("Annulée"),
}

FILLS_TIME = frozenset(
    {
        StepState.PLANNED,
        StepState.PRESCRIBED,
        StepState.ACCEPTED,
        StepState.STARTED,
        StepState.COMPLETED,
    }
)


@dataclass(frozen=True)
class Step:
    """One step; `ends_on` is its last day, None while it is open-ended."""

    id: UUID
    participant_id: UUID
    type_code: str
    title: str
    operator: str
    place: str
    starts_on: date
    ends_on: date | None
    state: StepState = StepState.PLANNED
    note: str = field(default="", repr=False)
