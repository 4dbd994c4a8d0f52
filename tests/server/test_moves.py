"""Files that change hands or are erased: each laptop ends up with what is its own.

Headquarters has no command for these acts yet; the statements here are what they will do.
"""

import pytest

from plie_desktop.models.domain.records import Kind
from plie_desktop.protocol.messages import OutcomeCode


@pytest.fixture
def move(ask):
    """Put a file into another scope, in one transaction."""

    def act(root: bytes, scope: str) -> None:
        ask(
            "WITH v AS (UPDATE feed SET seq = seq + 1 RETURNING seq), "
            "x AS (INSERT INTO scope_exit (scope, root_id, ver) "
            "  SELECT scope, root_id, seq FROM root, v WHERE root_id = %s) "
            "UPDATE root SET scope = %s, scope_since = seq, root_ver = seq FROM v "
            "WHERE root_id = %s RETURNING 1",
            root.hex(),
            scope,
            root.hex(),
        )

    return act


@pytest.fixture
def teams(hq):
    return hq.laptop("Anna", scopes=("maurepas",)), hq.laptop("Bruno", scopes=("blosne",))


def test_file_goes_whole_to_the_new_team_and_leaves_the_old_one(teams, move):
    anna, bruno = teams
    root = anna.person(first_name="Awa")
    anna.reply_to(root, "origin", "TERRAIN")
    anna.sync()
    bruno.sync()
    move(root, "blosne")
    anna.sync()
    bruno.sync()
    assert anna.evicted == [root]
    assert root not in anna.rows
    assert bruno.values(root)["first_name"] == "Awa"
    assert len(bruno.of_kind(Kind.ANSWER)) == 1


def test_file_that_comes_back_is_given_whole_even_to_its_author(teams, move):
    anna, bruno = teams
    root = anna.person(first_name="Awa", phone="1")
    anna.sync()
    move(root, "blosne")
    anna.sync()
    bruno.sync()
    bruno.change(root, phone="2")
    bruno.sync()
    move(root, "maurepas")
    anna.sync()
    assert anna.values(root)["first_name"] == "Awa"
    assert anna.values(root)["phone"] == "2"
    bruno.sync()
    assert root not in bruno.rows


def test_file_that_left_and_came_back_unseen_stays(teams, move):
    anna, bruno = teams
    root = anna.person(first_name="Awa", phone="1")
    anna.sync()
    move(root, "blosne")
    bruno.sync()
    bruno.change(root, phone="2")
    bruno.sync()
    move(root, "maurepas")
    anna.sync()
    assert anna.evicted == []
    assert anna.values(root)["phone"] == "2"


def test_edit_of_a_file_that_left_is_kept_for_headquarters(teams, move, ask):
    anna, bruno = teams
    root = anna.person(phone="1")
    anna.sync()
    bruno.sync()
    anna.change(root, phone="2")
    move(root, "blosne")
    anna.sync()
    bruno.sync()
    assert anna.outcomes[2].code == OutcomeCode.PARKED
    assert bruno.values(root)["phone"] == "1"
    assert ask("SELECT count(*) FROM journal WHERE root_id = %s", root.hex()) == [(2,)]


def test_values_are_not_told_again_once_the_file_has_left(teams, move, hq):
    """An old batch sent again must not show what the new team writes."""
    anna, bruno = teams
    chloe = hq.laptop("Chloé", scopes=("maurepas",))
    root = anna.person(birth_name="Diallo")
    anna.sync()
    chloe.sync()
    anna.change(root, birth_name="Dialo")
    anna.sync()
    chloe.change(root, birth_name="Djallo")
    edits = [op for _, op in chloe.outbox]
    chloe.sync()
    move(root, "blosne")
    bruno.sync()
    bruno.change(root, birth_name="Secret")
    bruno.sync()
    (outcome,) = chloe.exchange(first=1, ops=edits).outcomes
    assert outcome.code == OutcomeCode.CONFLICT
    assert outcome.values == {}


def test_erased_file_is_erased_everywhere_and_its_id_is_refused(teams, hq, ask):
    anna, _ = teams
    other = hq.laptop("Chloé", scopes=("maurepas",))
    root, live = anna.person(first_name="Awa"), anna.person(first_name="Binta")
    anna.sync()
    other.sync()
    ask("DELETE FROM record WHERE root_id = %s RETURNING 1", root.hex())
    ask(
        "WITH v AS (UPDATE feed SET seq = seq + 1 RETURNING seq), "
        "g AS (DELETE FROM root WHERE root_id = %s RETURNING root_id, scope) "
        "INSERT INTO erased (root_id, scope, ver, reason, erased_at) "
        "SELECT root_id, scope, seq, 'demande', now() FROM g, v RETURNING 1",
        root.hex(),
    )
    other.change(root, phone="late")
    other.save(
        (Kind.PARTICIPANT, root, root, {"phone": "later"}),
        (Kind.PARTICIPANT, live, live, {"phone": "beside"}),
    )
    other.sync()
    anna.sync()
    assert anna.erased == other.erased == [root]
    assert root not in anna.rows.keys() | other.rows.keys()
    codes = {number: one.code for number, one in other.outcomes.items()}
    assert codes == {1: OutcomeCode.ERASED, 2: OutcomeCode.ERASED, 3: OutcomeCode.PARKED}
    kept = ask("SELECT count(*) FROM journal WHERE root_id = %s AND op LIKE '%%late%%'", root.hex())
    assert kept == [(0,)]
    assert ask("SELECT count(*) FROM root WHERE root_id = %s", root.hex()) == [(0,)]


def test_nobody_who_never_held_it_is_told_of_an_erased_file(teams, ask):
    anna, bruno = teams
    root = anna.person()
    anna.sync()
    bruno.sync()
    ask("DELETE FROM record WHERE root_id = %s RETURNING 1", root.hex())
    ask(
        "WITH v AS (UPDATE feed SET seq = seq + 1 RETURNING seq), "
        "g AS (DELETE FROM root WHERE root_id = %s RETURNING root_id, scope) "
        "INSERT INTO erased (root_id, scope, ver, reason, erased_at) "
        "SELECT root_id, scope, seq, 'demande', now() FROM g, v RETURNING 1",
        root.hex(),
    )
    bruno.sync()
    assert bruno.erased == []


def test_changed_grants_have_everything_read_again(teams, ask):
    anna, bruno = teams
    root = bruno.person(first_name="Binta")
    bruno.sync()
    anna.sync()
    ask(
        "INSERT INTO device_grant (device_id, place, scope) "
        "SELECT id, 2, 'blosne' FROM device WHERE prefix = %s RETURNING 1",
        anna.grant.device,
    )
    ask(
        "UPDATE device SET grants_generation = grants_generation + 1 WHERE prefix = %s RETURNING 1",
        anna.grant.device,
    )
    anna.sync()
    assert anna.values(root)["first_name"] == "Binta"
