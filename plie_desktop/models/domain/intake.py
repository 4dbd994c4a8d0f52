"""One intake: the answers a person gave so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from plie_desktop.models.domain.answers import Answer, AnswerState
from plie_desktop.models.domain.intake_form import FIELDS, Field
from plie_desktop.models.domain.participant import FileState, display_name


@dataclass(frozen=True)
class Intake:
    """The answers of one participant by question key; a question never touched is absent."""

    participant_id: UUID
    state: FileState = FileState.INTAKE
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def value(self, key: str) -> str:
        """The given value of a question, empty when it was not given."""
        answer = self.answers.get(key)
        return answer.value if answer and answer.state is AnswerState.GIVEN else ""

    @property
    def display_name(self) -> str:
        return display_name(self.value("first_name"), self.value("birth_name"))

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required questions without any answer; one to be asked later still misses."""
        return tuple(
            question
            for question in FIELDS
            if question.required
            and (
                question.key not in self.answers
                or self.answers[question.key].state is AnswerState.LATER
            )
        )


@dataclass(frozen=True)
class Bookmark:
    """Where a person was when the program stopped: page, file, question and cursor."""

    place: str
    participant_id: UUID | None = None
    field: str = ""
    cursor: int = 0
