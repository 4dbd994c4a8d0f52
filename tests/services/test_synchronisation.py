"""Two laptops and a headquarters over loopback HTTP: the journey of an edit."""

from concurrent.futures import CancelledError
from functools import partial
from random import Random

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from plie_desktop import bootstrap
from plie_desktop.clock import SystemClock
from plie_desktop.errors import ServerRefusedError, ServerUnreachableError, VaultDamagedError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.participant import RecordState
from plie_desktop.models.domain.sync_state import Connection, Decision
from plie_desktop.server.store import devices
from plie_desktop.server.store.database import Database
from plie_desktop.services.exchanging import Cycle
from plie_desktop.services.signing_key import read_key
from plie_desktop.sync import batches
from plie_desktop.sync.address import read_address
from plie_desktop.tasks import Cancel, Lane, Lanes
from plie_desktop.text import words
from tests.support.laptops import enrolled, live_headquarters

pytestmark = pytest.mark.postgres

WHO = {"birth_name": "Exemple", "first_name": "Lou", "phone": "0639980102"}


def test_a_file_reaches_the_other_laptop_whole(enrol):
    anna, bilal = enrol("Portable 1"), enrol("Portable 2", "Bilal Roy")
    person = anna.person(**WHO, comment="Attend une place en crèche.")

    sent = anna.sync()
    received = bilal.sync()

    assert sent.sent > 0
    assert sent.waiting == 0
    assert person in received.touched
    assert bilal.value(person, "birth_name") == "Exemple"
    assert bilal.value(person, "comment") == "Attend une place en crèche."
    theirs = bilal.services.participants.file(person).line
    assert theirs.record_state is RecordState.CONFIRMED
    assert theirs.number == anna.services.participants.file(person).line.number


def test_disjoint_edits_meet_without_a_conflict(enrol):
    anna, bilal = enrol("Portable 1"), enrol("Portable 2", "Bilal Roy")
    person = anna.person(**WHO)
    anna.sync(), bilal.sync()
    anna.answer(person, birth_date="12/03/1987")
    bilal.answer(person, labour_status="interim")
    anna.sync(), bilal.sync(), anna.sync()

    for desk in (anna, bilal):
        assert desk.value(person, "birth_date") == "1987-03-12"
        assert desk.value(person, "labour_status") == "interim"
        assert desk.services.synchronisation.conflicts(words("fr")) == ()


@pytest.mark.parametrize(
    ("decision", "kept"), [(Decision.KEEP, "1987-03-12"), (Decision.TAKE, "1978-03-12")]
)
def test_a_conflict_is_seen_by_both_and_settled_once(enrol, decision, kept):
    anna, bilal = enrol("Portable 1"), enrol("Portable 2", "Bilal Roy")
    person = anna.person(**WHO)
    anna.sync(), bilal.sync()
    anna.answer(person, birth_date="12/03/1987")
    bilal.answer(person, birth_date="12/03/1978")
    anna.sync()
    assert bilal.sync().to_settle == 1
    anna.sync()

    for desk in (anna, bilal):
        (conflict,) = desk.services.synchronisation.conflicts(words("fr"))
        assert conflict.label == "Date de naissance"
        assert (conflict.shown_current, conflict.shown_candidate) == ("12/03/1987", "12/03/1978")
        assert (conflict.current_by, conflict.candidate_by) == ("Anna Le Goff", "Bilal Roy")
        assert desk.services.participants.file(person).line.record_state is RecordState.TO_SETTLE
    anna.services.synchronisation.settle(conflict.id, decision)
    anna.sync(), bilal.sync(), anna.sync()

    for desk in (anna, bilal):
        assert desk.services.synchronisation.conflicts(words("fr")) == ()
        assert desk.value(person, "birth_date") == kept


def test_a_stop_between_two_exchanges_loses_nothing(enrol):
    anna, bilal = enrol("Portable 1"), enrol("Portable 2", "Bilal Roy")
    people = [anna.person(**WHO, street=f"{n} rue du Bosphore") for n in range(3)]
    killed = _sent_but_never_heard(anna)
    assert killed > 0
    anna = anna.reopen()

    anna.sync(), bilal.sync()

    assert bilal.services.participants.count() == 3
    assert [bilal.value(p, "street") for p in people] == [f"{n} rue du Bosphore" for n in range(3)]
    assert anna.services.synchronisation.status().waiting == 0
    anna.close()


def _sent_but_never_heard(desk) -> int:
    """Headquarters takes the edits; the laptop dies before the answer is applied."""
    with desk.store.read() as transaction:
        key = read_key(transaction)
    client = desk.tools.connect(read_address(desk.opened.identity.server), key)
    cycle = Cycle(desk.store, lambda work: work(), client, desk.tools.clock, 1 << 16)
    cycle._close_open()
    ready = cycle._next()
    reply = client.exchange(
        batches.build_request(ready.standing, ready.batch.first, ready.batch.ops, 0)
    )
    client.close()
    assert reply.last == ready.batch.last
    return len(ready.batch.ops)


def test_everything_crosses_in_many_small_pages(enrol):
    anna, bilal = enrol("Portable 1"), enrol("Portable 2", "Bilal Roy")
    chance = Random(7)
    for number in range(40):
        said = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=900))
        anna.person(**WHO, street=f"{number} rue du Bosphore", comment=said)
    anna.sync()
    bilal.services.synchronisation._want = 1 << 13

    report = bilal.sync()

    assert report.requests > 2
    assert bilal.services.participants.count() == 40


def test_without_headquarters_nothing_is_lost_and_the_reason_is_told(enrol):
    anna = enrol("Portable 1").looking_at("http://127.0.0.1:9")
    person = anna.person(**WHO)
    before = anna.services.synchronisation.status().waiting

    with pytest.raises(ServerUnreachableError) as caught:
        anna.sync()

    status = anna.services.synchronisation.status()
    assert status.connection is Connection.OFFLINE
    assert status.last_problem == caught.value.sentence
    assert status.waiting == before > 0
    assert anna.value(person, "first_name") == "Lou"
    assert anna.services.synchronisation.seconds_until_next() < 10


def test_a_cycle_that_cannot_even_begin_is_not_said_to_be_under_way(enrol):
    anna = enrol("Portable 1")
    person = anna.person(**WHO)
    anna.sync()
    anna.services.synchronisation.close()
    with anna.store.write() as transaction:
        transaction.local.put("signing_key", b"cut")

    with pytest.raises(VaultDamagedError):
        anna.sync()

    assert anna.services.synchronisation.status().connection is Connection.OFFLINE
    assert person not in anna.services.synchronisation.last_changes.participants


def test_practice_has_nobody_to_exchange_with(desk):
    assert desk.services.synchronisation.status().connection is Connection.NONE
    with pytest.raises(ServerRefusedError, match="entraînement"):
        desk.sync()


def test_a_revoked_laptop_keeps_its_work_and_is_told(enrol, headquarters):
    anna = enrol("Portable 1")
    person = anna.person(**WHO)
    database = Database(headquarters.database_url, connections=1)
    database.open()
    with database.write() as connection:
        devices.revoke(connection, anna.opened.identity.device_prefix, SystemClock().now())
    database.close()

    with pytest.raises(ServerRefusedError, match="retiré l’accès"):
        anna.sync()
    assert anna.value(person, "first_name") == "Lou"
    assert anna.services.synchronisation.status().waiting > 0


def test_progress_is_told_while_sending(enrol):
    anna = enrol("Portable 1")
    anna.person(**WHO)
    anna.sync()
    assert any(total for _, total, _ in anna.told)


def test_a_wish_to_stop_is_followed_between_two_exchanges(enrol):
    anna = enrol("Portable 1")
    person = anna.person(**WHO)
    cancel = Cancel()
    cancel.cancel()

    with pytest.raises(CancelledError):
        anna.services.synchronisation.run_once(lambda *_: None, cancel)

    assert anna.services.synchronisation.status().waiting > 0
    anna.sync()
    assert anna.value(person, "first_name") == "Lou"


def test_a_restored_headquarters_receives_again_what_it_lost(tmp_path, fresh_database):
    saved, lived = fresh_database(), fresh_database()
    with live_headquarters(lived) as headquarters:
        anna = enrolled(tmp_path / "Portable 1", headquarters.url, headquarters.code())
        anna.person(**WHO)
        anna.sync()
    _copy(lived, saved)
    with live_headquarters(lived) as headquarters:
        anna = anna.looking_at(headquarters.url)
        second = anna.person(**WHO, street="2 rue du Bosphore")
        anna.sync()
    with live_headquarters(saved) as headquarters:
        anna = anna.looking_at(headquarters.url)

        anna.sync()

    with psycopg.connect(saved) as connection:
        found = connection.execute(
            "SELECT data ->> 'street' FROM record WHERE id = %s", (second,)
        ).fetchone()
    assert found == ("2 rue du Bosphore",)
    assert anna.services.synchronisation.status().waiting == 0
    anna.close()


def _copy(source: str, target: str) -> None:
    """The second database becomes a copy of the first, as from a backup."""
    names = [conninfo_to_dict(url)["dbname"] for url in (source, target)]
    with psycopg.connect(source, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{names[1]}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{names[1]}" TEMPLATE "{names[0]}"')


def test_an_exchange_on_its_own_lane_leaves_the_store_lane_free(enrol):
    anna = enrol("Portable 1")
    lanes = Lanes()
    services = bootstrap.services(anna.opened, lanes, anna.tools)
    begun = lanes.run(Lane.STORE, services.intakes.start).result(10)
    person = begun.view.intake.participant_id
    work = partial(services.synchronisation.run_once, lambda *_: None, Cancel())

    running = lanes.run(Lane.NETWORK, work)
    typed = lanes.run(
        Lane.STORE,
        partial(services.intakes.answer, person, "first_name", Answer.given("Lou")),
    )

    assert typed.result(10).view.intake.value("first_name") == "Lou"
    assert running.result(30).changes.sync
    services.synchronisation.close()
    lanes.drain()
