"""Between rows and domain objects. A code that this version does not know harms no list."""

from datetime import date
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import RowMapping

from plie_desktop.models.domain.participant import StaffMember
from plie_desktop.models.domain.pathway import Interview, InterviewState, Objective
from plie_desktop.models.domain.plan import PlanState
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.step import Step, StepState

Row = RowMapping
Code = TypeVar("Code", bound=StrEnum)

_MOST_DIGITS: Final = 9


def day(text: str | None) -> date | None:
    """The day of an ISO text; None when there is none, or when it is not one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def code(kind: type[Code], value: str | None, unknown: Code) -> Code:
    """A code, or `unknown` for one of a newer version."""
    try:
        return kind(value) if value else unknown
    except ValueError:
        return unknown


def number(text: str | None) -> int:
    """A whole number from decimal text, 0 when it is not one or has more digits than any here."""
    if text is None or len(text) > _MOST_DIGITS or not (text.isascii() and text.isdigit()):
        return 0
    return int(text)


def uuid_of(text: str | None) -> UUID | None:
    """The id of a text column, None when there is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def to_step(row: Row) -> Step:
    return Step(
        UUID(bytes=row["id"]),
        UUID(bytes=row["root_id"]),
        row["type_code"] or "",
        row["title"] or "",
        row["operator"] or "",
        row["place"] or "",
        day(row["starts_on"]) or date.min,
        day(row["ends_on"]),
        code(StepState, row["state"], StepState.PLANNED),
        row["note"] or "",
    )


def from_step(step: Step) -> dict[str, str | None]:
    return {
        "type_code": step.type_code,
        "title": step.title,
        "operator": step.operator,
        "place": step.place,
        "starts_on": step.starts_on.isoformat(),
        "ends_on": step.ends_on.isoformat() if step.ends_on else None,
        "state": step.state.value,
        "note": step.note,
    }


def to_objective(row: Row) -> Objective:
    return Objective(
        UUID(bytes=row["id"]),
        UUID(bytes=row["root_id"]),
        number(row["rank"]),
        row["words"] or "",
    )


def from_objective(objective: Objective) -> dict[str, str | None]:
    return {"rank": str(objective.rank), "words": objective.words}


def to_interview(row: Row) -> Interview:
    return Interview(
        UUID(bytes=row["id"]),
        UUID(bytes=row["root_id"]),
        row["starts_at"] or "",
        row["place"] or "",
        code(InterviewState, row["state"], InterviewState.PLANNED),
        row["note"] or "",
    )


def from_interview(interview: Interview) -> dict[str, str | None]:
    return {
        "starts_at": interview.starts_at,
        "place": interview.place,
        "state": interview.state.value,
        "note": interview.note,
    }


def to_plan(row: Row) -> PlanVersion:
    return PlanVersion(
        UUID(bytes=row["id"]),
        UUID(bytes=row["root_id"]),
        number(row["version"]),
        day(row["made_on"]) or date.min,
        row["language"] or "",
        code(PlanState, row["state"], PlanState.DRAFT),
        row["content"] or "",
    )


def from_plan(version: PlanVersion) -> dict[str, str | None]:
    return {
        "version": str(version.version),
        "made_on": version.made_on.isoformat(),
        "language": version.language,
        "state": version.state.value,
        "content": version.content,
    }


def to_staff(row: Row) -> StaffMember:
    return StaffMember(
        UUID(bytes=row["id"]),
        row["name"] or "",
        row["role"] or "",
        row["phone"] or "",
        row["email"] or "",
    )


def from_staff(member: StaffMember) -> dict[str, str | None]:
    return {
        "name": member.name,
        "role": member.role,
        "phone": member.phone,
        "email": member.email,
    }
