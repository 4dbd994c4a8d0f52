"""Drafts as text, for the base: one text for each part of the page.

A text written by another version of the program gives what can be read of it.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final
from uuid import UUID

from plie_desktop.models.domain.national_number import holds_national_number
from plie_desktop.models.domain.step import StepState
from plie_desktop.views.pathway.drafts import (
    Draft,
    Part,
    TypedMeeting,
    TypedObjective,
    TypedStep,
)

_Typed = TypedStep | TypedObjective | TypedMeeting
_TYPED: Final = "typed"
_BEFORE: Final = "before"


def texts_of(draft: Draft) -> dict[Part, str]:
    """The text of each part; empty where nothing is typed.

    A national number may not be kept, so a field that holds one is left out.
    """
    return {
        Part.STEP: "" if draft.step is None else _text(draft.step, draft.before),
        Part.OBJECTIVE: "" if draft.objective == TypedObjective() else _text(draft.objective),
        Part.MEETING: "" if draft.meeting == TypedMeeting() else _text(draft.meeting),
    }


def draft_from(texts: Mapping[Part, str]) -> Draft:
    """What was being typed, from its texts; a part without a text was not being typed."""
    step = _read(texts.get(Part.STEP, ""))
    objective = _read(texts.get(Part.OBJECTIVE, ""))
    meeting = _read(texts.get(Part.MEETING, ""))
    before = _step(step.get(_BEFORE), TypedStep())
    return Draft(
        # What was left out is as it was before.
        step=_step(step.get(_TYPED), before) if step else None,
        before=before,
        objective=_objective(objective.get(_TYPED)),
        meeting=TypedMeeting(**_words(TypedMeeting, meeting.get(_TYPED))),
    )


def _text(typed: _Typed, before: TypedStep | None = None) -> str:
    parts = {_TYPED: _plain(typed)}
    if before is not None:
        parts[_BEFORE] = _plain(before)
    return json.dumps(parts, ensure_ascii=False)


def _plain(typed: _Typed) -> dict[str, str]:
    found = {}
    for one in fields(typed):
        value = getattr(typed, one.name)
        is_words = isinstance(value, str) and not holds_national_number(value)
        if isinstance(value, UUID) or is_words:
            found[one.name] = str(value)
    return found


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _step(given: object, before: TypedStep) -> TypedStep:
    words = _words(TypedStep, given)
    step_id, state = _id(words.pop("step_id", "")), words.pop("state", "")
    known = StepState(state) if state in set(StepState) else before.state
    return replace(before, step_id=step_id, state=known, **words)


def _objective(given: object) -> TypedObjective:
    words = _words(TypedObjective, given)
    return TypedObjective(_id(words.pop("objective_id", "")), **words)


def _words(kind: type[_Typed], given: object) -> dict[str, str]:
    """The fields of that kind that are there as text."""
    known = given if isinstance(given, dict) else {}
    found = {one.name: known.get(one.name) for one in fields(kind)}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
