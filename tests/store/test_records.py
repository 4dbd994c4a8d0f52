"""Steps, objectives, interviews, plans, staff, conflicts and local values."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.conflict_columns import (
    ConflictState,
    write_candidates,
    write_values,
)
from plie_desktop.models.domain.participant import RecordState
from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.models.domain.plan import PlanState
from plie_desktop.models.domain.records import Kind, answer_id
from plie_desktop.models.domain.step import StepState
from plie_desktop.models.domain.stored_conflict import Candidate
from plie_desktop.models.domain.sync_state import Decision
from plie_desktop.store import faults
from tests.support.builders import (
    a_colleague,
    a_plan,
    a_step,
    an_interview,
    an_objective,
    apply_page,
    begin_file,
    new_id,
    pending,
    whole_rows,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_steps_come_back_whole_in_time_order(store):
    one = begin_file(store)
    later = a_step(one, date(2026, 5, 1), date(2026, 5, 31), place="Bruz", note="Vu à deux")
    sooner = a_step(one, date(2026, 4, 1), state=StepState.STARTED)
    with store.write() as transaction:
        transaction.pathways.put_step(later)
        transaction.pathways.put_step(sooner)
        transaction.pathways.put_step(replace(sooner, state=StepState.COMPLETED))
    with store.read() as transaction:
        steps = transaction.pathways.steps(one)
    assert steps == (replace(sooner, state=StepState.COMPLETED), later)


def test_changed_step_sends_only_what_changed(store):
    one = begin_file(store)
    step = a_step(one, date(2026, 5, 1), date(2026, 5, 31))
    with store.write() as transaction:
        transaction.pathways.put_step(step)
    with store.write() as transaction:
        transaction.pathways.put_step(replace(step, ends_on=None, title="Atelier couture"))
        transaction.pathways.put_step(replace(step, ends_on=None, title="Atelier couture"))
    assert dict(pending(store)[-1].values) == {
        "title": "Atelier couture",
        # Two dates are judged as one, so they are sent as one.
        "starts_on": "2026-05-01",
        "ends_on": None,
    }


def test_objectives_come_by_rank_and_interviews_by_time(store):
    one = begin_file(store)
    objectives = [an_objective(one, rank, f"o{rank}") for rank in (2, 1)]
    interviews = [an_interview(one, f"2026-03-{day}T10:00", note="n") for day in (12, 11)]
    with store.write() as transaction:
        for objective, interview in zip(objectives, interviews, strict=True):
            transaction.pathways.put_objective(objective)
            transaction.pathways.put_interview(interview)
    with store.read() as transaction:
        assert transaction.pathways.objectives(one) == tuple(objectives[::-1])
        assert transaction.pathways.interviews(one) == tuple(interviews[::-1])


def test_upcoming_interviews_are_the_planned_ones_soonest_first(store):
    one, two = begin_file(store), begin_file(store)
    past = an_interview(one, "2026-03-01T10:00")
    seen = an_interview(one, "2026-03-20T10:00", state=InterviewState.SEEN)
    soon, late = an_interview(two, "2026-03-10T10:00"), an_interview(one, "2026-03-11T09:00")
    with store.write() as transaction:
        for interview in (late, past, seen, soon):
            transaction.pathways.put_interview(interview)
    with store.read() as transaction:
        assert transaction.pathways.upcoming("2026-03-02T09:00") == (soon, late)
        assert transaction.pathways.upcoming("2026-03-02T09:00", limit=1) == (soon,)


def test_plans_come_by_version_and_a_draft_may_be_rewritten(store):
    one = begin_file(store)
    first, second = a_plan(one, 1), a_plan(one, 2)
    with store.write() as transaction:
        transaction.plans.add(second)
        transaction.plans.add(first)
        transaction.plans.add(replace(first, state=PlanState.SIGNED))
    with store.read() as transaction:
        assert transaction.plans.versions(one) == (replace(first, state=PlanState.SIGNED), second)


def test_signed_plan_refuses_any_change_but_headquarters(store):
    one = begin_file(store)
    signed = a_plan(one, state=PlanState.SIGNED, content='{"a": 1}')
    with store.write() as transaction:
        transaction.plans.add(signed)
    with pytest.raises(RefusedInputError) as refused, store.write() as transaction:
        transaction.plans.add(replace(signed, content="{}"))
    assert refused.value.sentence == faults.SIGNED
    with store.write() as transaction:
        transaction.plans.add(signed)
    row = {"version": "1", "made_on": "2026-03-02", "language": "fr", "state": "SUPERSEDED"}
    apply_page(store, whole_rows(Kind.PLAN, (9, signed.id, one, row)), last=2)
    with store.read() as transaction:
        assert transaction.plans.versions(one)[0].state is PlanState.SUPERSEDED


def test_colleague_of_this_laptop_only_is_never_sent(store):
    zoe, anna = a_colleague("Zoé"), a_colleague("Anna")
    with store.write() as transaction:
        transaction.staff.put_local(zoe)
        transaction.staff.put_local(anna)
        transaction.staff.put_local(replace(anna, role="COORD"))
    with store.read() as transaction:
        assert transaction.staff.all() == (replace(anna, role="COORD"), zoe)
        assert transaction.staff.get(zoe.id) == zoe
        assert transaction.staff.get(new_id()) is None
    assert pending(store) == ()


def test_local_values_are_kept_replaced_and_removed_and_never_sent(store):
    with store.write() as transaction:
        transaction.local.put("bookmark", b"one")
        transaction.local.put("bookmark", b"two\x00")
    with store.read() as transaction:
        assert transaction.local.get("bookmark") == b"two\x00"
        assert transaction.local.get("nothing") is None
    with store.write() as transaction:
        transaction.local.remove("bookmark")
        transaction.local.remove("bookmark")
    with store.read() as transaction:
        assert transaction.local.get("bookmark") is None
    assert pending(store) == ()


def a_conflict(store, kind, record, one, unit, current, *candidates):
    name = new_id()
    row = {
        "kind": kind.value,
        "record_id": str(record),
        "unit": unit,
        "base": write_values({}),
        "current": write_values(current),
        "current_by": "Siège",
        "current_at": NOON.isoformat(),
        "candidates": write_candidates(Candidate(values, "Ana", NOON) for values in candidates),
        "state": ConflictState.OPEN.value,
    }
    last = pending(store)[-1].dseq
    apply_page(store, whole_rows(Kind.CONFLICT, (9, name, one, row)), last=last)
    return name


def test_open_conflict_says_both_values_and_whose_they_are(store):
    one = begin_file(store, first_name="Ana", birth_name="Roux", disability="oui")
    record = answer_id(one, "disability")
    a_conflict(store, Kind.ANSWER, record, one, "answer", {"value": "oui"}, {"value": "non"})
    with store.read() as transaction:
        (conflict,) = transaction.conflicts.open()
    assert (conflict.participant_id, conflict.display_name) == (one, "Ana ROUX")
    assert (conflict.kind, conflict.record_id, conflict.question) == (
        Kind.ANSWER,
        record,
        "disability",
    )
    assert conflict.current == Candidate({"value": "oui"}, "Siège", NOON)
    assert conflict.candidates == (Candidate({"value": "non"}, "Ana", NOON),)


def test_value_taken_is_written_with_the_decision_in_one_save(store):
    one = begin_file(store, sex="F")
    conflict = a_conflict(store, Kind.PARTICIPANT, one, one, "sex", {"sex": "F"}, {"sex": "M"})
    with store.write() as transaction:
        assert transaction.conflicts.settle(conflict, Decision.TAKE, "Ana", NOON) == one
    with store.read() as transaction:
        assert transaction.intakes.get(one).value("sex") == "M"
        assert transaction.conflicts.open() == ()
        assert transaction.participants.get(one).record_state is RecordState.WAITING
    edits = pending(store)
    assert {edit.kind: dict(edit.values) for edit in edits} == {
        Kind.PARTICIPANT: {"sex": "M"},
        Kind.CONFLICT: {
            "state": ConflictState.SETTLED.value,
            "decision": "take",
            "decided_by": "Ana",
            "decided_at": "2026-03-02T12:00:00+00:00",
        },
    }
    assert len({edit.tx for edit in edits}) == 1
    assert next(edit.base for edit in edits if edit.kind is Kind.CONFLICT) == 9


def test_value_kept_changes_nothing_but_the_conflict(store):
    one = begin_file(store, sex="F")
    conflict = a_conflict(store, Kind.PARTICIPANT, one, one, "sex", {"sex": "F"}, {"sex": "M"})
    with store.write() as transaction:
        transaction.conflicts.settle(conflict, Decision.KEEP, "Ana", NOON)
    assert [edit.kind for edit in pending(store)] == [Kind.CONFLICT]


@pytest.mark.parametrize("which", ["unknown", "settled"])
def test_conflict_is_settled_only_once(store, which):
    one = begin_file(store, sex="F")
    conflict = a_conflict(store, Kind.PARTICIPANT, one, one, "sex", {"sex": "F"}, {"sex": "M"})
    with store.write() as transaction:
        transaction.conflicts.settle(conflict, Decision.KEEP, "Ana", NOON)
    wanted = conflict if which == "settled" else new_id()
    with pytest.raises(RefusedInputError), store.write() as transaction:
        transaction.conflicts.settle(wanted, Decision.TAKE, "Ana", NOON)


def test_waiting_files_are_counted_by_file_oldest_first(store, clock):
    one = begin_file(store, first_name="Ana", birth_name="Roux", jobs="1")
    two = begin_file(store)
    with store.read() as transaction:
        files = transaction.outbox.waiting_files()
        assert transaction.outbox.counts() == (3, 2, 0)
        assert transaction.outbox.waiting_of(one) == 2
        assert transaction.outbox.waiting_of(new_id()) == 0
        assert len(transaction.outbox.waiting_files(limit=1)) == 1
    assert [(file.participant_id, file.edits) for file in files] == [(one, 2), (two, 1)]
    assert files[0].display_name == "Ana ROUX"
    assert files[0].since == clock.now()
