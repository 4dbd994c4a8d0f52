"""What is being typed about a pathway, kept as typed when the person goes elsewhere."""

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from uuid import UUID

from plie_desktop import reference
from plie_desktop.models.domain.step import Step, StepState


class Part(StrEnum):
    """The parts of the page that are typed in; the value names the place of its draft."""

    STEP = "pathway.step"
    OBJECTIVE = "pathway.objective"
    MEETING = "pathway.meeting"


@dataclass(frozen=True)
class TypedStep:
    """The fields of the step editor.

    Attributes:
        step_id: the step being changed; None for a new one.
        starts_on: ISO when it is a day, otherwise as typed; so is `ends_on`.
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
    """All that is typed on the page and not kept yet.

    Attributes:
        step: None while its editor is shut.
        before: what the editor showed when it was opened.
    """

    step: TypedStep | None = None
    before: TypedStep = TypedStep()
    objective: TypedObjective = TypedObjective()
    meeting: TypedMeeting = TypedMeeting()

    @property
    def has_words(self) -> bool:
        """Whether the person typed anything, more than opening the editor."""
        is_step_changed = self.step is not None and self.step != self.before
        return (
            is_step_changed or self.objective != TypedObjective() or self.meeting != TypedMeeting()
        )


def typed_from(step: Step) -> TypedStep:
    """A step as its editor shows it: one that was given no title has none."""
    kind = reference.load("step_types").label(step.type_code)
    return TypedStep(
        step.id,
        step.type_code,
        "" if step.title == kind else step.title,
        step.operator,
        step.place,
        step.starts_on.isoformat(),
        step.ends_on.isoformat() if step.ends_on else "",
        step.state,
        step.note,
    )


def renewed(typed: TypedStep, before: TypedStep, kept: TypedStep) -> TypedStep:
    """A step being changed after others changed it: fields left as they were follow theirs."""
    untouched = (
        one.name for one in fields(typed) if getattr(typed, one.name) == getattr(before, one.name)
    )
    return replace(typed, **{name: getattr(kept, name) for name in untouched})
