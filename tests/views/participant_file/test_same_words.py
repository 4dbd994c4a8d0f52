"""An answer is read in the same words on the file, in a conflict and in the form."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from plie_desktop import reference
from plie_desktop.models.domain.answer_words import ANSWER_STATE_LABELS, answer_words
from plie_desktop.models.domain.answers import DECLINED, LATER, UNKNOWN, Answer, AnswerState
from plie_desktop.models.domain.intake_form import BY_KEY
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.stored_conflict import Candidate, StoredConflict
from plie_desktop.services.conflict_words import in_words
from plie_desktop.views.participant_file import description
from plie_desktop.views.widgets.answer_control import STATES

CASES = [
    ("phone", Answer.given("0639980042")),
    ("birth_date", Answer.given("1987-03-12")),
    ("housing", Answer.given("TIERS")),
    ("housing", Answer.given("GRENIER")),
    ("transport", Answer.given("VELO|TC")),
    ("disability", Answer.given("oui")),
    ("brakes", Answer.given("maitrise_langue-05")),
    *(("email", one) for one in (UNKNOWN, DECLINED, LATER)),
]


@pytest.mark.parametrize(("key", "answer"), CASES)
def test_a_file_and_a_conflict_say_the_same(said, key, answer):
    expected = answer_words(BY_KEY[key], answer, reference.load, said)
    assert description._line(BY_KEY[key], answer, said).said == expected
    values = {"field": key, "state": answer.state.value, "value": answer.value}
    told = in_words(_conflict(key, values), lambda _: "", said)
    assert told.shown_current == expected


def test_the_form_offers_the_words_that_are_read_afterwards():
    offered = {state: label for state, _, label, _ in STATES if state is not AnswerState.GIVEN}
    assert offered == ANSWER_STATE_LABELS


def _conflict(question, values):
    return StoredConflict(
        id=UUID(int=1),
        participant_id=UUID(int=2),
        display_name="Lou EXEMPLE",
        kind=Kind.ANSWER,
        record_id=UUID(int=3),
        unit="answer",
        question=question,
        base={},
        current=Candidate(values, "Anna", datetime(2026, 11, 24, tzinfo=UTC)),
        candidates=(),
    )
