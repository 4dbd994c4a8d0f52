"""A base that goes away under the program, and an opening that fails at its last step."""

import pytest
from sqlalchemy.exc import DBAPIError

from plie_desktop.errors import VaultMissingError
from tests.support.builders import begin_file
from tests.support.stores import by_hand


def names(store):
    with store.read() as transaction:
        return {line.birth_name for line in transaction.participants.find("")}


def test_nothing_is_said_to_be_kept_in_a_base_that_was_taken_away(store, base_file, tmp_path):
    begin_file(store, birth_name="Martin")
    aside = tmp_path / "aside.db"
    base_file.path.rename(aside)
    with pytest.raises(VaultMissingError):
        begin_file(store, birth_name="Durand")
    with pytest.raises(VaultMissingError):
        names(store)
    aside.rename(base_file.path)
    begin_file(store, birth_name="Petit")
    assert names(store) == {"Martin", "Petit"}


def test_a_copy_put_in_its_place_is_not_taken_for_it(store, base_file):
    content = base_file.path.read_bytes()
    base_file.path.unlink()
    base_file.path.write_bytes(content)
    with pytest.raises(VaultMissingError):
        begin_file(store, birth_name="Martin")


def test_an_opening_that_fails_holds_nobody_else_up(store, base_file, clock):
    begin_file(store, birth_name="Martin")
    store.close()
    with by_hand(base_file) as connection:
        connection.execute("UPDATE sync_outbox SET is_open = 1")
        connection.execute(
            "CREATE TRIGGER stop BEFORE UPDATE OF is_open ON sync_outbox"
            " BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        )
    with pytest.raises(DBAPIError):
        base_file.open(clock)
    with by_hand(base_file) as connection:
        connection.execute("DROP TRIGGER stop")
    again = base_file.open(clock)
    assert names(again) == {"Martin"}
    again.close()
