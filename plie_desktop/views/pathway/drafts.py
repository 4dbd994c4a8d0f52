"""What is being typed about a pathway, kept as typed when the person goes elsewhere."""

from dataclasses import dataclass, field
from uuid import UUID

from plie_desktop.models.domain.step import Step, StepState


@dataclass(frozen=True)
class TypedStep:
    """The fields of the step editor.

    Attributes:
        step_id: the step being changed; None for a new one.
        starts_on: ISO when it is a day, otherwise as typed; so is `ends_on`.
        note: of the step being changed; it is not shown here and stays as it is.
    """

    step_id: UUID | None = None
    type_code: str = ""
    title: str = ""
    operator: str = ""
    place: str = ""
    starts_on: str = ""
    ends_on: str = ""
    state: StepState = StepState.PLANNED
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class TypedObjective:
    """The line of the objectives; `objective_id` is the one being changed."""

    objective_id: UUID | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class TypedMeeting:
    """The line of the meetings."""

    day: str = ""
    hour: str = ""
    place: str = ""


@dataclass(frozen=True)
class Draft:
    """All that is typed on the page and not kept yet; `step` is None while its editor is shut."""

    step: TypedStep | None = None
    objective: TypedObjective = TypedObjective()
    meeting: TypedMeeting = TypedMeeting()


def typed_from(step: Step) -> TypedStep:
    """A step as its editor shows it."""
    return TypedStep(
        step.id,
        step.type_code,
        step.title,
        step.operator,
        step.place,
        step.starts_on.isoformat(),
        step.ends_on.isoformat() if step.ends_on else "",
        step.state,
        step.note,
    )
