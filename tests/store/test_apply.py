"""A reply is applied whole or not at all, and hides nothing that was typed here."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.conflict_columns import ConflictState
from plie_desktop.models.domain.participant import RecordState
from plie_desktop.models.domain.records import KINDS, Kind, answer_id
from plie_desktop.models.domain.sync_page import RowBlock, Verdict
from tests.support.builders import (
    a_colleague,
    a_page,
    a_verdict,
    apply_page,
    begin_file,
    changed_rows,
    new_id,
    pending,
    whole_rows,
)
from tests.support.stores import BaseFile, by_hand


def save(store, participant, **values):
    with store.write() as transaction:
        answers = {key: Answer.given(value) for key, value in values.items()}
        transaction.intakes.put(participant, answers)


def shown(store, participant, key):
    with store.read() as transaction:
        return transaction.intakes.get(participant).value(key)


def state_of(store, participant):
    with store.read() as transaction:
        return transaction.participants.get(participant).record_state


def received(store, version=5, **values):
    one = new_id()
    apply_page(store, whole_rows(Kind.PARTICIPANT, (version, one, one, values)))
    return one


def test_rows_of_every_kind_arrive_and_are_found(store):
    one, referent = new_id(), a_colleague()
    blocks = [
        whole_rows(
            Kind.PARTICIPANT,
            (4, one, one, {"first_name": "Héloïse", "referent_id": str(referent.id)}),
        ),
        whole_rows(Kind.STAFF, (4, referent.id, referent.id, {"name": referent.name})),
    ]
    blocks += [
        whole_rows(kind, (4, new_id(), one, {}))
        for kind in (Kind.STEP, Kind.OBJECTIVE, Kind.INTERVIEW, Kind.PLAN, Kind.CONFLICT)
    ]
    blocks.append(
        whole_rows(
            Kind.ANSWER,
            (4, answer_id(one, "jobs"), one, {"field": "jobs", "state": "given", "value": "11"}),
        )
    )
    assert apply_page(store, *blocks) == {one}
    with store.read() as transaction:
        assert [line.id for line in transaction.participants.find("heloise")] == [one]
        assert transaction.participants.referent(one).name == referent.name
        assert transaction.intakes.get(one).value("jobs") == "11"
        assert len(transaction.pathways.steps(one)) == 1
        assert transaction.participants.get(one).record_state is RecordState.CONFIRMED
        assert transaction.outbox.counts() == (0, 0, 0)


def test_place_of_the_exchange_moves_with_the_reply(store):
    apply_page(store, last=0, cursor=b"A", clock=77, epoch=3)
    with store.read() as transaction:
        place = transaction.outbox.place()
    assert (place.epoch, place.cursor, place.last) == (3, b"A", 0)
    assert place.clock > 77
    assert len(place.db) == 16


def test_reply_that_cannot_be_applied_moves_nothing(store):
    one = received(store, first_name="Ana")
    bad = whole_rows(Kind.STEP, (9, new_id(), one, {}))
    bad.rows[0].append("one too many")
    good = changed_rows(Kind.PARTICIPANT, (9, one, one, {"first_name": "Anna"}))
    with pytest.raises(dbapi2.ProgrammingError):
        apply_page(store, good, bad, cursor=b"far")
    assert shown(store, one, "first_name") == "Ana"
    with store.read() as transaction:
        assert transaction.outbox.place().cursor == b"cursor"


def test_same_reply_twice_changes_nothing_more(store, base_file):
    one = new_id()
    block = whole_rows(Kind.PARTICIPANT, (4, one, one, {"first_name": "Ana"}))
    apply_page(store, block)
    apply_page(store, block)
    with by_hand(base_file) as connection:
        assert connection.execute("SELECT count(*), max(_v) FROM participant").fetchone() == (1, 4)
        found = connection.execute("SELECT count(*) FROM participant_search").fetchone()
    assert found == (1,)


def test_only_the_columns_received_change(store):
    one = received(store, first_name="Ana", birth_name="Roux")
    apply_page(store, changed_rows(Kind.PARTICIPANT, (6, one, one, {"birth_name": "Le Roux"})))
    assert shown(store, one, "first_name") == "Ana"
    assert shown(store, one, "birth_name") == "Le Roux"


def test_local_edit_stays_visible_until_it_is_judged(store):
    one = received(store, first_name="Ana", sex="F")
    save(store, one, first_name="Anna")
    theirs = {"first_name": "Anne", "sex": "M"}
    apply_page(store, changed_rows(Kind.PARTICIPANT, (9, one, one, theirs)))
    apply_page(store, whole_rows(Kind.PARTICIPANT, (9, one, one, theirs)))
    assert shown(store, one, "first_name") == "Anna"
    assert shown(store, one, "sex") == "M"
    assert state_of(store, one) is RecordState.WAITING


@pytest.mark.parametrize(
    "verdict", [Verdict.SAME, Verdict.CONFLICT, Verdict.SUPERSEDED, Verdict.PARKED]
)
def test_value_in_force_replaces_a_judged_edit(store, verdict):
    one = received(store, first_name="Ana")
    save(store, one, first_name="Anna")
    judged = a_verdict(1, verdict, first_name="Anne")
    assert apply_page(store, last=1, verdicts=(judged,)) == {one}
    assert shown(store, one, "first_name") == "Anne"
    with store.read() as transaction:
        assert [line.id for line in transaction.participants.find("anne")] == [one]
        assert transaction.participants.count("anna") == 0


def test_address_being_sent_is_not_mixed_with_the_one_that_came(store):
    one = received(store, street="1 rue A", postcode="35000", commune="35238")
    save(store, one, street="2 rue B")
    other = {"street": "3 rue C", "postcode": "35136", "commune": "35281"}
    apply_page(store, changed_rows(Kind.PARTICIPANT, (8, one, one, other)))
    assert [shown(store, one, key) for key in other] == ["2 rue B", "35000", "35238"]


def test_edit_without_verdict_was_applied_and_keeps_its_value(store):
    one = received(store, first_name="Ana")
    save(store, one, first_name="Anna")
    apply_page(store, last=1)
    assert shown(store, one, "first_name") == "Anna"
    assert state_of(store, one) is RecordState.CONFIRMED


def test_later_edit_still_waiting_outlives_the_verdict_on_an_earlier_one(store):
    one = received(store, first_name="Ana")
    save(store, one, first_name="Anna", sex="F")
    save(store, one, first_name="Annie")
    judged = a_verdict(1, Verdict.CONFLICT, first_name="Anne", sex="M")
    apply_page(store, last=1, verdicts=(judged,))
    assert shown(store, one, "first_name") == "Annie"
    assert shown(store, one, "sex") == "M"


def test_verdict_and_newer_row_in_one_reply_end_with_the_row(store):
    one = received(store, first_name="Ana")
    save(store, one, first_name="Anna")
    apply_page(
        store,
        changed_rows(Kind.PARTICIPANT, (9, one, one, {"first_name": "Anaïs"})),
        last=1,
        verdicts=(a_verdict(1, Verdict.CONFLICT, first_name="Anne"),),
    )
    assert shown(store, one, "first_name") == "Anaïs"


def test_verdict_told_again_counts_even_when_the_edit_is_durable_by_then(store):
    one = received(store)
    save(store, one, first_name="Ana")
    verdict = a_verdict(1, Verdict.CONFLICT, first_name="Anne")
    apply_page(store, last=1, durable=1, verdicts=(verdict,))
    assert shown(store, one, "first_name") == "Anne"


def test_parked_edit_is_counted_and_said(store):
    one = received(store)
    save(store, one, sex="F")
    apply_page(store, last=1, verdicts=(a_verdict(1, Verdict.PARKED),))
    assert state_of(store, one) is RecordState.PARKED
    assert shown(store, one, "sex") == "F"
    with store.read() as transaction:
        assert transaction.outbox.counts() == (0, 0, 1)


def test_parked_edit_is_history_once_a_later_one_of_the_same_cells_was_received(store):
    one = received(store)
    save(store, one, sex="F", email="a@example.org")
    apply_page(store, last=1, verdicts=(a_verdict(1, Verdict.PARKED),))
    save(store, one, sex="M")
    apply_page(store, last=2)
    assert state_of(store, one) is RecordState.PARKED
    save(store, one, sex="F", email="b@example.org")
    apply_page(store, last=3)
    assert state_of(store, one) is RecordState.CONFIRMED


def test_states_of_a_file_from_begun_to_confirmed(store):
    one = begin_file(store, first_name="Ana")
    assert state_of(store, one) is RecordState.LOCAL_ONLY
    apply_page(store, last=1)
    assert state_of(store, one) is RecordState.CONFIRMED
    save(store, one, sex="F")
    assert state_of(store, one) is RecordState.WAITING
    conflict = whole_rows(Kind.CONFLICT, (9, new_id(), one, {"state": ConflictState.OPEN}))
    apply_page(store, conflict, last=2)
    assert state_of(store, one) is RecordState.TO_SETTLE


def test_acknowledged_edits_stay_until_they_are_durable(store, base_file):
    begin_file(store)
    begin_file(store)
    begin_file(store)
    apply_page(store, last=3, durable=1)
    with by_hand(base_file) as connection:
        assert connection.execute("SELECT dseq FROM sync_outbox").fetchall() == [(2,), (3,)]
    apply_page(store, last=3, durable=9)
    with by_hand(base_file) as connection:
        assert connection.execute("SELECT count(*) FROM sync_outbox").fetchone() == (0,)
    begin_file(store)
    assert [edit.dseq for edit in pending(store)] == [4]


def test_restored_headquarters_gets_the_edits_it_lost_again(store):
    for _ in range(3):
        begin_file(store)
    apply_page(store, last=3, durable=1, epoch=1)
    assert pending(store) == ()
    apply_page(store, last=1, durable=1, epoch=2)
    assert [edit.dseq for edit in pending(store)] == [2, 3]


def test_acknowledgement_never_goes_back_within_one_life_of_headquarters(store):
    begin_file(store)
    begin_file(store)
    apply_page(store, last=2)
    apply_page(store, last=1)
    assert pending(store) == ()


def test_unknown_columns_are_kept_and_survive_later_rows(store, base_file):
    one = new_id()
    columns = (*KINDS[Kind.PARTICIPANT].column_names, "mood")
    first = RowBlock(
        Kind.PARTICIPANT,
        columns,
        True,
        [
            [
                4,
                one.bytes,
                one.bytes,
                *("x" if c == "first_name" else None for c in columns[:-1]),
                "gai",
            ]
        ],
    )
    apply_page(store, first)
    more = RowBlock(
        Kind.PARTICIPANT, ("sex", "shoe"), False, [[5, one.bytes, one.bytes, "F", "38"]]
    )
    apply_page(store, more)
    with by_hand(base_file) as connection:
        row = connection.execute("SELECT first_name, sex, _v, _extra FROM participant").fetchone()
    assert row == ("x", "F", 5, '{"mood": "gai", "shoe": "38"}')


def test_unknown_kind_is_left_out_and_the_rest_applied(store):
    one = new_id()
    unknown = RowBlock("weather", ("sky",), True, [[4, one.bytes, one.bytes, "bleu"]])
    known = whole_rows(Kind.PARTICIPANT, (4, one, one, {"first_name": "Ana"}))
    apply_page(store, unknown, known)
    assert shown(store, one, "first_name") == "Ana"


def test_codes_of_a_newer_version_harm_no_list(store):
    one = received(store, state="TELEPORTED", birth_date="soon", first_name="Ana")
    rows = whole_rows(
        Kind.ANSWER,
        (5, new_id(), one, {"field": "jobs", "state": "sung", "value": "11"}),
        (5, new_id(), one, {"field": "shoe_size", "state": "given", "value": "38"}),
    )
    apply_page(
        store,
        rows,
        whole_rows(Kind.STEP, (5, new_id(), one, {"state": "?", "starts_on": "?"})),
        whole_rows(Kind.OBJECTIVE, (5, new_id(), one, {"rank": "first"})),
        whole_rows(
            Kind.CONFLICT, (5, new_id(), one, {"state": ConflictState.OPEN, "kind": "weather"})
        ),
    )
    with store.read() as transaction:
        assert transaction.participants.find("ana")[0].birth_date is None
        assert dict(transaction.intakes.get(one).answers).keys() == {"first_name", "birth_date"}
        assert len(transaction.pathways.steps(one)) == 1
        assert transaction.pathways.objectives(one)[0].rank == 0
        assert transaction.conflicts.open() == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["save", "page", "ack"]),
            st.sampled_from(["first_name", "sex", "email"]),
            st.sampled_from("abc"),
        ),
        max_size=12,
    )
)
@settings(max_examples=40, deadline=None)
def test_no_reply_hides_an_edit_that_waits(tmp_path_factory, script):
    """I7 and I8, against a model: what waits is shown, what does not is headquarters'."""
    store = BaseFile(tmp_path_factory.mktemp("seven") / "vault.db").open(create=True)
    one = received(store)
    model, waiting, sent, last = {}, {}, 0, 0
    for version, (act, column, value) in enumerate(script, start=10):
        if act == "save":
            if model.get(column) != value:
                sent += 1
                waiting[column] = sent
            model[column] = value
            save(store, one, **{column: value})
        elif act == "page":
            if column not in waiting:
                model[column] = value
            row = (version, one, one, {column: value})
            apply_page(store, changed_rows(Kind.PARTICIPANT, row), last=last)
        else:
            last = sent
            waiting.clear()
            apply_page(store, last=last)
        for name in ("first_name", "sex", "email"):
            assert shown(store, one, name) == (model.get(name) or "")
    store.close()


def test_page_applies_beside_unsent_edits_without_touching_them(store):
    one = begin_file(store, first_name="Ana", jobs="11")
    before = pending(store)
    apply_page(store, whole_rows(Kind.PARTICIPANT, (4, one, one, {"first_name": "X", "sex": "F"})))
    assert pending(store) == before
    assert shown(store, one, "first_name") == "Ana"
    assert shown(store, one, "sex") == "F"
    assert a_page().last == 0
