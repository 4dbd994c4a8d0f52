"""Whatever laptops write and in whatever order they meet headquarters, all end up the same.

The database is read beside the program, by plain SQL.
"""

import json

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.records import Kind

LATEST, REVIEWED, GROUPED, ANSWER = "phone", "birth_name", "street", "origin"
OTHER_OF_GROUP = "postcode"
FIELDS = (LATEST, REVIEWED, GROUPED, OTHER_OF_GROUP, ANSWER)

writes = st.tuples(
    st.integers(0, 2), st.sampled_from(FIELDS), st.sampled_from(["a", "b", "c", None])
)
meetings = st.tuples(st.integers(0, 2))
stories = st.lists(st.one_of(writes, writes, meetings), max_size=14)


@pytest.fixture(scope="module")
def laptops(lasting_hq):
    return (
        lasting_hq.laptop("Anna"),
        lasting_hq.laptop("Bruno"),
        lasting_hq.laptop("Chloé", Role.COORD, ("*",)),
    )


@pytest.fixture(scope="module")
def connection(lasting_hq):
    with psycopg.connect(lasting_hq.url, autocommit=True) as connection:
        yield connection


def begin(laptops) -> bytes:
    """A file that all laptops hold."""
    root = laptops[0].person(phone="0", birth_name="start", street="start", postcode="35000")
    for laptop in laptops:
        laptop.sync()
    return root


def tell(story, laptops, root) -> list[tuple]:
    """Do what the story says; gives each write with its clock, in order."""
    told = []
    for who, *write in story:
        laptop = laptops[who]
        if not write:
            laptop.sync()
            continue
        field, value = write
        if field == ANSWER:
            laptop.reply_to(root, ANSWER, value or "none")
        else:
            laptop.change(root, **{field: value})
        told.append((laptop.hlc, who, field, value))
    return told


def settle_down(laptops) -> None:
    for _ in range(2):
        for laptop in laptops:
            laptop.sync()


def on_server(connection, root) -> dict:
    found = connection.execute(
        "SELECT id, kind, data FROM record WHERE root_id = %s", (root.hex(),)
    )
    return {
        id_.bytes: (kind, {name: value for name, value in data.items() if value is not None})
        for id_, kind, data in found
    }


def on_laptop(laptop, root) -> dict:
    return {
        id_: (kind, laptop.values(id_)) for id_, (kind, of, _) in laptop.rows.items() if of == root
    }


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(story=stories)
def test_all_sides_end_up_equal_and_nothing_typed_vanishes(laptops, connection, story):
    root = begin(laptops)
    told = tell(story, laptops, root)
    settle_down(laptops)
    server = on_server(connection, root)
    for laptop in laptops:
        assert on_laptop(laptop, root) == server
    kept = set()
    for _, data in server.values():
        kept |= {value for value in data.values() if value is not None}
        for candidate in json.loads(data.get("candidates", "[]")):
            kept |= set(candidate["values"].values())
    history = connection.execute("SELECT value FROM history WHERE root_id = %s", (root.hex(),))
    kept |= {row[0] for row in history}
    for _, _, field, value in told:
        written = value or ("none" if field == ANSWER else None)
        assert written in kept or written is None


@settings(max_examples=25, deadline=None)
@given(story=stories, order=st.permutations(range(3)))
def test_the_latest_writer_wins_whatever_the_order_of_arrival(laptops, connection, story, order):
    root = begin(laptops)
    told = tell([one for one in story if len(one) == 1 or one[1] == LATEST], laptops, root)
    for who in order:
        laptops[who].sync()
    settle_down(laptops)
    expected = max(told, default=(0, 0, LATEST, "0"), key=lambda one: one[:2])[3]
    _, data = on_server(connection, root)[root]
    assert data.get(LATEST) == expected


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(st.lists(st.sampled_from("abc"), max_size=2), min_size=3, max_size=3),
    orders=st.tuples(st.permutations(range(3)), st.permutations(range(3))),
)
def test_reviewed_values_are_the_same_set_in_any_order_of_arrival(
    laptops, connection, values, orders
):
    outcomes = []
    for order in orders:
        root = begin(laptops)
        for laptop, written in zip(laptops, values, strict=True):
            for value in written:
                laptop.change(root, **{REVIEWED: value})
        for who in order:
            laptops[who].sync()
        settle_down(laptops)
        server = on_server(connection, root)
        seen = {server[root][1][REVIEWED]}
        for kind, data in server.values():
            if kind == Kind.CONFLICT and data["state"] == "OPEN":
                candidates = json.loads(data["candidates"])
                assert candidates, "an open item without another value"
                seen |= {candidate["values"][REVIEWED] for candidate in candidates}
        outcomes.append(seen)
    assert outcomes[0] == outcomes[1]


def test_the_journal_of_every_base_has_no_hole(laptops, connection):
    root = begin(laptops)
    tell([(0, LATEST, "a"), (1, LATEST, "b"), (2, REVIEWED, "c")], laptops, root)
    settle_down(laptops)
    found = connection.execute(
        "SELECT b.last_dseq, count(*), min(dseq), max(dseq) FROM journal j "
        "JOIN device_base b ON b.no = j.base_no GROUP BY b.no, b.last_dseq"
    ).fetchall()
    assert len(found) == 3
    for last, entries, lowest, highest in found:
        assert (lowest, highest, entries) == (1, last, last)
