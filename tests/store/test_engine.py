"""One door: what is not the base of this vault is refused, each case in its own words."""

import os
import secrets
import shutil
import subprocess
import sys
import threading

import pytest
from sqlcipher3 import dbapi2

from plie_desktop.clock import SystemIds
from plie_desktop.errors import (
    VaultBusyError,
    VaultDamagedError,
    VaultError,
    VaultMissingError,
)
from plie_desktop.models.domain.participant import FileState
from plie_desktop.store import engine, faults, sql_store
from plie_desktop.store.sql_store import SqlStore
from tests.support.builders import begin_file, new_id
from tests.support.clocks import FixedClock
from tests.support.stores import MORNING, BaseFile, by_hand


@pytest.fixture
def closed_base(base_file):
    """A base with some pages, closed."""
    store = base_file.open(create=True)
    for n in range(40):
        begin_file(store, birth_name=f"N{n}", comment="x" * 900)
    store.close()
    return base_file


def plain(base):
    base.path.unlink()
    connection = dbapi2.connect(str(base.path))
    connection.execute("CREATE TABLE participant (id)")
    connection.commit()
    connection.close()


def zero_bytes(base):
    base.path.write_bytes(b"")


def foreign(base):
    other = BaseFile(base.path.with_name("other.db"))
    other.open(create=True).close()
    shutil.copyfile(other.path, base.path)


def cut_in_a_page(base):
    os.truncate(base.path, base.path.stat().st_size - 1000)


def cut_after_a_page(base):
    os.truncate(base.path, 4096 * 3)


def cut_in_the_header(base):
    os.truncate(base.path, 10)


def first_page_altered(base):
    with base.path.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\x00\x01\x02")


def other_key(base):
    object.__setattr__(base, "key", secrets.token_bytes(32))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (plain, engine.PLAIN),
        (zero_bytes, engine.ZERO_BYTES),
        (foreign, engine.FOREIGN),
        (cut_in_a_page, engine.TRUNCATED),
        (cut_in_the_header, engine.TRUNCATED),
        (cut_after_a_page, faults.DAMAGED),
        (first_page_altered, faults.DAMAGED),
        (other_key, faults.DAMAGED),
    ],
)
def test_file_that_is_not_this_base_is_refused_in_its_own_words(closed_base, spoil, sentence):
    spoil(closed_base)
    before = closed_base.path.read_bytes()
    with pytest.raises(VaultDamagedError) as refused:
        closed_base.open()
    assert refused.value.sentence == sentence
    assert closed_base.path.read_bytes() == before


def test_sentences_of_refusal_differ():
    sentences = (engine.PLAIN, engine.ZERO_BYTES, engine.FOREIGN, engine.TRUNCATED, faults.DAMAGED)
    assert len(set(sentences)) == len(sentences)


def test_missing_base_is_said_and_never_made_anew(base_file):
    with pytest.raises(VaultMissingError):
        base_file.open()
    assert list(base_file.path.parent.iterdir()) == []


def test_existing_base_is_never_made_anew(closed_base):
    before = closed_base.path.read_bytes()
    with pytest.raises(VaultError) as refused:
        closed_base.open(create=True)
    assert refused.value.sentence == sql_store.EXISTS
    assert closed_base.path.read_bytes() == before


def test_making_that_was_cut_short_is_begun_again(base_file):
    base_file.path.with_name("vault.db.new").write_bytes(b"half")
    base_file.open(create=True).close()
    assert not base_file.path.with_name("vault.db.new").exists()
    assert base_file.open().examine().is_sound


@pytest.mark.parametrize(("key", "salt"), [(31, 16), (33, 16), (0, 16), (32, 15), (32, 0)])
def test_key_or_salt_of_another_length_is_refused(base_file, key, salt):
    with pytest.raises(ValueError, match="32 bytes"):
        engine.connect(base_file.path, b"k" * key, b"s" * salt)


def test_base_is_ciphertext_from_its_first_byte(closed_base):
    content = closed_base.path.read_bytes()
    assert content.startswith(closed_base.salt)
    assert b"SQLite" not in content
    assert b"CREATE TABLE" not in content


def test_every_setting_of_a_connection_holds(closed_base):
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "cache_size": -65536,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "wal_autocheckpoint": 1000,
        "busy_timeout": 5000,
        "cipher_log_level": "NONE",
        "cipher_use_hmac": "1",
        "cipher_page_size": "4096",
        "cipher_hmac_algorithm": "HMAC_SHA512",
        "page_size": "4096",
    }
    with by_hand(closed_base) as connection:
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    assert found == expected


@pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")
def test_files_are_for_their_owner_only(base_file):
    before = os.umask(0)
    try:
        store = base_file.open(create=True)
        begin_file(store)
        store.close()
        base_file.path.chmod(0o644)
        store = base_file.open()
        begin_file(store)
        modes = {file.name: file.stat().st_mode & 0o777 for file in base_file.path.parent.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert set(modes) == {"vault.db", "vault.db-wal", "vault.db-shm", "vault.db.lock"}
    assert set(modes.values()) == {0o600}


def test_base_held_by_another_store_is_busy_until_it_lets_go(base_file):
    store = base_file.open(create=True)
    with pytest.raises(VaultBusyError):
        base_file.open()
    store.close()
    store.close()
    base_file.open().close()


def test_base_held_by_another_program_is_busy_until_that_one_is_killed(closed_base):
    script = f"""
import sys
from pathlib import Path
from plie_desktop.clock import SystemClock, SystemIds
from plie_desktop.store.sql_store import SqlStore
store = SqlStore(Path({str(closed_base.path)!r}), bytes.fromhex({closed_base.key.hex()!r}),
                 bytes.fromhex({closed_base.salt.hex()!r}), SystemClock(), SystemIds(),
                 create=False)
print("open", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(VaultBusyError) as refused:
            closed_base.open()
        assert refused.value.sentence == faults.BUSY
        other.kill()
    closed_base.open().close()


def test_base_locked_by_a_console_is_busy_and_nothing_is_kept(store, base_file):
    store._writer.connection.driver_connection.execute("PRAGMA busy_timeout = 10")
    store._writer.rollback()
    with by_hand(base_file) as console:
        console.execute("BEGIN IMMEDIATE")
        with pytest.raises(VaultBusyError):
            begin_file(store)
        console.execute("ROLLBACK")
    begin_file(store)
    with store.read() as transaction:
        assert transaction.participants.count() == 1


def test_wrong_key_writes_nothing_to_standard_error(closed_base, capfd):
    other_key(closed_base)
    with pytest.raises(VaultDamagedError):
        closed_base.open()
    assert capfd.readouterr() == ("", "")


def test_neither_key_nor_values_stand_in_errors_or_descriptions(store, base_file):
    one = begin_file(store, first_name="Zyxwquorn")
    with pytest.raises(Exception, match="UNIQUE") as failed, store.write():
        store._writer.exec_driver_sql(
            "INSERT INTO participant (id, root_id, first_name) VALUES (?, ?, ?)",
            (one.bytes, one.bytes, "Zyxwquorn"),
        )
    said = f"{failed.value!r} {failed.value} {store._engine!r} {store._engine.url!r} {store!r}"
    assert "Zyxwquorn" not in said
    assert base_file.key.hex() not in said


def test_writing_in_a_transaction_that_reads_is_a_mistake(store):
    with pytest.raises(RuntimeError, match="only reads"), store.read() as transaction:
        transaction.intakes.create(new_id(), state=FileState.INTAKE)
    with store.read() as transaction:
        assert transaction.participants.count() == 0


def test_second_transaction_on_the_same_thread_is_a_mistake_not_a_wait(store):
    with store.write(), pytest.raises(RuntimeError, match="already under way"):
        store.read().__enter__()
    begin_file(store)


def test_transactions_of_several_threads_take_turns(store):
    failures = []

    def work():
        try:
            for _ in range(15):
                begin_file(store, first_name="Ana")
                with store.read() as transaction:
                    transaction.participants.find("ana")
        except Exception as error:  # noqa: BLE001 - reported by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.read() as transaction:
        assert transaction.participants.count() == 60
    assert store.examine().is_sound


def test_path_with_spaces_and_signs_opens(tmp_path):
    folder = tmp_path / "Mes dossiers é ? # %20"
    folder.mkdir()
    base = BaseFile(folder / "vault.db")
    base.open(create=True).close()
    store = base.open()
    assert store.path == base.path
    store.close()


def test_base_in_a_folder_that_is_not_there_is_refused(tmp_path):
    base = BaseFile(tmp_path / "nowhere" / "vault.db")
    for create in (True, False):
        with pytest.raises(VaultError):
            base.open(create=create)


def test_closing_leaves_one_file_and_the_lock(base_file):
    store = base_file.open(create=True)
    begin_file(store)
    store.close()
    assert {file.name for file in base_file.path.parent.iterdir()} == {"vault.db", "vault.db.lock"}


def test_ids_of_bases_differ(tmp_path):
    places = []
    for name in ("a.db", "b.db"):
        base = BaseFile(tmp_path / name)
        store = SqlStore(
            base.path, base.key, base.salt, FixedClock(MORNING), SystemIds(), create=True
        )
        with store.read() as transaction:
            places.append(transaction.outbox.place())
        store.close()
    assert places[0].db != places[1].db
    assert (places[0].epoch, places[0].cursor, places[0].clock) == (0, b"", 0)
