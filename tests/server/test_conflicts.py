"""Two values that met unseen, until a person settles it."""

import json

import msgspec
import pytest

from plie_desktop.clock import SystemIds
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.records import Kind
from plie_desktop.protocol.messages import OutcomeCode

SETTLED_AT = {"decided_by": "x", "decided_at": "2026-03-02T10:00:00+00:00"}


@pytest.fixture
def team(hq):
    return hq.laptop("Anna"), hq.laptop("Bruno"), hq.laptop("Cora", Role.COORD, ("*",))


def disagree(team, **fields) -> bytes:
    """A file on which the first two laptops wrote different values."""
    anna, bruno, cora = team
    root = anna.person(birth_name="Diallo", street="1 rue A", postcode="35000", commune="Rennes")
    for laptop in team:
        laptop.sync()
    anna.change(root, **{name: pair[0] for name, pair in fields.items()})
    bruno.change(root, **{name: pair[1] for name, pair in fields.items()})
    for laptop in (anna, bruno, anna, cora):
        laptop.sync()
    return root


def item_of(laptop, root) -> tuple[bytes, dict]:
    ((id_, data),) = [
        (id_, laptop.values(id_))
        for id_, (kind, of, _) in laptop.rows.items()
        if kind == Kind.CONFLICT and of == root
    ]
    return id_, data


def settle(laptop, root, decision, **values) -> list[int]:
    """What the program of a laptop sends when a person decides."""
    id_, _ = item_of(laptop, root)
    decided = {"state": "SETTLED", "decision": decision, **SETTLED_AT}
    edits = [(Kind.CONFLICT, id_, root, decided)]
    if values:
        edits.append((Kind.PARTICIPANT, root, root, values))
    return laptop.save(*edits)


def sync_all(team):
    for laptop in (*team, *team):
        laptop.sync()


def test_item_says_both_values_and_who_wrote_them(team):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    _, data = item_of(team[2], root)
    assert (data["kind"], data["record_id"], data["unit"]) == (
        "participant",
        root.hex(),
        "birth_name",
    )
    assert json.loads(data["base"]) == {"birth_name": "Diallo"}
    assert json.loads(data["current"]) == {"birth_name": "Dialo"}
    assert data["current_by"] == "Anna"
    assert data["current_at"] == "2026-03-02T09:00:00+00:00"
    (candidate,) = json.loads(data["candidates"])
    assert candidate == {
        "by": "Bruno",
        "at": "2026-03-02T09:00:00+00:00",
        "values": {"birth_name": "Djallo"},
        "device": team[1].grant.device,
    }


def test_address_is_judged_as_one(team):
    """Street of one and postcode of the other would be an address where nobody lives."""
    anna, bruno, _ = team
    root = anna.person(street="1 rue A", postcode="35000", commune="Rennes")
    sync_all(team)
    anna.change(root, postcode="35136", commune="Saint-Jacques")
    number = bruno.change(root, street="2 rue B")
    sync_all(team)
    assert bruno.outcomes[number].code == OutcomeCode.CONFLICT
    assert bruno.values(root)["street"] == "1 rue A"
    _, data = item_of(team[2], root)
    assert data["unit"] == "address"
    (candidate,) = json.loads(data["candidates"])
    assert candidate["values"] == {"street": "2 rue B", "postcode": "35000", "commune": "Rennes"}
    assert json.loads(data["current"]) == {
        "street": "1 rue A",
        "postcode": "35136",
        "commune": "Saint-Jacques",
    }


def test_disjoint_units_of_one_edit_are_judged_apart(team):
    anna, bruno, _ = team
    root = anna.person(birth_name="Diallo", phone="1")
    sync_all(team)
    anna.change(root, birth_name="Dialo")
    number = bruno.change(root, birth_name="Djallo", first_name="Awa")
    sync_all(team)
    assert bruno.outcomes[number].code == OutcomeCode.CONFLICT
    assert anna.values(root)["first_name"] == "Awa"
    assert anna.values(root)["birth_name"] == "Dialo"


def test_same_value_written_twice_is_no_conflict(team):
    root = disagree(team, birth_name=("Dialo", "Dialo"))
    assert not team[2].of_kind(Kind.CONFLICT)
    assert team[1].outcomes[1].code == OutcomeCode.SAME
    assert team[2].values(root)["birth_name"] == "Dialo"


def test_later_value_of_the_same_laptop_replaces_its_candidate(team, ask):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    bruno = team[1]
    bruno.versions[root] = 0
    bruno.change(root, birth_name="Jallow")
    sync_all(team)
    _, data = item_of(team[2], root)
    assert [one["values"]["birth_name"] for one in json.loads(data["candidates"])] == ["Jallow"]
    kept = ask("SELECT value FROM history WHERE why = 'candidate' ORDER BY no")
    assert kept == [("Djallo",), ("Jallow",)]


def test_keeping_settles_and_changes_no_value(team):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    settle(team[2], root, "keep")
    sync_all(team)
    for laptop in team:
        assert laptop.values(root)["birth_name"] == "Dialo"
        assert item_of(laptop, root)[1]["state"] == "SETTLED"
        assert item_of(laptop, root)[1]["decision"] == "keep"


@pytest.mark.parametrize("who", [0, 1, 2])
def test_taking_brings_the_other_value_into_force(team, who):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    numbers = settle(team[who], root, "take", birth_name="Djallo")
    sync_all(team)
    assert not set(numbers) & team[who].outcomes.keys()
    for laptop in team:
        assert laptop.values(root)["birth_name"] == "Djallo"
        assert item_of(laptop, root)[1]["decision"] == "take"
        assert item_of(laptop, root)[1]["decided_by"] == "x"


@pytest.mark.parametrize(("first", "second"), [(0, 2), (2, 0)])
def test_of_two_decisions_the_first_to_arrive_stands(team, first, second):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    settle(team[first], root, "keep")
    late = settle(team[second], root, "take", birth_name="Djallo")
    team[first].sync()
    sync_all(team)
    assert {team[second].outcomes[number].code for number in late} == {OutcomeCode.SUPERSEDED}
    for laptop in team:
        assert laptop.values(root)["birth_name"] == "Dialo"
        assert item_of(laptop, root)[1]["decision"] == "keep"


@pytest.mark.parametrize("decision", ["KEEP", "TAKE"])
def test_decision_does_not_bury_a_value_that_came_meanwhile(team, hq, decision):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    david, cora = hq.laptop("David"), team[2]
    david.sync()
    late = david.change(root, birth_name="Jallo")
    # As if it had been typed before the two others were received.
    david.outbox[-1] = (late, msgspec.structs.replace(david.outbox[-1][1], base=1))
    david.sync()
    taken = {"birth_name": "Djallo"} if decision == "TAKE" else {}
    numbers = settle(cora, root, decision, **taken)
    cora.sync()
    assert {cora.outcomes[number].code for number in numbers} == {OutcomeCode.SUPERSEDED}
    _, data = item_of(cora, root)
    assert data["state"] == "OPEN"
    assert [one["by"] for one in json.loads(data["candidates"])] == ["Bruno", "David"]
    assert cora.values(root)["birth_name"] == "Dialo"
    settle(cora, root, decision, **taken)
    cora.sync()
    assert item_of(cora, root)[1]["state"] == "SETTLED"


def test_two_people_who_decide_alike_are_both_right(team):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    settle(team[0], root, "keep")
    (late,) = settle(team[2], root, "keep")
    sync_all(team)
    assert team[2].outcomes[late].code == OutcomeCode.SAME


def test_item_settles_itself_when_the_other_value_is_withdrawn(team):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    team[1].versions[root] = 0
    team[1].change(root, birth_name="Dialo")
    sync_all(team)
    assert item_of(team[2], root)[1]["state"] == "SETTLED"


def test_late_decision_leaves_the_item_alike_everywhere(team, ask):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    settle(team[2], root, "keep")
    team[1].versions[root] = 0
    team[1].change(root, birth_name="Dialo")
    team[1].sync()
    sync_all(team)
    id_, seen = item_of(team[2], root)
    ((held,),) = ask("SELECT data FROM record WHERE id = %s", id_.hex())
    assert held["state"] == "SETTLED"
    assert {column: seen.get(column) for column in SETTLED_AT} == {
        column: held.get(column) for column in SETTLED_AT
    }


def test_item_follows_the_value_in_force(team):
    root = disagree(team, birth_name=("Dialo", "Djallo"))
    team[0].change(root, birth_name="Diallo-Sow")
    sync_all(team)
    _, data = item_of(team[2], root)
    assert data["state"] == "OPEN"
    assert json.loads(data["current"]) == {"birth_name": "Diallo-Sow"}


def test_settled_question_can_be_opened_again_by_another_late_value(team, hq):
    late = hq.laptop("Denis")
    late.sync()
    root = team[0].person(birth_name="Diallo")
    for laptop in (*team, late):
        laptop.sync()
    late.change(root, birth_name="Ndiallo")
    team[0].change(root, birth_name="Dialo")
    team[1].change(root, birth_name="Djallo")
    sync_all(team)
    settle(team[2], root, "keep")
    sync_all(team)
    late.sync()
    sync_all(team)
    _, data = item_of(team[2], root)
    assert data["state"] == "OPEN"
    assert "decision" not in data
    assert [one["by"] for one in json.loads(data["candidates"])] == ["Denis"]


def test_answer_of_two_laptops_meets_in_one_record(team):
    anna, bruno, cora = team
    root = anna.person()
    sync_all(team)
    anna.reply_to(root, "origin", "TERRAIN")
    bruno.reply_to(root, "origin", "FT")
    sync_all(team)
    assert [row["value"] for row in cora.of_kind(Kind.ANSWER).values()] == ["TERRAIN"]
    _, data = item_of(cora, root)
    assert (data["kind"], data["unit"]) == ("answer", "answer")
    (candidate,) = json.loads(data["candidates"])
    assert candidate["values"] == {"field": "origin", "state": "answered", "value": "FT"}


def test_answer_whose_question_lets_the_latest_win_makes_no_conflict(team):
    anna, bruno, cora = team
    root = anna.person()
    sync_all(team)
    anna.reply_to(root, "children", "2")
    bruno.tick()
    bruno.reply_to(root, "children", "3")
    bruno.sync()
    sync_all(team)
    assert [row["value"] for row in cora.of_kind(Kind.ANSWER).values()] == ["3"]
    assert anna.outcomes[2].code == OutcomeCode.SUPERSEDED
    assert not cora.of_kind(Kind.CONFLICT)


def test_clock_far_ahead_wins_for_five_minutes_only(team, hq):
    """A laptop that lives in another year must not have the last word for ever."""
    from datetime import timedelta

    anna, bruno, cora = team
    root = anna.person(phone="0")
    sync_all(team)
    bruno.hlc += int(timedelta(days=3650).total_seconds() * 1000) << 16
    bruno.change(root, phone="from the future")
    bruno.sync()
    hq.clock.move_to(hq.clock.now() + timedelta(minutes=6))
    anna.change(root, phone="today")
    sync_all(team)
    assert cora.values(root)["phone"] == "today"
    assert cora.hlc >> 16 < (hq.clock.now() + timedelta(minutes=6)).timestamp() * 1000


def test_conflicts_are_read_back_as_the_laptop_reads_them(team):
    from plie_desktop.models.domain.conflict_columns import read_candidates, read_moment

    root = disagree(team, birth_name=("Dialo", "Djallo"))
    _, data = item_of(team[0], root)
    (candidate,) = read_candidates(data["candidates"])
    assert (candidate.by, dict(candidate.values)) == ("Bruno", {"birth_name": "Djallo"})
    assert candidate.at == read_moment(data["current_at"])


def test_signed_plan_stays_as_it_is_whoever_rewrites_it(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person()
    plan = SystemIds().new().bytes
    anna.save((Kind.PLAN, plan, root, {"version": "1", "state": "SHOWN", "content": "avant"}))
    anna.sync()
    bruno.sync()
    anna.save((Kind.PLAN, plan, root, {"state": "SIGNED", "content": "signé"}))
    anna.sync()
    (number,) = bruno.save((Kind.PLAN, plan, root, {"state": "SHOWN", "content": "après"}))
    bruno.sync()
    assert bruno.outcomes[number].code == OutcomeCode.PARKED
    (again,) = anna.save((Kind.PLAN, plan, root, {"state": "SUPERSEDED"}))
    anna.sync()
    assert anna.outcomes[again].code == OutcomeCode.PARKED
    for laptop in (anna, bruno):
        laptop.sync()
    # What was parked is kept in the journal; what is in force is what was signed.
    third = hq.laptop("Chloé")
    third.sync()
    assert third.values(plan)["content"] == "signé"
    assert third.values(plan)["state"] == "SIGNED"
