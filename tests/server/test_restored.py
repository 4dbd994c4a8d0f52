"""A headquarters that went back in time: laptops bring back what it forgot."""

from itertools import count

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from plie_desktop.protocol.messages import OutcomeCode
from tests.support.headquarters import RefusedError, headquarters


@pytest.fixture
def copy(postgres_url):
    """Copies a database that nobody uses at the moment."""
    numbers = count(1)
    made = []

    def run(statement, *names):
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def act(url: str) -> str:
        name = conninfo_to_dict(url)["dbname"]
        fresh = f"{name}_copy_{next(numbers)}"
        run("CREATE DATABASE {} TEMPLATE {}", fresh, name)
        made.append(fresh)
        return make_conninfo(postgres_url, dbname=fresh)

    yield act
    for name in made:
        run("DROP DATABASE {} WITH (FORCE)", name)


def connect(hq, *laptops):
    for laptop in laptops:
        laptop.client, laptop.clock, laptop.nonce = hq.client, hq.clock, ""


def sync_through(laptop):
    """What the program of a laptop does when it is told of a restored base."""
    for _ in range(4):
        try:
            return laptop.sync()
        except RefusedError as refused:
            if refused.refusal.code not in ("epoch", "gap"):
                raise
            resend = refused.refusal.expected
            laptop.outbox = [one for one in laptop.kept if one[0] >= resend]
            laptop.last = resend - 1
            if refused.refusal.code == "epoch":
                laptop.epoch = 0
    raise AssertionError("no way through")


def test_edits_that_the_restored_base_forgot_come_back(database_url, copy):
    with headquarters(database_url) as hq:
        anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
        root = anna.person(first_name="Awa", phone="1")
        anna.kept, bruno.kept = list(anna.outbox), []
        anna.sync()
        bruno.sync()
    saved = copy(database_url)
    with headquarters(database_url) as hq:
        connect(hq, anna, bruno)
        anna.change(root, phone="2")
        late = anna.person(first_name="Binta")
        anna.kept += anna.outbox
        anna.sync()
        bruno.sync()
    with headquarters(saved) as hq:
        connect(hq, anna, bruno)
        fresh = hq.laptop("Chloé")
        sync_through(bruno)
        sync_through(anna)
        sync_through(bruno)
        fresh.sync()
        for laptop in (anna, bruno, fresh):
            assert laptop.values(root)["phone"] == "2"
            assert laptop.values(late)["first_name"] == "Binta"
        assert anna.epoch == bruno.epoch == 2
        with psycopg.connect(saved) as connection:
            versions = connection.execute("SELECT min(ver), max(ver) FROM record").fetchone()
            epochs = connection.execute("SELECT no, holds FROM epoch ORDER BY no").fetchall()
    assert versions[0] < 2 << 32 <= versions[1]
    assert [no for no, _ in epochs] == [1, 2]


@pytest.mark.parametrize("proof", ["edits", "reading"])
def test_machine_set_back_as_a_whole_is_noticed_by_what_laptops_know(database_url, copy, proof):
    """Nothing in the base itself tells: the same cluster, the same database, an earlier day."""
    with headquarters(database_url) as hq:
        anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
        root = anna.person(phone="1")
        anna.kept, bruno.kept = list(anna.outbox), []
        anna.sync()
        bruno.sync()
    saved = copy(database_url)
    with headquarters(database_url) as hq:
        connect(hq, anna, bruno)
        anna.change(root, phone="2")
        anna.kept += anna.outbox
        anna.sync()
        bruno.sync()
    with psycopg.connect(saved) as connection:
        connection.execute("UPDATE headquarters SET place = NULL")
    with headquarters(saved) as hq:
        connect(hq, anna, bruno)
        if proof == "edits":
            # As many versions were given again as were lost: only numbers of edits tell.
            hq.code("Chloé")
            hq.code("Denis")
        for laptop in (anna, bruno, anna):
            sync_through(laptop)
        assert anna.epoch == bruno.epoch == 2
        assert anna.values(root)["phone"] == bruno.values(root)["phone"] == "2"
        assert anna.rows.keys() == bruno.rows.keys()


def test_version_given_again_is_not_taken_for_the_one_its_author_saw(database_url, copy):
    with headquarters(database_url) as hq:
        anna, bruno, chloe = hq.laptop("Anna"), hq.laptop("Bruno"), hq.laptop("Chloé")
        root = anna.person(birth_name="Diallo")
        anna.kept, bruno.kept, chloe.kept = list(anna.outbox), [], []
        for laptop in (anna, bruno, chloe):
            laptop.sync()
    saved = copy(database_url)
    with headquarters(database_url) as hq:
        connect(hq, anna, bruno)
        for spelling in ("Dialo", "Djalo"):
            bruno.change(root, birth_name=spelling)
            bruno.kept += bruno.outbox
            bruno.sync()
        anna.sync()
    with psycopg.connect(saved) as connection:
        connection.execute("UPDATE headquarters SET place = NULL")
    with headquarters(saved) as hq:
        connect(hq, anna, chloe)
        chloe.change(root, birth_name="Jallo")
        chloe.kept += chloe.outbox
        chloe.sync()
        number = anna.change(root, birth_name="Djallo")
        anna.kept += anna.outbox
        sync_through(anna)
        assert anna.outcomes[number].code == OutcomeCode.CONFLICT
        assert anna.values(root)["birth_name"] == "Jallo"


def test_no_version_is_given_twice_after_two_restorations(database_url, copy):
    with headquarters(database_url) as hq:
        anna = hq.laptop("Anna")
        anna.kept = []
        anna.sync()
    saved = copy(database_url)
    again = copy(database_url)
    seen = set()
    for url in (database_url, saved, again):
        with headquarters(url) as hq:
            connect(hq, anna)
            root = anna.person()
            anna.kept += anna.outbox
            sync_through(anna)
            with psycopg.connect(url) as connection:
                ((version,),) = connection.execute(
                    "SELECT ver FROM record WHERE id = %s", (root.hex(),)
                ).fetchall()
            assert version not in seen
            seen.add(version)
