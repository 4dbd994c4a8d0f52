"""An edit is taken in once, however often and in whatever pieces it arrives."""

from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plie_desktop.clock import SystemChance, SystemIds
from plie_desktop.models.domain.records import Kind, conflict_id
from plie_desktop.protocol.messages import OutcomeCode
from tests.support.headquarters import RefusedError

EVERYTHING = {
    "root": "SELECT * FROM root ORDER BY root_id",
    "record": "SELECT * FROM record ORDER BY id",
    "journal": "SELECT * FROM journal ORDER BY base_no, dseq",
    "history": "SELECT * FROM history ORDER BY no",
    "feed": "SELECT * FROM feed",
}


@pytest.fixture
def pair(hq):
    """Two laptops and the edits of the second, some of which do not prevail."""
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person(phone="1", birth_name="Diallo")
    anna.sync()
    bruno.sync()
    bruno.change(root, phone="2", birth_name="Djallo")
    anna.change(root, phone="3", birth_name="Dialo")
    anna.sync()
    bruno.reply_to(root, "origin", "TERRAIN")
    bruno.save((Kind.STAFF, anna.grant.staff, anna.grant.staff, {"name": "Nobody"}))
    return anna, bruno


def test_sending_everything_again_changes_nothing_and_is_told_the_same(pair, ask):
    _, bruno = pair
    edits = [op for _, op in bruno.outbox]
    first = bruno.exchange()
    bruno.apply(first)
    before = {table: ask(select) for table, select in EVERYTHING.items()}
    again = bruno.exchange(first=1, ops=edits)
    assert {table: ask(select) for table, select in EVERYTHING.items()} == before
    assert again.outcomes == first.outcomes
    assert {one.code for one in first.outcomes} == {OutcomeCode.CONFLICT, OutcomeCode.PARKED}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cuts=st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=8))
def test_overlapping_batches_are_taken_in_once(lasting_laptop, cuts):
    laptop, connection = lasting_laptop
    laptop.db = SystemChance().take(16)
    laptop.dseq = laptop.last = 0
    refusals = []
    root = laptop.person(phone="0")
    for number in range(11):
        laptop.change(root, phone=str(number))
    edits = [op for _, op in laptop.outbox]
    for low, high in cuts:
        try:
            laptop.apply(laptop.exchange(first=low, ops=edits[low - 1 : max(low, high)]))
        except RefusedError as refused:
            refusals.append((refused.refusal.code, refused.refusal.expected < low))
    assert set(refusals) <= {("gap", True)}
    laptop.sync()
    found = connection.execute(
        "SELECT dseq FROM journal JOIN device_base ON no = base_no WHERE db = %s ORDER BY dseq",
        (laptop.db.hex(),),
    ).fetchall()
    assert [row[0] for row in found] == list(range(1, 13))
    assert laptop.values(root)["phone"] == "10"


@pytest.fixture(scope="module")
def lasting_laptop(lasting_hq):
    with psycopg.connect(lasting_hq.url, autocommit=True) as connection:
        yield lasting_hq.laptop(), connection


def test_reply_lost_on_the_way_costs_nothing(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person(first_name="Awa")
    anna.exchange()
    anna.change(root, first_name="Hawa")
    anna.sync()
    bruno.sync()
    assert bruno.values(root)["first_name"] == "Hawa"
    assert not bruno.of_kind(Kind.CONFLICT)


def test_missing_edit_is_asked_for_by_its_number(hq):
    laptop = hq.laptop()
    root = laptop.person()
    laptop.sync()
    for phone in "12":
        laptop.change(root, phone=phone)
    with pytest.raises(RefusedError) as refused:
        laptop.exchange(first=3, ops=[op for _, op in laptop.outbox[1:]])
    assert (refused.value.status, refused.value.refusal.code) == (409, "gap")
    assert refused.value.refusal.expected == 2
    laptop.sync()
    assert laptop.last == 3


def test_gap_is_noticed_even_when_nothing_is_sent(hq):
    laptop = hq.laptop()
    with pytest.raises(RefusedError) as refused:
        laptop.exchange(first=9)
    assert refused.value.refusal.code == "gap"


def test_copied_base_is_told_so_and_loses_nothing(hq, ask):
    laptop = hq.laptop()
    root = laptop.person()
    laptop.sync()
    laptop.change(root, phone="1")
    laptop.sync()
    (_, kept) = (
        laptop.save((Kind.PARTICIPANT, root, root, {"email": "a@b.fr"})),
        laptop.outbox[0][1],
    )
    with pytest.raises(RefusedError) as refused:
        laptop.exchange(first=2, ops=[kept])
    assert (refused.value.status, refused.value.refusal.code) == (409, "fork")
    laptop.db = b"\x07" * 16
    laptop.apply(laptop.exchange(first=1, ops=[kept]))
    assert ask(
        "SELECT data ->> 'phone', data ->> 'email' FROM record WHERE id = %s", root.hex()
    ) == [("1", "a@b.fr")]


def test_save_that_cannot_be_kept_is_parked_and_holds_up_no_other(hq, ask):
    laptop, other = hq.laptop("Anna"), hq.laptop("Bruno")
    good = laptop.person(first_name="Awa")
    bad = laptop.person(first_name="zero\0byte")
    child = laptop.reply_to(bad, "origin", "TERRAIN")
    last = laptop.person(first_name="Binta")
    laptop.sync()
    other.sync()
    assert {row["first_name"] for row in other.of_kind(Kind.PARTICIPANT).values()} == {
        "Awa",
        "Binta",
    }
    assert {number: one.code for number, one in laptop.outcomes.items()} == {
        2: OutcomeCode.PARKED,
        3: OutcomeCode.PARKED,
    }
    assert ask("SELECT count(*) FROM journal WHERE code = 4 AND op IS NOT NULL") == [(2,)]
    assert {good, last} <= other.rows.keys()
    assert not {bad, child} & other.rows.keys()


def test_statement_that_postgresql_refuses_parks_that_save_alone(hq, ask):
    """A record takes an id that a review item is going to need: only its author is held up."""
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person(birth_name="Diallo")
    anna.sync()
    bruno.sync()
    anna.change(root, birth_name="Dialo")
    anna.sync()
    version = ask("SELECT ver FROM record WHERE id = %s", root.hex())[0][0]
    taken = conflict_id(UUID(bytes=root), "birth_name", version).bytes
    anna.save((Kind.STEP, taken, root, {"title": "Atelier"}))
    anna.sync()
    number = bruno.change(root, birth_name="Djallo")
    fine = bruno.change(root, phone="1")
    bruno.sync()
    anna.sync()
    assert bruno.outcomes[number].code == OutcomeCode.PARKED
    assert fine not in bruno.outcomes
    assert anna.values(root)["phone"] == "1"


def test_edits_of_one_save_are_taken_together_or_parked_together(hq):
    laptop, other = hq.laptop("Anna"), hq.laptop("Bruno")
    root = laptop.person()
    laptop.sync()
    laptop.save(
        (Kind.PARTICIPANT, root, root, {"phone": "1"}),
        (Kind.PARTICIPANT, root, root, {"unheard_of": "1"}),
    )
    laptop.sync()
    other.sync()
    assert {one.code for one in laptop.outcomes.values()} == {OutcomeCode.PARKED}
    assert "phone" not in other.values(root)


def test_value_beyond_measure_is_parked(hq, ask):
    laptop = hq.laptop()
    root = laptop.person()
    laptop.sync()
    number = laptop.reply_to(root, "comment", "x" * (1 << 17)), laptop.dseq
    laptop.change(root, street="y" * ((1 << 17) + 1))
    laptop.sync()
    assert number[1] not in laptop.outcomes
    assert laptop.outcomes[laptop.dseq].code == OutcomeCode.PARKED
    assert ask("SELECT max(length(data ->> 'value')) FROM record") == [(1 << 17,)]


def test_file_beyond_measure_takes_no_more_and_can_still_be_read(hq):
    """A file travels whole in one message: one laptop must not make it unreadable for all."""
    laptop, other = hq.laptop("Anna"), hq.laptop("Bruno")
    root, fine = laptop.person(), laptop.person(first_name="Binta")
    for number in range(70):
        laptop.save((Kind.INTERVIEW, SystemIds().new().bytes, root, {"note": f"{number:>131072}"}))
    laptop.change(fine, phone="1")
    laptop.sync()
    other.want = 1 << 20
    other.sync()
    codes = [one.code for one in laptop.outcomes.values()]
    assert codes == [OutcomeCode.PARKED] * 7
    assert len(other.of_kind(Kind.INTERVIEW)) == 63
    assert other.values(fine)["phone"] == "1"
