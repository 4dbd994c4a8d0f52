"""Files handed over or erased: gone from every table, index and edit, and nothing lost before."""

from uuid import UUID

import pytest

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.answers import UNKNOWN, Answer
from plie_desktop.models.domain.conflict_columns import ConflictState
from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.models.domain.sync_page import Verdict
from plie_desktop.store.keys import draft_key, file_key
from tests.support.builders import (
    a_plan,
    a_step,
    a_verdict,
    an_interview,
    an_objective,
    apply_page,
    begin_file,
    new_id,
    pending,
    whole_rows,
)
from tests.support.stores import MORNING, by_hand

MARK = "Zyxwquorn"


def marked_file(store):
    """A file with the mark in every kind of record and in edits."""
    one = begin_file(store, first_name=MARK, comment=f"{MARK} parle", usage_name=MARK)
    with store.write() as transaction:
        transaction.pathways.put_step(a_step(one, MORNING.date(), title=MARK))
        transaction.pathways.put_objective(an_objective(one, words=MARK))
        transaction.pathways.put_interview(an_interview(one, note=MARK))
        transaction.plans.add(a_plan(one, content=f'{{"a": "{MARK}"}}'))
        transaction.local.put(file_key(one, "seen"), MARK.encode())
    return one


def traces(base_file, store):
    """Tables that still hold the mark, read decrypted, page by page of every table and index."""
    with store.write():
        pass
    found = []
    with by_hand(base_file) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (name,) in tables:
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                text = b" ".join(
                    cell if isinstance(cell, bytes) else str(cell).encode() for cell in row
                )
                if MARK.lower().encode() in text.lower():
                    found.append(name)
                    break
    return found


def leaving(base_file):
    """Ids on the work list of files that must leave."""
    with by_hand(base_file) as connection:
        return [UUID(bytes=root) for (root,) in connection.execute("SELECT root FROM sync_leaving")]


def last_of(store):
    edits = pending(store)
    return edits[-1].dseq if edits else 0


def test_file_handed_over_leaves_no_mark(store, base_file):
    one = marked_file(store)
    other = begin_file(store, first_name="Ana")
    assert {
        *("participant", "answer", "sync_outbox", "participant_search_data", "local_state"),
    } <= set(traces(base_file, store))
    last = last_of(store)
    touched = apply_page(store, last=last, durable=last, evict=(one,))
    assert touched == {one}
    assert traces(base_file, store) == []
    with store.read() as transaction:
        assert transaction.participants.get(one) is None
        assert transaction.participants.count("zyx") == 0
        assert [line.id for line in transaction.participants.find("")] == [other]
    assert leaving(base_file) == []
    assert store.examine().is_sound


def test_what_is_kept_about_others_stays(store):
    one, other = marked_file(store), marked_file(store)
    last = last_of(store)
    apply_page(store, last=last, durable=last, evict=(one,))
    with store.read() as transaction:
        assert transaction.local.get(file_key(one, "seen")) is None
        assert transaction.local.get(file_key(other, "seen")) == MARK.encode()


def test_former_names_leave_the_index_with_their_file(store, base_file):
    others = [begin_file(store, first_name=f"Ana{n}") for n in range(20)]
    one = marked_file(store)
    with store.write() as transaction:
        transaction.intakes.put(
            one, {key: Answer.given("Ana") for key in ("first_name", "usage_name")}
        )
    assert "participant_search_data" in traces(base_file, store)
    last = last_of(store)
    apply_page(store, last=last, durable=last, evict=(one,))
    assert traces(base_file, store) == []
    with store.read() as transaction:
        assert transaction.participants.count("ana") == len(others)


def test_edits_of_a_file_handed_over_stay_until_they_are_durable(store, base_file):
    one = marked_file(store)
    last = last_of(store)
    apply_page(store, last=last, evict=(one,))
    assert traces(base_file, store) == ["sync_outbox"]
    with store.read() as transaction:
        assert transaction.participants.get(one) is None
    assert leaving(base_file) == [one]
    apply_page(store, last=last, durable=last)
    assert traces(base_file, store) == []
    assert leaving(base_file) == []


def test_file_with_unsent_edits_stays_until_they_are_sent(store, base_file):
    one = marked_file(store)
    last = last_of(store)
    with store.write() as transaction:
        transaction.intakes.put(one, {"sex": Answer.given("F")})
    apply_page(store, last=last, durable=last, evict=(one,))
    with store.read() as transaction:
        assert transaction.participants.get(one) is not None
        assert transaction.outbox.waiting_of(one) == 1
    assert leaving(base_file) == [one]
    apply_page(store, last=last + 1, durable=last + 1)
    assert traces(base_file, store) == []
    with store.read() as transaction:
        assert transaction.participants.get(one) is None


def test_file_about_which_someone_is_typing_stays_with_its_draft(store, base_file):
    one, other = marked_file(store), marked_file(store)
    last = last_of(store)
    with store.write() as transaction:
        transaction.local.put(draft_key(one, "step"), MARK.encode())
    apply_page(store, last=last, durable=last, evict=(one, other))
    apply_page(store, last=last, durable=last)
    with store.read() as transaction:
        assert transaction.participants.get(other) is None
        assert transaction.participants.get(one) is not None
        assert transaction.local.get(draft_key(one, "step")) == MARK.encode()
        assert transaction.outbox.held_by_draft() == (one,)
        assert [
            (file.participant_id, file.edits) for file in transaction.outbox.waiting_files()
        ] == [(one, 0)]
    with store.write() as transaction:
        transaction.local.remove(draft_key(one, "step"))
    apply_page(store, last=last, durable=last)
    assert traces(base_file, store) == []
    with store.read() as transaction:
        assert transaction.participants.get(one) is None
        assert transaction.outbox.held_by_draft() == ()
        assert transaction.outbox.waiting_files() == ()
    assert leaving(base_file) == []


def test_what_a_draft_became_is_sent_before_its_file_leaves(store):
    one = marked_file(store)
    last = last_of(store)
    with store.write() as transaction:
        transaction.local.put(draft_key(one, "step"), b"x")
    apply_page(store, last=last, durable=last, evict=(one,))
    with store.write() as transaction:
        transaction.pathways.put_step(a_step(one, MORNING.date(), title="Atelier"))
        transaction.local.remove(draft_key(one, "step"))
    apply_page(store, last=last, durable=last)
    assert [edit.kind for edit in pending(store)] == [Kind.STEP]
    apply_page(store, last=last + 1, durable=last + 1)
    with store.read() as transaction:
        assert transaction.participants.get(one) is None


@pytest.mark.parametrize("verdict", [Verdict.APPLIED, Verdict.PARKED])
def test_verdict_on_its_last_edit_does_not_bring_a_file_back(store, base_file, verdict):
    one = marked_file(store)
    last = last_of(store)
    with store.write() as transaction:
        transaction.intakes.put(one, {"sex": Answer.given("F")})
    apply_page(store, last=last, durable=last, evict=(one,))
    apply_page(store, last=last + 1, durable=last + 1, verdicts=(a_verdict(last + 1, verdict),))
    assert traces(base_file, store) == []
    with store.read() as transaction:
        assert transaction.participants.get(one) is None


def test_draft_of_a_file_that_came_back_holds_nothing(store):
    one = marked_file(store)
    last = last_of(store)
    with store.write() as transaction:
        transaction.local.put(draft_key(one, "step"), b"x")
    apply_page(store, last=last, durable=last, evict=(one,))
    apply_page(store, whole_rows(Kind.PARTICIPANT, (9, one, one, {"first_name": "Ana"})), last=last)
    with store.read() as transaction:
        assert transaction.outbox.held_by_draft() == ()
        assert transaction.outbox.waiting_files() == ()


def test_erasure_does_not_wait_for_a_draft(store, base_file):
    one = marked_file(store)
    with store.write() as transaction:
        transaction.local.put(draft_key(one, "step"), MARK.encode())
    apply_page(store, last=last_of(store), evict=(one,))
    apply_page(store, last=last_of(store), erase=(one,))
    assert traces(base_file, store) == []


def test_file_that_comes_back_before_it_left_stays(store, base_file):
    one = marked_file(store)
    last = last_of(store)
    with store.write() as transaction:
        transaction.intakes.put(one, {"sex": Answer.given("F")})
    apply_page(store, last=last, evict=(one,))
    apply_page(store, whole_rows(Kind.PARTICIPANT, (9, one, one, {"first_name": "Ana"})), last=last)
    apply_page(store, last=last + 1, durable=last + 1)
    with store.read() as transaction:
        assert transaction.participants.get(one) is not None
    assert leaving(base_file) == []


def test_erasure_waits_for_nothing_and_keeps_the_numbers(store, base_file):
    one = marked_file(store)
    numbers = [edit.dseq for edit in pending(store)]
    apply_page(store, last=1, erase=(one,))
    assert traces(base_file, store) == []
    left = pending(store)
    assert [edit.dseq for edit in left] == numbers[1:]
    assert all(not edit.values for edit in left)
    assert store.examine().is_sound


def test_nothing_can_be_added_to_a_file_that_left(store):
    one = marked_file(store)
    last = last_of(store)
    apply_page(store, last=last, durable=last, evict=(one,))
    with store.write() as transaction:
        for attempt in (
            lambda: transaction.intakes.put(one, {"sex": UNKNOWN}),
            lambda: transaction.pathways.put_step(a_step(one, MORNING.date())),
            lambda: transaction.pathways.put_objective(an_objective(one)),
            lambda: transaction.pathways.put_interview(an_interview(one)),
            lambda: transaction.plans.add(a_plan(one)),
        ):
            with pytest.raises(RefusedInputError):
                attempt()
    assert pending(store) == ()


def test_conflicts_and_parked_edits_leave_with_their_file(store, base_file):
    one, conflict = marked_file(store), new_id()
    last = last_of(store)
    block = whole_rows(
        Kind.CONFLICT, (9, conflict, one, {"state": ConflictState.OPEN, "current": MARK})
    )
    apply_page(store, block, last=last)
    apply_page(store, last=last, durable=last, evict=(one,))
    with store.read() as transaction:
        assert transaction.conflicts.open() == ()
    with by_hand(base_file) as connection:
        for kind in KINDS:
            count = connection.execute(f'SELECT count(*) FROM "{kind.value}"').fetchone()
            assert count == (0,), kind


def test_log_is_emptied_after_a_file_left(store, base_file):
    one = marked_file(store)
    last = last_of(store)
    apply_page(store, last=last, durable=last, evict=(one,))
    wal = base_file.path.with_name(base_file.path.name + "-wal")
    assert wal.stat().st_size == 0
