"""Answers of one participant: in columns of the file, or in rows of their own.

An answer that has a column is there when it is given; "does not know", "declines" and "later"
stand in a row, the column being empty. A row is never deleted: one taken back loses its state.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping

from plie_desktop.models.domain.answers import Answer, AnswerState
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.intake_form import BY_KEY, FIELDS, Kept
from plie_desktop.models.domain.participant import FileState, ParticipantLine
from plie_desktop.models.domain.records import Kind, answer_id
from plie_desktop.store import mapping
from plie_desktop.store.local import DEVICE, STAFF, SqlLocal
from plie_desktop.store.numbering import participant_number
from plie_desktop.store.participants import SqlParticipants
from plie_desktop.store.ports import held
from plie_desktop.store.rows import Values, differing
from plie_desktop.store.work import Work

_IN_COLUMNS: Final = tuple(field.key for field in FIELDS if field.kept is Kept.COLUMN)
_TAKEN_BACK: Final[Values] = {"state": None, "value": None}


class SqlIntakes:
    """Reads and keeps answers."""

    def __init__(self, work: Work, participants: SqlParticipants, local: SqlLocal) -> None:
        self._work = work
        self._participants = participants
        self._local = local

    def create(self, participant_id: UUID, *, state: FileState, reference: str = "") -> None:
        staff = self._local.get(STAFF)
        values: dict[str, Any] = {
            "number": self._number(),
            "reference": reference or None,
            "state": state.value,
            "taken_by": str(UUID(bytes=staff)) if staff else None,
            "_mine": 1,
        }
        self._work.rows.insert(Kind.PARTICIPANT, participant_id, [(participant_id, values)])

    def get(self, participant_id: UUID) -> Intake | None:
        row = self._work.rows.one(Kind.PARTICIPANT, participant_id)
        if row is None:
            return None
        answers: dict[str, Answer] = {}
        for kept in self._work.rows.of_file(Kind.ANSWER, participant_id):
            answer = _answer(kept)
            if answer is not None and kept["field"] in BY_KEY:
                answers[kept["field"]] = answer
        for key in _IN_COLUMNS:
            if row[key] is not None:
                answers[key] = Answer.given(row[key])
            elif key in answers and answers[key].state is AnswerState.GIVEN:
                del answers[key]
        state = mapping.code(FileState, row["state"], FileState.LEAD)
        return Intake(participant_id, state, MappingProxyType(answers))

    def put(self, participant_id: UUID, answers: dict[str, Answer | None]) -> None:
        row = held(self._work.rows.one(Kind.PARTICIPANT, participant_id))
        columns = {
            key: answer.value if answer and answer.state is AnswerState.GIVEN else None
            for key, answer in answers.items()
            if BY_KEY[key].kept is Kept.COLUMN
        }
        self._work.rows.change(Kind.PARTICIPANT, participant_id, differing(row, columns))
        self._put_rows(participant_id, answers)

    def parked(self) -> tuple[ParticipantLine, ...]:
        self._work.seal()
        found = self._work.connection.exec_driver_sql(
            "SELECT id FROM participant WHERE _mine = 1 AND state = ?"
            " ORDER BY _touched DESC, _seq DESC",
            (FileState.INTAKE.value,),
        )
        return self._participants.lines([UUID(bytes=row[0]) for row in found])

    def _put_rows(self, participant_id: UUID, answers: Mapping[str, Answer | None]) -> None:
        known = {
            UUID(bytes=row["id"]): row
            for row in self._work.rows.of_file(Kind.ANSWER, participant_id)
        }
        new: list[tuple[UUID, Values]] = []
        for key, answer in answers.items():
            name = answer_id(participant_id, key)
            if name in known:
                wanted = _TAKEN_BACK if answer is None else _in_row(key, answer)
                self._work.rows.change(Kind.ANSWER, name, differing(known[name], wanted))
            elif answer is not None and not _is_in_column(key, answer):
                new.append((name, {"field": key, **_in_row(key, answer)}))
        self._work.rows.insert(Kind.ANSWER, participant_id, new)

    def _number(self) -> str:
        connection = self._work.connection
        count = connection.exec_driver_sql("SELECT next_number FROM sync_state").scalar_one()
        connection.exec_driver_sql("UPDATE sync_state SET next_number = ?", (count + 1,))
        device = self._local.get(DEVICE)
        return participant_number(device.decode() if device else "", int(count))


def _is_in_column(key: str, answer: Answer) -> bool:
    return BY_KEY[key].kept is Kept.COLUMN and answer.state is AnswerState.GIVEN


def _in_row(key: str, answer: Answer) -> Values:
    value = "" if _is_in_column(key, answer) else answer.value
    return {"state": answer.state.value, "value": value}


def _answer(row: RowMapping) -> Answer | None:
    """The answer of a row; None when taken back, or of a kind this version does not know."""
    if row["state"] not in {state.value for state in AnswerState}:
        return None
    return Answer(AnswerState(row["state"]), row["value"] or "")
