"""Edits are sealed with the save that made them, from the version that its author saw."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.answers import UNKNOWN, Answer
from plie_desktop.models.domain.edit import Action
from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.sync_page import Verdict
from plie_desktop.store.seal import milliseconds, tick
from tests.support.builders import (
    a_verdict,
    apply_page,
    begin_file,
    changed_rows,
    new_id,
    pending,
    whole_rows,
)
from tests.support.clocks import FixedClock
from tests.support.stores import MORNING, BaseFile, by_hand


def type_in(store, participant, **values):
    """Save answers as a form that is being typed in does."""
    with store.write(autosave=True) as transaction:
        answers = {key: Answer.given(value) for key, value in values.items()}
        transaction.intakes.put(participant, answers)


def save(store, participant, **values):
    with store.write() as transaction:
        answers = {key: Answer.given(value) for key, value in values.items()}
        transaction.intakes.put(participant, answers)


def received(store, participant, version=5, **values):
    """A file that headquarters has sent and knows."""
    apply_page(store, whole_rows(Kind.PARTICIPANT, (version, participant, participant, values)))


def test_each_save_makes_one_edit_for_each_record_numbered_without_a_hole(store):
    one = begin_file(store, first_name="Ana", jobs="11", email="a@example.org")
    save(store, one, jobs="12", first_name="Anna")
    edits = pending(store)
    assert [edit.dseq for edit in edits] == [1, 2, 3, 4]
    assert [edit.tx for edit in edits] == [1, 1, 2, 2]
    assert [edit.kind for edit in edits] == [Kind.PARTICIPANT, Kind.ANSWER] * 2
    assert [edit.action for edit in edits] == [Action.INSERT] * 2 + [Action.UPDATE] * 2
    assert dict(edits[2].values) == {"first_name": "Anna"}
    assert all(edit.root_id == one for edit in edits)


def test_a_save_of_several_files_is_sealed_file_after_file_each_before_its_answers(store):
    with store.write() as transaction:
        for file in (new_id(), new_id(), new_id()):
            transaction.intakes.create(file, state=FileState.INTAKE, reference="")
            answers = {"first_name": Answer.given("Ana"), "jobs": Answer.given("11")}
            transaction.intakes.put(file, answers)
    edits = pending(store)
    assert [edit.kind for edit in edits] == [Kind.PARTICIPANT, Kind.ANSWER] * 3
    assert all(one.root_id == two.root_id for one, two in zip(edits[::2], edits[1::2], strict=True))


def test_refused_save_leaves_no_edit_and_no_number(store):
    one = begin_file(store, first_name="Ana")
    with pytest.raises(RefusedInputError), store.write() as transaction:  # noqa: PT012 - one save
        transaction.intakes.put(one, {"first_name": Answer.given("Anna")})
        transaction.participants.find("anna")
        transaction.intakes.put(new_id(), {})
    save(store, one, sex="F")
    assert [edit.dseq for edit in pending(store)] == [1, 2]
    assert dict(pending(store)[1].values) == {"sex": "F"}


def test_reading_a_list_in_the_middle_of_a_save_does_not_cut_it_in_two(store):
    one = begin_file(store, first_name="Ana")
    with store.write() as transaction:
        transaction.intakes.put(one, {"first_name": Answer.given("Anna")})
        assert [line.id for line in transaction.participants.find("anna")] == [one]
        transaction.intakes.put(one, {"birth_name": Answer.given("Le Bris"), "jobs": UNKNOWN})
    edits = pending(store)
    assert [edit.tx for edit in edits] == [1, 2, 2]
    assert dict(edits[1].values) == {"first_name": "Anna", "birth_name": "Le Bris"}


def test_unchanged_answers_write_nothing(store):
    one = begin_file(store, first_name="Ana", jobs="11")
    before = store.examine().waiting
    save(store, one, first_name="Ana", jobs="11")
    with store.write() as transaction:
        transaction.intakes.put(one, {"birth_name": None, "brakes": None})
        transaction.participants.set_state(one, FileState.INTAKE, None)
    assert store.examine().waiting == before


def test_typing_merges_into_one_edit_with_first_old_and_last_new_value(store, base_file, clock):
    one = new_id()
    received(store, one, first_name="A")
    for text in ("An", "Ana", "Anaï"):
        clock.move_to(clock.now() + timedelta(minutes=4))
        type_in(store, one, first_name=text)
    type_in(store, one, birth_name="Roux")
    with by_hand(base_file) as connection:
        rows = connection.execute("SELECT dseq, base, cells FROM sync_outbox").fetchall()
    assert rows == [(1, 5, '{"first_name":["Anaï","A"],"birth_name":["Roux",null]}')]


def test_edit_left_alone_for_more_than_five_minutes_is_closed(store, clock):
    one = new_id()
    received(store, one)
    type_in(store, one, first_name="Ana")
    clock.move_to(clock.now() + timedelta(minutes=5, seconds=1))
    type_in(store, one, first_name="Anna")
    assert [dict(edit.values)["first_name"] for edit in pending(store)] == ["Ana", "Anna"]


def test_clock_set_back_closes_the_edit(store, clock):
    one = new_id()
    received(store, one)
    type_in(store, one, first_name="Ana")
    clock.move_to(clock.now() - timedelta(days=400))
    type_in(store, one, first_name="Anna")
    assert len(pending(store)) == 2


def test_edit_about_to_leave_is_never_merged_into(store):
    one = new_id()
    received(store, one)
    type_in(store, one, first_name="Ana")
    with store.write() as transaction:
        transaction.outbox.close_open()
    type_in(store, one, first_name="Anna")
    assert [dict(edit.values)["first_name"] for edit in pending(store)] == ["Ana", "Anna"]


def test_edit_being_typed_when_the_program_ended_is_closed(base_file):
    store = base_file.open(create=True)
    one = new_id()
    received(store, one)
    type_in(store, one, first_name="Ana")
    store.close()
    store = base_file.open()
    type_in(store, one, first_name="Anna")
    assert [dict(edit.values)["first_name"] for edit in pending(store)] == ["Ana", "Anna"]
    store.close()


def test_open_edit_does_not_leave_nor_what_comes_after_it(store):
    one, two = new_id(), new_id()
    received(store, one)
    received(store, two)
    save(store, two, sex="F")
    type_in(store, one, first_name="Ana")
    save(store, two, sex="M")
    with store.read() as transaction:
        assert [e.dseq for e in transaction.outbox.pending(after=0, limit=9)] == [1]
    assert [edit.dseq for edit in pending(store)] == [1, 2, 3]


def test_ordinary_save_of_the_same_record_closes_the_edit_being_typed(store):
    one = new_id()
    received(store, one)
    type_in(store, one, first_name="Ana")
    save(store, one, sex="F")
    type_in(store, one, first_name="Anna")
    values = [dict(edit.values) for edit in pending(store)]
    assert values == [{"first_name": "Ana"}, {"sex": "F"}, {"first_name": "Anna"}]


def test_typing_back_to_the_first_value_sends_no_value(store):
    one = new_id()
    received(store, one, first_name="Ana")
    type_in(store, one, first_name="Anna")
    type_in(store, one, first_name="Ana")
    assert [dict(edit.values) for edit in pending(store)] == [{}]


def test_value_typed_back_after_a_reply_is_sent_again(store):
    """What headquarters holds may have changed meanwhile: silence would leave the two apart."""
    one = new_id()
    received(store, one, first_name="Ana")
    type_in(store, one, first_name="Anna")
    apply_page(store, changed_rows(Kind.PARTICIPANT, (8, one, one, {"first_name": "Anne"})))
    type_in(store, one, first_name="Ana")
    edits = pending(store)
    assert [dict(edit.values) for edit in edits] == [{"first_name": "Anna"}, {"first_name": "Ana"}]
    assert [edit.base for edit in edits] == [5, 5]


def test_edit_starts_from_the_version_its_author_saw(store):
    one = new_id()
    received(store, one, version=5)
    save(store, one, first_name="Ana")
    apply_page(store, changed_rows(Kind.PARTICIPANT, (8, one, one, {"first_name": "X"})))
    save(store, one, first_name="Anna")
    save(store, one, sex="F")
    assert [edit.base for edit in pending(store)] == [5, 5, 8]


def test_edit_after_an_acknowledged_one_starts_from_what_is_shown_now(store):
    one = new_id()
    received(store, one, version=5)
    save(store, one, first_name="Ana")
    apply_page(store, changed_rows(Kind.PARTICIPANT, (8, one, one, {"first_name": "Anne"})), last=1)
    save(store, one, first_name="Anna")
    assert [edit.base for edit in pending(store)] == [8]


def test_typing_never_lends_a_cell_a_version_its_author_did_not_see(store):
    one = new_id()
    received(store, one, version=5)
    save(store, one, first_name="Ana")
    apply_page(store, changed_rows(Kind.PARTICIPANT, (8, one, one, {"first_name": "X"})))
    type_in(store, one, sex="F")
    type_in(store, one, first_name="Anna")
    type_in(store, one, first_name="Annah")
    assert [(edit.base, dict(edit.values)) for edit in pending(store)] == [
        (5, {"first_name": "Ana"}),
        (8, {"sex": "F"}),
        (5, {"first_name": "Annah"}),
    ]


def test_cell_of_a_parked_edit_keeps_its_start_even_when_that_edit_is_durable(store):
    one = new_id()
    received(store, one, version=5)
    save(store, one, first_name="Ana")
    apply_page(store, changed_rows(Kind.PARTICIPANT, (8, one, one, {"first_name": "X"})))
    apply_page(store, last=1, durable=1, verdicts=(a_verdict(1, Verdict.PARKED),))
    save(store, one, first_name="Anna")
    assert [edit.base for edit in pending(store)] == [5]


def test_columns_that_are_judged_as_one_leave_as_one(store):
    one = new_id()
    received(store, one, street="1 rue A", postcode="35000", commune="35238")
    save(store, one, street="2 rue B")
    save(store, one, postcode="35136")
    type_in(store, one, street="3 rue C")
    type_in(store, one, street="2 rue B")
    first, second = pending(store)[:2]
    assert dict(first.values) == {"street": "2 rue B", "postcode": "35000", "commune": "35238"}
    assert dict(second.values) == {"street": "2 rue B", "postcode": "35136", "commune": "35238"}
    assert [dict(edit.values) for edit in pending(store)[2:]] == [{}]


def test_writes_made_outside_are_sealed_apart_from_the_save_of_a_person(store, base_file):
    one = begin_file(store, first_name="Ana")
    with by_hand(base_file) as connection:
        connection.execute("UPDATE participant SET sex = 'F', first_name = 'Anne'")
    with store.write() as transaction:
        assert transaction.outbox.counts() == (2, 1, 0)
        transaction.intakes.put(one, {"email": Answer.given("a@example.org")})
    edits = pending(store)
    assert [edit.tx for edit in edits] == [1, 2, 3]
    assert dict(edits[1].values) == {"sex": "F", "first_name": "Anne"}
    with store.read() as transaction:
        assert [line.id for line in transaction.participants.find("anne")] == [one]


def test_seal_stray_says_how_many_records_it_sealed(store, base_file):
    begin_file(store)
    begin_file(store)
    with by_hand(base_file) as connection:
        connection.execute("UPDATE participant SET sex = 'F'")
    with store.write() as transaction:
        assert transaction.outbox.seal_stray() == 2
        assert transaction.outbox.seal_stray() == 0


@given(st.lists(st.integers(-(10**10), 10**12), min_size=1, max_size=30))
@settings(deadline=None)
def test_hybrid_clock_always_moves_forward_whatever_the_clock_shows(moments):
    clock = 0
    for moment in moments:
        following = tick(clock, max(moment, 0))
        assert clock < following < 1 << 63
        clock = following


@pytest.mark.parametrize(
    "moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), MORNING]
)
def test_wildest_clocks_fit_the_hybrid_clock(moment):
    assert 0 <= tick(tick(0, milliseconds(moment)), milliseconds(moment)) < 1 << 63


def test_clock_of_saves_survives_reopening_and_clocks_set_back(base_file):
    store = base_file.open(FixedClock(MORNING), create=True)
    one = begin_file(store)
    store.close()
    store = base_file.open(FixedClock(MORNING - timedelta(days=3650)))
    save(store, one, sex="F")
    first, second = pending(store)
    store.close()
    assert first.hlc >> 16 == milliseconds(MORNING)
    assert second.hlc == first.hlc + 1


def test_clock_received_is_passed_by_the_next_save(store):
    one = new_id()
    ahead = milliseconds(MORNING + timedelta(hours=2)) << 16
    apply_page(store, whole_rows(Kind.PARTICIPANT, (5, one, one, {})), clock=ahead)
    save(store, one, sex="F")
    assert pending(store)[0].hlc > ahead


texts = st.text(st.characters(codec="utf-8"), max_size=12)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["sex", "jobs", "email"]), texts)))
@settings(max_examples=25, deadline=None)
def test_replaying_the_edits_gives_the_base(tmp_path_factory, script):
    """I1 on this side: what is sealed is all that was written."""
    store = BaseFile(tmp_path_factory.mktemp("replay") / "vault.db").open(create=True)
    one = begin_file(store)
    for is_typing, key, text in script:
        (type_in if is_typing else save)(store, one, **{key: text})
    replayed: dict = {}
    for edit in pending(store):
        replayed.setdefault((edit.kind, edit.record_id), {}).update(edit.values)
    with store.read() as transaction:
        intake = transaction.intakes.get(one)
    file = replayed.pop((Kind.PARTICIPANT, one))
    rows = {row["field"]: row for row in replayed.values()}
    for key in ("sex", "email"):
        assert intake.value(key) == (file.get(key) or "")
    assert intake.value("jobs") == rows.get("jobs", {}).get("value", "")
    assert store.examine().is_sound
    store.close()
