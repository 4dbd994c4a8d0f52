"""Answers come back as they were kept, wherever they are kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.answers import DECLINED, LATER, UNKNOWN, Answer
from plie_desktop.models.domain.intake_form import FIELDS, Kept
from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.records import Kind, answer_id
from plie_desktop.store import faults
from plie_desktop.store.numbering import check_character, participant_number
from tests.support.builders import apply_page, begin_file, new_id, pending, whole_rows
from tests.support.stores import BaseFile, by_hand

KEYS = [field.key for field in FIELDS]
ANSWERS = st.one_of(
    st.none(),
    st.sampled_from([UNKNOWN, DECLINED, LATER]),
    st.builds(Answer.given, st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)),
)


def put(store, participant, answers):
    with store.write() as transaction:
        transaction.intakes.put(participant, answers)


def answers_of(store, participant):
    with store.read() as transaction:
        return dict(transaction.intakes.get(participant).answers)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), ANSWERS, max_size=6), max_size=6))
@settings(max_examples=40, deadline=None)
def test_answers_come_back_as_they_were_given(tmp_path_factory, saves):
    store = BaseFile(tmp_path_factory.mktemp("intake") / "vault.db").open(create=True)
    one = begin_file(store)
    expected: dict[str, Answer] = {}
    for answers in saves:
        put(store, one, answers)
        for key, answer in answers.items():
            expected.pop(key, None)
            if answer is not None:
                expected[key] = answer
    assert answers_of(store, one) == expected
    store.close()


def test_answer_kept_in_a_column_leaves_it_while_it_is_not_given(store, base_file):
    one = begin_file(store, phone="0612345678")
    put(store, one, {"phone": DECLINED})
    with by_hand(base_file) as connection:
        assert connection.execute("SELECT phone FROM participant").fetchone() == (None,)
        assert connection.execute("SELECT field, state, value FROM answer").fetchall() == [
            ("phone", "declined", "")
        ]
    put(store, one, {"phone": Answer.given("0699999999")})
    with by_hand(base_file) as connection:
        assert connection.execute("SELECT phone FROM participant").fetchone() == ("0699999999",)
        assert connection.execute("SELECT state, value FROM answer").fetchall() == [("given", "")]


def test_answer_in_a_column_that_someone_else_emptied_is_not_there(store):
    one = begin_file(store, phone="0612345678")
    put(store, one, {"phone": UNKNOWN})
    put(store, one, {"phone": Answer.given("0612345678")})
    last = pending(store)[-1].dseq
    apply_page(store, whole_rows(Kind.PARTICIPANT, (9, one, one, {})), last=last)
    assert answers_of(store, one) == {}


def test_rows_of_two_laptops_that_answer_the_same_question_are_one(store):
    one = begin_file(store, jobs="11")
    assert pending(store)[-1].record_id == answer_id(one, "jobs")


def test_every_question_says_where_it_is_kept(store, base_file):
    one = begin_file(store, **dict.fromkeys(KEYS, "x"))
    with by_hand(base_file) as connection:
        rows = {row[0] for row in connection.execute("SELECT field FROM answer")}
    assert rows == {field.key for field in FIELDS if field.kept is Kept.ROW}
    assert answers_of(store, one) == {key: Answer.given("x") for key in KEYS}


def test_unknown_file_has_no_intake_and_takes_no_answer(store):
    with store.read() as transaction:
        assert transaction.intakes.get(new_id()) is None
    with pytest.raises(RefusedInputError):
        put(store, new_id(), {"sex": Answer.given("F")})


def test_half_a_surrogate_is_refused_in_words_and_nothing_is_kept(store):
    one = begin_file(store)
    with pytest.raises(RefusedInputError) as refused:
        put(store, one, {"sex": Answer.given("F"), "comment": Answer.given("mauvais \ud800")})
    assert refused.value.sentence == faults.UNWRITABLE_TEXT
    assert refused.value.__cause__ is None
    assert answers_of(store, one) == {}


def test_files_begun_here_and_not_finished_come_latest_first(store):
    first, second, third = (begin_file(store) for _ in range(3))
    elsewhere = new_id()
    apply_page(
        store,
        whole_rows(Kind.PARTICIPANT, (9, elsewhere, elsewhere, {"state": FileState.INTAKE})),
    )
    put(store, first, {"sex": Answer.given("F")})
    with store.write() as transaction:
        transaction.participants.set_state(third, FileState.TO_COMMISSION, None)
    with store.read() as transaction:
        lines = transaction.intakes.parked()
        assert not transaction.participants.get(elsewhere).parked
    assert [line.id for line in lines] == [first, second]
    assert all(line.parked for line in lines)


def test_numbers_follow_each_other_with_the_prefix_of_the_laptop(store):
    with store.write() as transaction:
        before = new_id()
        transaction.intakes.create(before, state=FileState.INTAKE)
        transaction.local.put("device", b"K7")
    person = new_id()
    with store.write() as transaction:
        transaction.local.put("staff", person.bytes)
        after = new_id()
        transaction.intakes.create(after, state=FileState.INTAKE, reference="L42")
    with store.read() as transaction:
        assert transaction.participants.get(before).number == participant_number("P0", 1)
        assert transaction.participants.get(after).number == participant_number("K7", 2)
        assert transaction.participants.by_reference("L42") == after
        assert transaction.participants.by_reference("L43") is None
    edit = pending(store)[-1]
    assert edit.values["taken_by"] == str(person)


def test_number_of_a_refused_save_is_given_again(store):
    with pytest.raises(RefusedInputError), store.write() as transaction:  # noqa: PT012 - one save
        transaction.intakes.create(new_id(), state=FileState.INTAKE)
        transaction.intakes.put(new_id(), {})
    one = begin_file(store)
    with store.read() as transaction:
        assert transaction.participants.get(one).number == participant_number("P0", 1)


def test_number_is_prefix_counter_and_check_character():
    assert participant_number("K7", 42).startswith("K7-0042-")
    assert participant_number("", 1).startswith("P0-0001-")
    assert participant_number("k7 é", 12345).startswith("K7-12345-")


# Published examples of ISO/IEC 7064 MOD 37,36: an ISAN (ISO 15706) and a GRid.
@pytest.mark.parametrize(
    ("text", "check"),
    [("B159D8FA01240000", "K"), ("A12425GABC1234002", "M")],
)
def test_check_character_is_that_of_the_standard(text, check):
    assert check_character(text) == check


SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(st.text(SIGNS, min_size=1, max_size=10), st.integers(0, 9), st.sampled_from(SIGNS))
def test_one_wrong_sign_changes_the_check_character(text, place, sign):
    at = place % len(text)
    wrong = text[:at] + sign + text[at + 1 :]
    assert (check_character(wrong) == check_character(text)) == (wrong == text)


@pytest.mark.parametrize("before", ["", "K7", "P004"])
def test_nearly_all_exchanged_neighbours_change_the_check_character(before):
    pairs = [(one, two) for one in SIGNS for two in SIGNS if one != two]
    found = [
        check_character(before + one + two) != check_character(before + two + one)
        for one, two in pairs
    ]
    assert sum(found) >= len(pairs) - 2
