"""Answers: given, not known, declined, to be asked later. Four different things."""

from dataclasses import dataclass
from enum import StrEnum

SEPARATOR = "|"


class AnswerState(StrEnum):
    """What became of a question. The values are what is stored and sent."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    LATER = "later"


@dataclass(frozen=True)
class Answer:
    """One answer in its stored form.

    Attributes:
        state: what became of the question.
        value: canonical text when given, empty otherwise. Dates are ISO, codes are official,
            several codes are joined by `|`, yes and no are `oui` and `non`.
    """

    state: AnswerState
    value: str = ""

    @classmethod
    def given(cls, value: str) -> "Answer":
        return cls(AnswerState.GIVEN, value)

    @property
    def values(self) -> tuple[str, ...]:
        """The codes of a several-choice answer."""
        return tuple(self.value.split(SEPARATOR)) if self.value else ()


UNKNOWN = Answer(AnswerState.UNKNOWN)
DECLINED = Answer(AnswerState.DECLINED)
LATER = Answer(AnswerState.LATER)
