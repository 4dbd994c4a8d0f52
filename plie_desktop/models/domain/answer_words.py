"""An answer in words, the same wherever it is read: on a file, in a conflict, in a list."""

from collections.abc import Callable
from typing import Final

from plie_desktop.models.domain.answers import SEPARATOR, Answer, AnswerState
from plie_desktop.models.domain.canonical import shown
from plie_desktop.models.domain.intake_form import Field
from plie_desktop.reference import CodeList
from plie_desktop.text import N_, Words

Codes = Callable[[str], CodeList]

ANSWER_STATE_LABELS: Final = {
    AnswerState.UNKNOWN: N_("Ne sait pas"),
    AnswerState.DECLINED: N_("Ne souhaite pas répondre"),
    AnswerState.LATER: N_("À demander plus tard"),
}
"""French message ids of what stands in the place of an answer."""


def answer_words(field: Field, answer: Answer, codes: Codes, words: Words) -> str:
    """What was answered, or why nothing was."""
    label = ANSWER_STATE_LABELS.get(answer.state)
    return value_words(field, answer.value, codes, words) if label is None else words.say(label)


def value_words(field: Field, value: str, codes: Codes, words: Words) -> str:
    """A stored value as people read it, codes as their labels."""
    if not field.choices:
        return shown(field, value)
    known = codes(field.choices)
    return ", ".join(known.said(code, words) for code in value.split(SEPARATOR) if code)
