"""Puts a conflict in words: which question, which values, as a person reads them."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

import msgspec

from plie_desktop import reference
from plie_desktop.models.domain.answer_words import ANSWER_STATE_LABELS, value_words
from plie_desktop.models.domain.dates import from_iso, shown_date
from plie_desktop.models.domain.intake_form import BY_KEY, FIELDS
from plie_desktop.models.domain.participant import FILE_STATE_LABELS, FileState
from plie_desktop.models.domain.pathway import INTERVIEW_STATE_LABELS, InterviewState
from plie_desktop.models.domain.plan import PLAN_STATE_LABELS, PlanState
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.step import STEP_STATE_LABELS, StepState
from plie_desktop.models.domain.stored_conflict import Candidate, StoredConflict
from plie_desktop.models.domain.sync_state import Conflict
from plie_desktop.text import N_, Words

Values = Mapping[str, str | None]
NameOf = Callable[[UUID], str]

NOTHING: Final = "—"

_NOT_GIVEN: Final = {state.value: label for state, label in ANSWER_STATE_LABELS.items()}

_UNIT_LABELS: Final = {
    (Kind.PARTICIPANT, "address"): N_("Adresse"),
    (Kind.PARTICIPANT, "state"): N_("État du dossier"),
    (Kind.PARTICIPANT, "entry_on"): N_("Entrée en parcours"),
    (Kind.PARTICIPANT, "referent_id"): N_("Personne référente"),
    (Kind.PARTICIPANT, "taken_by"): N_("Accueil fait par"),
    (Kind.PARTICIPANT, "number"): N_("Numéro du dossier"),
    (Kind.PARTICIPANT, "reference"): N_("Référence du fichier importé"),
    (Kind.STEP, "dates"): N_("Dates de l’étape"),
    (Kind.STEP, "state"): N_("État de l’étape"),
    (Kind.STEP, "title"): N_("Étape"),
    (Kind.STEP, "note"): N_("Note sur l’étape"),
    (Kind.OBJECTIVE, "words"): N_("Objectif"),
    (Kind.INTERVIEW, "state"): N_("Rendez-vous"),
    (Kind.INTERVIEW, "note"): N_("Note du rendez-vous"),
    (Kind.INTERVIEW, "starts_at"): N_("Jour du rendez-vous"),
    (Kind.PLAN, "version"): N_("Numéro de la version du plan"),
    (Kind.PLAN, "made_on"): N_("Jour de la version du plan"),
    (Kind.PLAN, "language"): N_("Langue du plan"),
    (Kind.PLAN, "state"): N_("État de la version du plan"),
    (Kind.PLAN, "content"): N_("Texte du plan (jour de ses données)"),
}
_ANY: Final = N_("Information du dossier")

_CODES: Final[Mapping[tuple[Kind, str], Mapping[str, str]]] = {
    (Kind.PARTICIPANT, "state"): {state.value: FILE_STATE_LABELS[state] for state in FileState},
    (Kind.STEP, "state"): {state.value: STEP_STATE_LABELS[state] for state in StepState},
    (Kind.INTERVIEW, "state"): {
        state.value: INTERVIEW_STATE_LABELS[state] for state in InterviewState
    },
    (Kind.PLAN, "state"): {state.value: PLAN_STATE_LABELS[state] for state in PlanState},
}
_PEOPLE: Final = frozenset({"referent_id", "taken_by"})


class _Paper(msgspec.Struct):
    """The one thing told of a kept plan."""

    data_date: str = ""


def in_words(stored: StoredConflict, name_of: NameOf, words: Words) -> Conflict:
    """The conflict as its page says it; `name_of` gives the name of a colleague."""
    candidate = stored.candidates[-1] if stored.candidates else Candidate({}, "", None)

    def say(values: Values) -> str:
        return _shown(stored, values, name_of, words)

    return Conflict(
        id=stored.id,
        participant_id=stored.participant_id,
        display_name=stored.display_name,
        label=label(stored),
        shown_base=say(stored.base),
        shown_current=say(stored.current.values),
        current_by=stored.current.by,
        current_at=stored.current.at,
        shown_candidate=say(candidate.values),
        candidate_by=candidate.by,
        candidate_at=candidate.at,
    )


def label(stored: StoredConflict) -> str:
    """French message id of what is in question."""
    question = BY_KEY.get(stored.question or stored.unit)
    if stored.kind in (Kind.ANSWER, Kind.PARTICIPANT) and question:
        return question.label
    return _UNIT_LABELS.get((stored.kind, stored.unit), _ANY)


def _shown(stored: StoredConflict, values: Values, name_of: NameOf, words: Words) -> str:
    if stored.kind is Kind.ANSWER:
        return _answer(stored, values, words)
    order = {field.key: place for place, field in enumerate(FIELDS)}
    parts = [
        _cell(stored.kind, column, value, name_of, words)
        for column, value in sorted(values.items(), key=lambda cell: order.get(cell[0], 0))
        if value
    ]
    return " ".join(parts) if parts else NOTHING


def _answer(stored: StoredConflict, values: Values, words: Words) -> str:
    not_given = _NOT_GIVEN.get(values.get("state") or "")
    if not_given is not None:
        return words.say(not_given)
    value, field = values.get("value") or "", BY_KEY.get(stored.question)
    if not value or field is None:
        return value or NOTHING
    return value_words(field, value, reference.load, words)


def _cell(kind: Kind, column: str, value: str, name_of: NameOf, words: Words) -> str:
    if kind is Kind.PARTICIPANT and column in BY_KEY:
        return value_words(BY_KEY[column], value, reference.load, words)
    if column in _PEOPLE:
        return _person(value, name_of)
    if (kind, column) == (Kind.PLAN, "language"):
        return reference.load("languages").said(value, words)
    if (kind, column) == (Kind.PLAN, "content"):
        return _day_of_paper(value)
    day = from_iso(value)
    if day is not None:
        return shown_date(day)
    known = _CODES.get((kind, column), {}).get(value)
    return words.say(known) if known else value


def _day_of_paper(content: str) -> str:
    """What tells two kept plans apart; their text is data, nothing to read on a page."""
    try:
        day = from_iso(msgspec.json.decode(content, type=_Paper).data_date)
    except msgspec.MsgspecError:
        return NOTHING
    return shown_date(day) if day else NOTHING


def _person(value: str, name_of: NameOf) -> str:
    try:
        return name_of(UUID(value)) or value
    except ValueError:
        return value
