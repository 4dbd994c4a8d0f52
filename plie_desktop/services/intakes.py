"""Taking an intake: begun at once, saved answer by answer, never held up."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from plie_desktop import reference
from plie_desktop.clock import Clock, Ids
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain import national_number
from plie_desktop.models.domain.answers import Answer, AnswerState
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.dates import from_iso
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.intake_form import BY_KEY, FIELDS
from plie_desktop.models.domain.participant import FileState, ParticipantLine, RecordState
from plie_desktop.models.domain.problems import Level, Problem, check, normalise
from plie_desktop.models.domain.records import Kind
from plie_desktop.services.identity import Identity
from plie_desktop.services.similarity import similar_files
from plie_desktop.store.ports import Store, Transaction, held
from plie_desktop.text import N_

_STAND: Final = "stand"
_CONTACT_DAY: Final = "first_contact_on"
_SUGGESTED: Final = frozenset(question.key for question in FIELDS if question.suggested)
_NOT_PRESENTED: Final = frozenset({FileState.LEAD, FileState.INTAKE})


@dataclass(frozen=True)
class Stand:
    """Where intakes are taken today: proposed again for the next person.

    Attributes:
        place: as typed; empty when not said yet.
        origin: code of the list `origins`; empty when not said yet.
        agent: name of the person at the keyboard.
    """

    place: str
    origin: str
    agent: str


@dataclass(frozen=True)
class IntakeView:
    """One intake with all that the page says about it.

    Attributes:
        saved_at: moment of the save this view comes from, UTC; None when it was only opened.
        similar: files that may be the same person's.
        number: what is printed on papers, such as `K7-0042-R`.
    """

    intake: Intake
    problems: tuple[Problem, ...]
    saved_at: datetime | None
    similar: tuple[ParticipantLine, ...] = field(repr=False)
    record_state: RecordState
    number: str


@dataclass(frozen=True)
class SavedAnswer:
    """What one save made of an intake."""

    view: IntakeView
    changes: Changes


class _KeptStand(msgspec.Struct, frozen=True):
    """The suggested answers of a day, by question key."""

    on: str
    answers: dict[str, str]


class IntakeService:
    """Begins, opens, answers and finishes intakes."""

    def __init__(self, store: Store, identity: Identity, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._ids = ids

    def start(self) -> SavedAnswer:
        """A new file, kept at once, with the answers of the stand already given.

        One begun before in which nobody said anything yet is taken in its place, with the day and
        the stand of now.
        """
        self._identity.require(Kind.PARTICIPANT)
        with self._store.write() as transaction:
            participant_id = _untouched(transaction)
            if participant_id is None:
                participant_id = self._ids.new()
                transaction.intakes.create(participant_id, state=FileState.INTAKE)
            transaction.intakes.put(participant_id, self._suggested(transaction))
            view = self._view(transaction, participant_id, self._clock.now())
        return SavedAnswer(view, Changes(frozenset({participant_id}), sync=True))

    def open(self, participant_id: UUID) -> IntakeView:
        """The intake of a known file.

        Raises:
            RefusedInputError: this laptop holds no such file.
        """
        with self._store.read() as transaction:
            return self._view(transaction, participant_id, None)

    def answer(self, participant_id: UUID, key: str, answer: Answer | None) -> SavedAnswer:
        """Keep one answer in its stored form; None, or nothing typed, takes it back.

        Raises:
            RefusedInputError: a national number is written in it; nothing was kept.
            DiskFullError: nothing was kept.
        """
        self._identity.require(Kind.ANSWER)
        kept = self._stored(key, answer)
        with self._store.write(autosave=True) as transaction:
            transaction.intakes.put(participant_id, {key: kept})
            if key in _SUGGESTED and kept is not None:
                self._remember_stand(transaction, key, kept)
            view = self._view(transaction, participant_id, self._clock.now())
        return SavedAnswer(view, Changes(frozenset({participant_id}), sync=True))

    def parked(self) -> tuple[ParticipantLine, ...]:
        """Intakes begun on this laptop and not finished, latest first."""
        with self._store.read() as transaction:
            return transaction.intakes.parked()

    def finish(self, participant_id: UUID) -> SavedAnswer:
        """The intake is complete: a file not presented yet may go to the commission.

        One that is further on keeps its state: completing answers later decides nothing.

        Raises:
            RefusedInputError: what is missing or does not fit, by name.
        """
        self._identity.require(Kind.PARTICIPANT)
        changes = Changes()
        with self._store.write() as transaction:
            intake = held(transaction.intakes.get(participant_id))
            self._require_complete(intake)
            if intake.state in _NOT_PRESENTED:
                entry_on = transaction.participants.entry_on(participant_id)
                state = FileState.TO_COMMISSION
                transaction.participants.set_state(participant_id, state, entry_on)
                changes = Changes(frozenset({participant_id}), sync=True)
            view = self._view(transaction, participant_id, self._clock.now())
        return SavedAnswer(view, changes)

    def stand(self) -> Stand:
        """Where intakes are taken today."""
        with self._store.read() as transaction:
            answers = self._stand_answers(transaction)
        return Stand(
            answers.get("first_contact_place", ""),
            answers.get("origin", ""),
            self._identity.staff.name,
        )

    def _stored(self, key: str, answer: Answer | None) -> Answer | None:
        if answer is None or answer.state is not AnswerState.GIVEN:
            return answer
        if national_number.holds_national_number(answer.value):
            raise RefusedInputError(national_number.REFUSED)
        value = normalise(BY_KEY[key], answer.value, self._clock.today())
        return Answer.given(value) if value else None

    def _require_complete(self, intake: Intake) -> None:
        if intake.missing:
            raise RefusedInputError(
                N_("Il manque encore : {fields}. Répondez, ou dites pourquoi sans réponse."),
                fields=tuple(question.label for question in intake.missing),
            )
        stops = [p for p in self._problems(intake) if p.level is Level.STOPS]
        if stops:
            raise RefusedInputError(
                N_("Une réponse ne va pas encore : {field}. Corrigez-la, puis terminez l’accueil."),
                field=BY_KEY[stops[0].field].label,
            )

    def _problems(self, intake: Intake) -> tuple[Problem, ...]:
        return check(intake, self._clock.today(), reference.load)

    def _view(
        self, transaction: Transaction, participant_id: UUID, saved_at: datetime | None
    ) -> IntakeView:
        intake = held(transaction.intakes.get(participant_id))
        line = transaction.participants.get(participant_id)
        return IntakeView(
            intake=intake,
            problems=self._problems(intake),
            saved_at=saved_at,
            similar=similar_files(transaction, intake),
            record_state=line.record_state if line else RecordState.LOCAL_ONLY,
            number=line.number if line else "",
        )

    def _suggested(self, transaction: Transaction) -> dict[str, Answer | None]:
        """The answers of the stand; None takes back one of another day."""
        kept = self._stand_answers(transaction)
        kept[_CONTACT_DAY] = self._clock.today().isoformat()
        return {key: Answer.given(kept[key]) if key in kept else None for key in _SUGGESTED}

    def _stand_answers(self, transaction: Transaction) -> dict[str, str]:
        raw = transaction.local.get(_STAND)
        if raw is None:
            return {}
        kept = msgspec.json.decode(raw, type=_KeptStand)
        return kept.answers if from_iso(kept.on) == self._clock.today() else {}

    def _remember_stand(self, transaction: Transaction, key: str, answer: Answer) -> None:
        if key == _CONTACT_DAY or answer.state is not AnswerState.GIVEN:
            return
        answers = {**self._stand_answers(transaction), key: answer.value}
        kept = _KeptStand(self._clock.today().isoformat(), answers)
        transaction.local.put(_STAND, msgspec.json.encode(kept))


def _untouched(transaction: Transaction) -> UUID | None:
    """An intake begun before in which nobody said anything yet; no second one is needed."""
    parked = (line.id for line in transaction.intakes.parked() if not line.display_name)
    return next((one for one in parked if _is_untouched(transaction, one)), None)


def _is_untouched(transaction: Transaction, participant_id: UUID) -> bool:
    pathways = transaction.pathways
    planned = (pathways.interviews, pathways.steps, pathways.objectives)
    return all(
        key in _SUGGESTED and answer.state is AnswerState.GIVEN
        for key, answer in held(transaction.intakes.get(participant_id)).answers.items()
    ) and not any(read(participant_id) for read in planned)
