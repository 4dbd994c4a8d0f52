"""What files last said of a person is recognised, and cannot be read."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.imports.memory import Memory
from plie_desktop.models.domain.answers import DECLINED, LATER, UNKNOWN, Answer
from plie_desktop.models.domain.intake_form import FIELDS

LOU, NOA = UUID(int=1), UUID(int=2)
ANSWERS = st.dictionaries(
    st.sampled_from([field.key for field in FIELDS]),
    st.one_of(st.sampled_from((UNKNOWN, DECLINED, LATER)), st.builds(Answer.given, st.text())),
)


@given(ANSWERS, ANSWERS)
def test_the_last_word_on_each_question_is_kept(before, after):
    kept = Memory(LOU, Memory(LOU).after(before)).after(after)
    memory = Memory(LOU, kept)
    said = before | after
    assert all(memory.is_last(field.key, said.get(field.key)) for field in FIELDS)
    assert memory.after(said) == kept


def test_another_answer_is_not_the_last():
    memory = Memory(LOU, Memory(LOU).after({"phone": Answer.given("0639980101")}))
    assert memory.is_last("phone", Answer.given("0639980101"))
    for other in (Answer.given("0639980102"), UNKNOWN, DECLINED, None):
        assert not memory.is_last("phone", other)
    assert not memory.is_last("email", Answer.given("0639980101"))


def test_what_is_kept_is_the_same_in_any_order_and_short():
    answers = {field.key: Answer.given("x" * 1000) for field in FIELDS}
    kept = Memory(LOU).after(answers)
    assert kept == Memory(LOU).after(dict(reversed(answers.items())))
    assert len(kept) == 10 * len(FIELDS)


def test_two_people_who_answer_alike_leave_nothing_alike():
    answers = {field.key: UNKNOWN for field in FIELDS}
    one, other = (Memory(name).after(answers) for name in (LOU, NOA))
    cells = [{kept[at + 4 : at + 10] for at in range(0, len(kept), 10)} for kept in (one, other)]
    assert cells[0].isdisjoint(cells[1])
