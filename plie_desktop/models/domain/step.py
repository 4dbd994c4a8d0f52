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
"""States in which a step has its place in time; one that was stopped had it until then."""

OVER = frozenset({StepState.COMPLETED, StepState.ABANDONED, StepState.INTERRUPTED})
"""States of a step that began and goes on no more; its last day lies behind."""


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

    def filled(self, today: date) -> tuple[date, date | None] | None:
        """First and last day that it fills, without a last one while it is open-ended.

        None for a step that fills no day: it never began. One that is over fills the days up to
        its last; while that day is not given, or said to be still to come, only the first is
        certain, and the rest shows as a gap rather than hide one.
        """
        if self.state not in OVER:
            is_endless = self.ends_on is None or self.ends_on == date.max
            last = None if is_endless else self.ends_on
            return (self.starts_on, last) if self.state in FILLS_TIME else None
        if self.starts_on > today:
            return None
        is_known = self.ends_on is not None and self.ends_on <= today
        return self.starts_on, self.ends_on if is_known else self.starts_on
