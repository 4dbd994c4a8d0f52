"""A vault put back from a copy, or used twice: each copy counts for itself and loses nothing."""

import shutil

import psycopg
import pytest

from plie_desktop.errors import ServerRefusedError, ServerUnreachableError
from plie_desktop.models.domain.sync_page import SyncPage
from plie_desktop.protocol.messages import ExchangeReply
from plie_desktop.server.store import incarnation
from plie_desktop.services.session import VaultDoor
from plie_desktop.sync import pace
from plie_desktop.sync.client import SyncClient
from plie_desktop.sync.refusals import STALLED
from plie_desktop.text import words
from tests.support.laptops import PASSPHRASE, Desk, enrolled

pytestmark = pytest.mark.postgres

SENT = SyncClient.exchange

WHO = {"birth_name": "Exemple", "first_name": "Lou", "phone": "0639980102"}


@pytest.fixture
def copies(tmp_path, headquarters):
    """Two copies of one vault that has exchanged, and the file they share."""
    here, there = tmp_path / "Portable 1", tmp_path / "copy"
    desk = enrolled(here, headquarters.url, headquarters.code())
    person = desk.person(**WHO)
    desk.sync()
    desk.close()
    shutil.copytree(here, there)
    opened = [
        Desk(folder, VaultDoor(folder, desk.tools).unlock(PASSPHRASE), desk.tools)
        for folder in (here, there)
    ]
    yield *opened, person
    for one in opened:
        one.close()


def _at_headquarters(headquarters, column):
    with psycopg.connect(headquarters.database_url) as connection:
        found = connection.execute(
            "SELECT data ->> %s FROM record WHERE kind = 'participant'", (column,)
        )
        return {row[0] for row in found}


def test_an_old_vault_put_back_receives_what_was_written_since(copies):
    recent, old, person = copies
    recent.answer(person, birth_name="Diallo")
    recent.sync()

    old.sync()

    assert old.value(person, "birth_name") == "Diallo"
    assert old.services.synchronisation.conflicts(words("fr")) == ()


def test_what_is_typed_in_an_old_vault_after_an_exchange_reaches_headquarters(copies, headquarters):
    recent, old, _ = copies
    recent.person(birth_name="Diallo")
    recent.sync()
    old.sync()

    old.person(birth_name="Traore")
    report = old.sync()

    assert report.sent > 0
    assert report.waiting == 0
    assert _at_headquarters(headquarters, "birth_name") == {"Exemple", "Diallo", "Traore"}


def test_an_old_vault_finds_its_place_with_a_restored_headquarters(copies, headquarters):
    recent, old, _ = copies
    recent.person(birth_name="Diallo")
    recent.sync()
    with psycopg.connect(headquarters.database_url) as connection:
        (seq,) = connection.execute("SELECT seq FROM feed").fetchone()
        incarnation.begin(connection, "restored", seq)
    old.sync()

    old.person(birth_name="Traore")
    old.sync()

    assert _at_headquarters(headquarters, "birth_name") == {"Exemple", "Diallo", "Traore"}


def test_two_copies_that_both_write_keep_everything_and_meet(copies, headquarters):
    one, other, person = copies
    for turn in range(3):
        one.person(birth_name=f"Ici {turn}")
        one.answer(person, street=f"{turn} rue du Bosphore")
        other.person(birth_name=f"Ailleurs {turn}")
        other.answer(person, email=f"lou{turn}@exemple.fr")
        one.sync(), other.sync()
    one.sync()

    names = {f"{place} {turn}" for turn in range(3) for place in ("Ici", "Ailleurs")}
    assert _at_headquarters(headquarters, "birth_name") == {"Exemple", *names}
    for desk in (one, other):
        assert desk.services.participants.count() == 7
        assert desk.value(person, "street") == "2 rue du Bosphore"
        assert desk.value(person, "email") == "lou2@exemple.fr"
        assert desk.services.synchronisation.status().waiting == 0


def test_the_same_field_written_in_both_copies_is_to_settle(copies):
    one, other, person = copies
    one.answer(person, birth_name="Diallo")
    other.answer(person, birth_name="Djallo")
    one.sync()

    assert other.sync().to_settle == 1
    (conflict,) = other.services.synchronisation.conflicts(words("fr"))
    assert {conflict.shown_current, conflict.shown_candidate} == {"Diallo", "Djallo"}


def test_an_answer_that_always_knows_more_is_no_endless_story(copies, monkeypatch):
    desk, _, person = copies
    desk.answer(person, birth_name="Diallo")

    def boast(_client, request):
        return ExchangeReply(protocol="1.0", epoch=1, last=request.first + len(request.ops))

    with monkeypatch.context() as changed:
        changed.setattr(SyncClient, "exchange", boast)
        with pytest.raises(ServerRefusedError, match="copie de ce coffre"):
            desk.sync()

    assert desk.services.synchronisation.status().waiting > 0
    desk.sync()
    assert desk.services.synchronisation.status().waiting == 0


def test_headquarters_that_misses_what_was_let_go_of_still_receives_the_rest(copies, headquarters):
    desk, _, _ = copies
    desk.person(birth_name="Diallo")
    desk.sync()
    with psycopg.connect(headquarters.database_url) as connection:
        connection.execute("DELETE FROM journal")
        connection.execute("UPDATE device_base SET last_dseq = 0")
    with desk.store.write() as transaction:
        place = transaction.outbox.place()
        transaction.outbox.apply(
            SyncPage(place.epoch, place.last, place.last, (), (), (), (), b"", place.clock)
        )
    desk.person(birth_name="Traore")

    desk.sync()

    assert desk.services.synchronisation.status().waiting == 0
    assert "Traore" in _at_headquarters(headquarters, "birth_name")


def test_edits_received_but_not_heard_of_are_no_copy(copies, headquarters, monkeypatch):
    """The answer to many edits is lost, and the next try sends fewer at once."""
    desk, _, _ = copies
    for number in range(4):
        desk.person(birth_name=f"Lou {number}")

    def unheard(client, request):
        SENT(client, request)
        raise ServerUnreachableError(STALLED)

    with monkeypatch.context() as changed:
        changed.setattr(SyncClient, "exchange", unheard)
        with pytest.raises(ServerUnreachableError):
            desk.sync()
    monkeypatch.setattr(pace, "USUAL_OPS", 1)
    desk.sync()

    assert desk.services.synchronisation.status().waiting == 0
    with psycopg.connect(headquarters.database_url) as connection:
        assert connection.execute("SELECT count(*) FROM device_base").fetchone() == (1,)
