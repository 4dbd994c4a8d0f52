"""Planning a pathway: steps, objectives and meetings."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from plie_desktop import reference
from plie_desktop.clock import Clock, Ids
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain import national_number
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.dates import local_moment
from plie_desktop.models.domain.pathway import (
    Interview,
    InterviewState,
    Objective,
    Pathway,
)
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.step import FILLS_TIME, OVER, Step, StepState
from plie_desktop.models.domain.typed_text import clean, clean_lines
from plie_desktop.services import drafts
from plie_desktop.services.identity import Identity
from plie_desktop.services.pathway_reading import read_pathway
from plie_desktop.store.ports import Store
from plie_desktop.text import N_

LONG_STEP: Final = timedelta(days=2 * 366)


@dataclass(frozen=True)
class StepDraft:
    """A step as the person filled it in.

    Attributes:
        type_code: code of the list `step_types`.
        ends_on: last day; None while it is open-ended.
    """

    type_code: str
    title: str
    operator: str
    place: str
    starts_on: date
    ends_on: date | None
    state: StepState = StepState.PLANNED
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class SavedStep:
    """A step as kept, and the pathway with it.

    Attributes:
        warnings: French message ids; what does not fit, though it was kept.
    """

    pathway: Pathway
    step: Step
    warnings: tuple[str, ...]
    changes: Changes


class PathwayService:
    """Reads and plans the pathway of one participant.

    What saves takes `ends_draft`, the place of the draft (`SessionService.keep_draft`) that it
    makes good: a crash leaves the one or the other, never both.
    """

    def __init__(self, store: Store, identity: Identity, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._ids = ids

    def pathway(self, participant_id: UUID) -> Pathway:
        """Steps, gaps, objectives and meetings, as of today."""
        with self._store.read() as transaction:
            return read_pathway(transaction, participant_id, self._clock.today())

    def save_step(
        self,
        participant_id: UUID,
        step_id: UUID | None,
        draft: StepDraft,
        *,
        ends_draft: str = "",
    ) -> SavedStep:
        """Keep a step, new when `step_id` is None.

        Raises:
            NotAllowedError: this role plans no pathway.
            RefusedInputError: it ends before it starts, its type is unknown, or a national
                number is written in it.
        """
        self._identity.require(Kind.STEP)
        _refuse_national_number(draft.title, draft.operator, draft.place, draft.note)
        if draft.ends_on is not None and draft.ends_on < draft.starts_on:
            raise RefusedInputError(
                N_("La fin de l’étape est avant son début. Corrigez l’une des deux dates.")
            )
        step = self._step(participant_id, step_id, draft)
        today = self._clock.today()
        with self._store.write() as transaction:
            transaction.pathways.put_step(step)
            drafts.end(transaction, ends_draft, participant_id)
            pathway = read_pathway(transaction, participant_id, today)
        changes = Changes(frozenset({participant_id}), sync=True)
        return SavedStep(pathway, step, _warnings(step, pathway, today), changes)

    def save_objective(
        self,
        participant_id: UUID,
        objective_id: UUID | None,
        rank: int,
        words: str,
        *,
        ends_draft: str = "",
    ) -> Changes:
        """Keep what the person wants, in their words; new when `objective_id` is None.

        Raises:
            NotAllowedError: this role plans no pathway.
            RefusedInputError: nothing is said, or a national number is written in it.
        """
        self._identity.require(Kind.OBJECTIVE)
        _refuse_national_number(words)
        said = clean_lines(words)
        if not said:
            raise RefusedInputError(
                N_("Cet objectif est vide. Écrivez-le avec les mots de la personne.")
            )
        objective = Objective(objective_id or self._ids.new(), participant_id, rank, said)
        with self._store.write() as transaction:
            transaction.pathways.put_objective(objective)
            drafts.end(transaction, ends_draft, participant_id)
        return Changes(frozenset({participant_id}), sync=True)

    def save_interview(
        self,
        participant_id: UUID,
        interview_id: UUID | None,
        starts_at: str,
        place: str,
        state: InterviewState,
        note: str,
        *,
        ends_draft: str = "",
    ) -> Changes:
        """Keep a meeting, new when `interview_id` is None; `starts_at` is local ISO.

        Raises:
            NotAllowedError: this role holds no meeting.
            RefusedInputError: day or hour cannot be read, or a national number is written in it.
        """
        self._identity.require(Kind.INTERVIEW)
        _refuse_national_number(place, note)
        interview = Interview(
            interview_id or self._ids.new(),
            participant_id,
            _moment(starts_at),
            clean(place),
            state,
            clean_lines(note),
        )
        with self._store.write() as transaction:
            transaction.pathways.put_interview(interview)
            drafts.end(transaction, ends_draft, participant_id)
        return Changes(frozenset({participant_id}), sync=True)

    def _step(self, participant_id: UUID, step_id: UUID | None, draft: StepDraft) -> Step:
        known = reference.load("step_types").find(draft.type_code)
        if known is None:
            raise RefusedInputError(
                N_("Ce type d’étape n’est pas dans la liste. Choisissez-en un de la liste.")
            )
        return Step(
            id=step_id or self._ids.new(),
            participant_id=participant_id,
            type_code=draft.type_code,
            title=clean(draft.title) or known.label,
            operator=clean(draft.operator),
            place=clean(draft.place),
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            state=draft.state,
            note=clean_lines(draft.note),
        )


def _warnings(step: Step, pathway: Pathway, today: date) -> tuple[str, ...]:
    found = []
    if pathway.entry_on is not None and step.starts_on < pathway.entry_on:
        found.append(N_("Cette étape commence avant l’entrée en parcours. Vérifiez les dates."))
    if step.state is StepState.STARTED and step.starts_on > today:
        found.append(N_("Cette étape est dite en cours et n’a pas commencé. Vérifiez les dates."))
    if step.state in OVER and (step.ends_on is None or step.ends_on > today):
        found.append(N_("Cette étape est terminée : indiquez son dernier jour."))
    if step.ends_on is not None and step.ends_on - step.starts_on > LONG_STEP:
        found.append(N_("Cette étape dure plus de deux ans. Vérifiez les années."))
    if step.state in FILLS_TIME and any(_overlaps(step, other) for other in pathway.steps):
        found.append(
            N_("Une autre étape a lieu les mêmes jours. C’est possible ; vérifiez que c’est voulu.")
        )
    return tuple(found)


def _overlaps(step: Step, other: Step) -> bool:
    if other.id == step.id or other.state not in FILLS_TIME:
        return False
    step_end, other_end = step.ends_on or date.max, other.ends_on or date.max
    return step.starts_on <= other_end and other.starts_on <= step_end


def _moment(typed: str) -> str:
    moment = local_moment(typed)
    if moment is None:
        raise RefusedInputError(
            N_("Ce jour ou cette heure n’existe pas. Écrivez-les comme 12/03/2026 à 14:30.")
        )
    return moment.isoformat(timespec="minutes")


def _refuse_national_number(*texts: str) -> None:
    if any(national_number.holds_national_number(text) for text in texts):
        raise RefusedInputError(national_number.REFUSED)
