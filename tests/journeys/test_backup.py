"""Headquarters is lost and comes back from its backup; backups cut short are none."""

import random
import signal
import subprocess
import sys
import time
from datetime import timedelta

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from plie_desktop.clock import SystemChance, SystemClock
from plie_desktop.demo import checker
from plie_desktop.security.file_names import DATABASE
from plie_desktop.security.vault import Vault
from plie_desktop.server.store import schema
from plie_desktop.text import words
from tests.journeys.shell import ROOT, Done
from tests.support.backups import make_key, restore, rows_of, take
from tests.support.clocks import FixedClock
from tests.support.laptops import PASSPHRASE, enrolled, live_headquarters

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.postgres]

SERVER = (sys.executable, "-m", "plie_desktop.server.commands")
ROUNDS = 6
LATER = timedelta(days=31)
INCARNATION = ("place", "epoch", "seq")


def plie_server(*arguments: object) -> Done:
    done = subprocess.run(
        [*SERVER, *map(str, arguments)], capture_output=True, cwd=ROOT, text=True, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def drop(url: str) -> None:
    name = conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def records_of(desk) -> checker.Records:
    """What a laptop holds, its program closed."""
    desk.close()
    keys = Vault(desk.folder, None, SystemChance()).open(PASSPHRASE)
    return checker.read_base(desk.folder / DATABASE, keys.database.hex(), keys.salt.hex())


def numbers_of(desk) -> list[int]:
    """The numbers of all edits this laptop ever made."""
    with desk.store.read() as transaction:
        return list(range(1, transaction.outbox.place().following))


def journal(url: str) -> list[list[int]]:
    """The numbers of the edits that headquarters has of each laptop."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT array_agg(dseq ORDER BY dseq) FROM journal GROUP BY base_no ORDER BY base_no"
        )
        return [row[0] for row in found]


def two_laptops(tmp_path, headquarters):
    return [
        enrolled(tmp_path / name, headquarters.url, headquarters.code(name), SystemClock())
        for name in ("Anna Le Goff", "Bilal Roy")
    ]


def sync(*desks) -> None:
    for desk in desks:
        desk.sync()


@pytest.mark.parametrize("order", [(0, 1, 0, 1), (1, 0, 1, 0)], ids=["anna first", "bilal first"])
def test_what_headquarters_lost_since_its_backup_comes_back_by_itself(
    order, tmp_path, fresh_database, new_database
):
    lived, key, saved = fresh_database(), tmp_path / "key", tmp_path / "saved.plie"
    with live_headquarters(lived) as headquarters:
        anna, bilal = two_laptops(tmp_path, headquarters)
        person = anna.person(birth_name="Exemple", first_name="Lou", phone="0639980102")
        sync(anna, bilal)
        assert plie_server("backup-key", "--database", lived, "--out", key).code == 0
        assert plie_server("backup", "--database", lived, "--out", saved).code == 0
        # Each goes on in the same file, having seen what the other did, and in one of their own.
        anna.answer(person, labour_status="interim", birth_date="12/03/1987")
        anna.person(birth_name="Modèle", first_name="Sam")
        sync(anna, bilal)
        bilal.answer(person, phone="0639980103", street="2 rue du Bosphore")
        bilal.person(birth_name="Spécimen", first_name="Noa")
        sync(bilal, anna)
        edits = [numbers_of(anna), numbers_of(bilal)]
        assert journal(lived) == edits
    drop(lived)

    url = new_database()
    done = plie_server("restore", saved, "--key", key, "--database", url, "--json")
    assert (done.code, done.document["epoch"] > 1) == (0, True)
    with live_headquarters(url) as headquarters:
        desks = [desk.looking_at(headquarters.url) for desk in (anna, bilal)]
        assert journal(url) != edits
        sync(*(desks[number] for number in order))
        for desk in desks:
            assert desk.services.synchronisation.conflicts(words("fr")) == ()
            assert desk.services.synchronisation.status().waiting == 0
            assert desk.value(person, "birth_date") == "1987-03-12"
            assert desk.value(person, "phone") == "0639980103"
            assert desk.services.participants.count() == 3
    assert journal(url) == edits
    kept = checker.read_headquarters(url)
    for held in map(records_of, desks):
        compared = checker.compare(held, kept)
        assert compared.is_equal, compared.differences
        assert compared.records > 5


def kept_edits(desk) -> int:
    with desk.store.read() as transaction:
        return len(transaction.outbox.pending(after=0, limit=1000))


def test_laptops_let_go_of_edits_once_they_are_old_and_in_a_backup(database_url, tmp_path):
    make_key(database_url, tmp_path / "key")
    now = SystemClock().now()
    with live_headquarters(database_url) as headquarters:
        anna, bilal = two_laptops(tmp_path, headquarters)
        person = anna.person(birth_name="Exemple", first_name="Lou")
        sync(anna, bilal)
        bilal.answer(person, phone="0639980102")
        sync(bilal, anna)
        edits = [kept_edits(anna), kept_edits(bilal)]
        assert min(edits) > 0
        take(database_url, tmp_path / "same day", FixedClock(now))
        sync(anna, bilal)
        assert [kept_edits(anna), kept_edits(bilal)] == edits
        take(database_url, tmp_path / "a month later", FixedClock(now + LATER))
        bilal.answer(person, street="2 rue du Bosphore")
        sync(anna, bilal)
        assert [kept_edits(anna), kept_edits(bilal)] == [0, 1]
        anna.close(), bilal.close()


@pytest.fixture
def large(database_url, tmp_path):
    """A headquarters whose backup takes a while, and the key of its backups."""
    make_key(database_url, tmp_path / "key")
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO history (record_id, root_id, col, value, why, ver, base_no, dseq, hlc, at)"
            " SELECT gen_random_uuid(), gen_random_uuid(), 'x', repeat(md5(n::text), 4) ||"
            " gen_random_uuid(), 'lost', 1, 1, 1, 1, now() FROM generate_series(1, 60000) n"
        )
    return database_url


def begin(*arguments) -> subprocess.Popen:
    return subprocess.Popen(
        [*SERVER, *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )


def a_backup(url, out) -> subprocess.Popen:
    """A backup that has begun to write."""
    process = begin("backup", "--database", url, "--out", out)
    while not list(out.parent.glob(f".{out.name}.*")) and process.poll() is None:
        time.sleep(0.002)
    return process


def test_a_backup_that_is_killed_is_whole_or_not_there(large, new_database, tmp_path):
    chance = random.Random(1)
    process = a_backup(large, tmp_path / "saved")
    started = time.monotonic()
    assert process.wait() == 0
    longest = time.monotonic() - started
    for number in range(ROUNDS):
        process = a_backup(large, tmp_path / f"killed {number}")
        time.sleep(chance.random() * longest)
        process.kill()
        process.wait()
    expected = rows_of(large)["history"]
    for out in [tmp_path / "saved", *tmp_path.glob("killed *")]:
        url = new_database()
        restore(url, out, tmp_path / "key")
        assert rows_of(url)["history"] == expected
        drop(url)


def has_tables_in_the_end(url) -> bool:
    """Whether anything was kept, once PostgreSQL has noticed that nobody asks any more."""
    others = (
        "SELECT FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(others).fetchone() is not None:
            time.sleep(0.01)
        return schema.current(connection) is not None


def test_a_restoration_that_is_killed_is_whole_or_not_there(large, new_database, tmp_path):
    chance = random.Random(1)
    saved, key = tmp_path / "saved", tmp_path / "key"
    take(large, saved)
    expected = rows_of(large)["history"]
    for _ in range(ROUNDS):
        url = new_database()
        process = begin("restore", saved, "--key", key, "--database", url)
        time.sleep(chance.random() * 4)
        process.kill()
        process.wait()
        is_there = has_tables_in_the_end(url)
        assert not is_there or rows_of(url)["history"] == expected
        if not is_there:
            restore(url, saved, key)
        drop(url)


def test_a_backup_that_is_stopped_leaves_nothing_and_says_that_it_was_not_done(large, tmp_path):
    process = a_backup(large, tmp_path / "saved")
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 1
    assert {one.name for one in tmp_path.iterdir()} == {"key"}


def test_a_backup_without_room_is_told_and_leaves_nothing(large, small_disk):
    for spare in (0, 1 << 20):
        small_disk.fill(spare)
        done = plie_server("backup", "--database", large, "--out", small_disk.folder / "saved")
        assert done.is_refused
        assert "place" in done.err
        assert {one.name for one in small_disk.folder.iterdir()} == {"filling"}
        small_disk.free()
