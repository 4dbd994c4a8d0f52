"""People are found by what one types, whatever one types."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.pathway import GapRules, find_gaps
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.step import StepState
from plie_desktop.store import fold
from tests.support.builders import (
    a_colleague,
    a_step,
    apply_page,
    begin_file,
    new_id,
    pending,
    whole_rows,
)
from tests.support.stores import BaseFile

HOSTILE = [
    "l'eau", "nom:x", '"', '""', "'", "*", "^", "-", "a*", "NEAR(a b)", "a AND", "OR", "NOT x",
    "(", "{a b}: c", "a\x00b", "\x00", "+", "a + b", "%", "_", ";--", "\ud800", "a\ud800b",
    "é" * 10_000, "a " * 5_000, "x" * 10_000, "😀", "ﷺ", "\u202e", "name:", "rank:1",
    "participant_search",
]  # fmt: skip


def found(store, typed):
    with store.read() as transaction:
        return {line.id for line in transaction.participants.find(typed)}


@pytest.fixture
def people(store):
    return {
        "eloise": begin_file(
            store,
            first_name="Héloïse",
            birth_name="Le Cœur-d’Acier",
            usage_name="Çelik",
            phone="0612345678|+33612340000|+4479000000",
            commune="35238",
        ),
        "ivan": begin_file(store, first_name="IVAN", birth_name="O'Brien", commune="35047"),
        "strasse": begin_file(store, first_name="Fatıma", birth_name="Straße", phone="abc"),
        "arab": begin_file(store, first_name="فاطمة", birth_name="بن علي"),
    }


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("helo", ["eloise"]),
        ("HÉLO", ["eloise"]),
        ("le coe", ["eloise"]),
        ("cœur", ["eloise"]),
        ("d'acier", ["eloise"]),
        ("acier heloise", ["eloise"]),
        ("celik", ["eloise"]),
        ("06 12", ["eloise"]),
        ("06.12.34.56.78", ["eloise"]),
        ("+33 6 12 34", ["eloise"]),
        ("4479", ["eloise"]),
        ("o'b", ["ivan"]),
        ("brien", ["ivan"]),
        ("brie ivan", ["ivan"]),
        ("rennes", ["eloise"]),
        ("bruz", ["ivan"]),
        ("strasse", ["strasse"]),
        ("fatima", ["strasse"]),
        ("فاط", ["arab"]),
        ("p0-0002", ["ivan"]),
        ("p00002", ["ivan"]),
        ("rien", []),
        ("acier ivan", []),
        ("!!!", []),
    ],
)
def test_beginnings_of_words_find(store, people, typed, names):
    assert found(store, typed) == {people[name] for name in names}
    with store.read() as transaction:
        assert transaction.participants.count(typed) == len(names)
        assert set(transaction.participants.ids(typed)) == {people[name] for name in names}


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_read_as_a_query(store, people, typed):
    assert found(store, typed) <= set(people.values())


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_at_all_breaks_the_search(full_base, typed):
    with full_base.read() as transaction:
        transaction.participants.find(typed)
        transaction.participants.count(typed)


# Digits typed in groups are read as one number, and controls are cleaned from names before.
names = st.text(st.characters(codec="utf-8", exclude_categories=["N", "Cc"]), max_size=25)


@given(names)
@settings(max_examples=60, deadline=None)
def test_whoever_is_named_so_is_found_by_that_name(full_base, name):
    one = begin_file(full_base, first_name=name)
    if fold.terms(name):
        with full_base.read() as transaction:
            listed = set(transaction.participants.ids(name))
        assert one in listed


@pytest.fixture(scope="module")
def full_base(tmp_path_factory):
    store = BaseFile(tmp_path_factory.mktemp("full") / "vault.db").open(create=True)
    begin_file(store, first_name="Héloïse", phone="0612345678")
    yield store
    store.close()


def test_list_without_search_shows_the_latest_changed_first(store):
    first, second = begin_file(store), begin_file(store)
    with store.write() as transaction:
        transaction.pathways.put_step(a_step(first, date(2026, 3, 2)))
    with store.read() as transaction:
        assert [line.id for line in transaction.participants.find("")] == [first, second]
        assert list(transaction.participants.ids("  ")) == [first, second]
        assert [line.id for line in transaction.participants.find("", limit=1)] == [first]
    third = new_id()
    apply_page(store, whole_rows(Kind.PARTICIPANT, (9, third, third, {})))
    with store.read() as transaction:
        assert transaction.participants.find("")[0].id == third
        assert transaction.participants.count() == 3


def test_lines_come_in_the_order_asked_and_skip_who_is_not_there(store):
    people = [begin_file(store, birth_name=f"N{n}") for n in range(5)]
    asked = [people[3], new_id(), people[0], people[3]]
    with store.read() as transaction:
        lines = transaction.participants.lines(asked)
    assert [line.birth_name for line in lines] == ["N3", "N0", "N3"]


def test_list_of_ids_is_a_sequence(store):
    people = [begin_file(store) for _ in range(6)][::-1]
    with store.read() as transaction:
        ids = transaction.participants.ids("")
    assert list(ids) == people
    assert len(ids) == 6
    assert ids[-1] == people[-1]
    assert list(ids[1:3]) == people[1:3]
    assert list(ids[::2]) == people[::2]
    assert people[2] in ids
    with pytest.raises(IndexError):
        ids[6]


def test_line_shows_the_name_of_the_commune_and_the_birth_date(store, people):
    one = begin_file(store, birth_date="1990-05-06", commune="35238", first_name="Ana")
    with store.read() as transaction:
        line = transaction.participants.get(one)
        assert transaction.participants.get(new_id()) is None
    assert (line.birth_date, line.commune, line.first_name) == (date(1990, 5, 6), "Rennes", "Ana")


def test_referent_and_state_are_kept_and_sent(store):
    colleague = a_colleague()
    one = begin_file(store)
    with store.write() as transaction:
        transaction.staff.put_local(colleague)
        transaction.participants.set_referent(one, colleague.id)
        transaction.participants.set_state(one, FileState.IN_PATHWAY, "2026-01-15")
    with store.read() as transaction:
        assert transaction.participants.referent(one) == colleague
        assert transaction.participants.entry_on(one) == "2026-01-15"
    assert dict(pending(store)[-1].values) == {
        "referent_id": str(colleague.id),
        "state": "IN_PATHWAY",
        "entry_on": "2026-01-15",
    }
    with store.write() as transaction:
        transaction.participants.set_referent(one, None)
    with store.read() as transaction:
        assert transaction.participants.referent(one) is None


def in_pathway(store, *steps):
    one = begin_file(store)
    with store.write() as transaction:
        transaction.participants.set_state(one, FileState.IN_PATHWAY, "2026-01-01")
        for start, end, *state in steps:
            step = a_step(one, start, end, state=state[0] if state else StepState.COMPLETED)
            transaction.pathways.put_step(step)
    return one


def test_files_with_an_open_gap_come_with_the_end_of_their_last_step(store):
    january, february, april = (date(2026, month, 1) for month in (1, 2, 4))
    ended = in_pathway(store, (january, january), (january, february))
    never = in_pathway(store)
    cancelled = in_pathway(store, (january, april, StepState.CANCELLED))
    interrupted = in_pathway(store, (january, february, StepState.INTERRUPTED))
    endless = in_pathway(store, (january, None))
    in_pathway(store, (january, None, StepState.STARTED))
    in_pathway(store, (january, april, StepState.STARTED))
    in_pathway(store, (january, date(2026, 3, 2)))
    begin_file(store)
    with store.read() as transaction:
        gaps = dict(transaction.participants.with_open_gap("2026-03-02"))
    assert gaps == {
        ended: "2026-02-01",
        never: "2026-01-01",
        cancelled: "2026-01-01",
        interrupted: "2026-02-01",
        endless: "2026-01-01",
    }


# Steps that begin and end about today, where the one and the other could part.
about = st.integers(-3, 3) | st.integers(-100, 60)
any_steps = st.lists(
    st.tuples(
        about, st.none() | st.integers(0, 3) | st.integers(0, 90), st.sampled_from(StepState)
    ),
    max_size=6,
)


@given(any_steps, st.sampled_from([date(2026, 1, 1), date(2026, 1, 3), date(2026, 3, 2)]))
@example([(-3, 3, StepState.INTERRUPTED)], date(2026, 3, 2))
@settings(max_examples=400)
def test_the_list_of_gaps_and_the_pathway_say_the_same(full_base, steps, today):
    entry = date(2026, 1, 1)
    made = []
    for distance, length, state in steps:
        first = today + timedelta(days=distance)
        made.append((first, None if length is None else first + timedelta(days=length), state))
    one = in_pathway(full_base, *made)
    with full_base.read() as transaction:
        kept = transaction.pathways.steps(one)
        listed = dict(transaction.participants.with_open_gap(today.isoformat()))
    gaps = [gap for gap in find_gaps(kept, entry, today, GapRules()) if gap.is_open]
    assert (one in listed) == bool(gaps)
    for gap in gaps:
        after = date.fromisoformat(listed[one]) + timedelta(days=1)
        has_filled = any(step.filled(today) for step in kept)
        assert gap.starts_on == (max(after, entry) if has_filled else entry)
