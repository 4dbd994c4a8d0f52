"""A kept version of the plan: what was printed, in which language, and whether it was signed."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from plie_desktop.models.domain.plan import PlanState


@dataclass(frozen=True)
class PlanVersion:
    """One version; `content` is the paper's text as JSON, so that it can be printed again."""

    id: UUID
    participant_id: UUID
    version: int
    made_on: date
    language: str
    state: PlanState
    content: str = field(repr=False)
