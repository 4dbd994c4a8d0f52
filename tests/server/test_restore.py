"""A backup is restored to the last cell, as a new incarnation, or nothing is changed."""

from datetime import timedelta

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from plie_desktop.errors import RefusedInputError
from plie_desktop.server.backups import contents, keys, restoring, sealed
from plie_desktop.server.backups.sealed import DamagedError, Head, Sealer
from plie_desktop.server.store import saving, schema
from tests.server.conftest import AWKWARD
from tests.support.backups import make_key, opened, restore, rows_of, take
from tests.support.clocks import FixedClock
from tests.support.headquarters import START, headquarters

pytestmark = pytest.mark.postgres

CHANGES = ("place", "epoch", "seq")
"""What a new incarnation changes in the rows that were saved."""


def is_bare(url) -> bool:
    with psycopg.connect(url) as connection:
        return schema.current(connection) is None and not saving.tables(connection)


def write_by_hand(url, saved, private, step, change) -> None:
    """A backup of this step, its tables changed on the way."""
    public = private.public_key().public_bytes_raw()
    head = Head("PLIE", step, START, keys.fingerprint(public))
    with opened(url) as database, database.snapshot() as connection, saved.open("wb") as file:
        sealer = Sealer(file, head, public, bytes(32))
        with saving.tables_out(connection) as tables:
            contents.write(sealer.write, change(tables))
        sealer.finish()


def test_everything_comes_back(lived, backup, key, new_database):
    url = new_database()
    told = restore(url, backup, key)
    saved, back = rows_of(lived, *CHANGES), rows_of(url, *CHANGES)
    assert back.pop("epoch")[:-1] == saved.pop("epoch")
    assert back == saved
    assert saved["erased"]
    assert first_names(url) == [AWKWARD]
    assert told.made_at == START
    assert told.rows == sum(map(len, rows_of(lived).values()))


def first_names(url) -> list[str]:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT data ->> 'first_name' FROM record WHERE data ? 'phone'")
        return [row[0] for row in found if row[0]]


def test_servers_that_write_values_otherwise_understand_each_other(
    lived, key, new_database, tmp_path, postgres_url
):
    url = new_database()
    for one, settings in (
        (lived, {"datestyle": "SQL, DMY", "timezone": "Asia/Tokyo", "bytea_output": "escape"}),
        (url, {"datestyle": "SQL, MDY", "timezone": "America/Lima", "client_encoding": "LATIN1"}),
    ):
        with psycopg.connect(one, autocommit=True) as connection:
            for name, value in settings.items():
                database = sql.Identifier(conninfo_to_dict(one)["dbname"])
                connection.execute(
                    sql.SQL("ALTER DATABASE {} SET {} TO {}").format(
                        database, sql.Identifier(name), value
                    )
                )
    take(lived, tmp_path / "saved")
    restore(url, tmp_path / "saved", key)
    with psycopg.connect(lived) as one, psycopg.connect(url) as other:
        for connection in (one, other):
            connection.execute("SET timezone TO 'UTC'; SET bytea_output TO 'hex'")
        for name in ("journal", "device", "history"):
            asked = f"SELECT to_jsonb(t)::text FROM {name} t ORDER BY 1"
            assert one.execute(asked).fetchall() == other.execute(asked).fetchall()


def test_life_goes_on_after_a_restoration(backup, key, new_database):
    url = new_database()
    restore(url, backup, key)
    with headquarters(url) as hq:
        laptop = hq.laptop("Chloé")
        root = laptop.person(phone="1")
        laptop.sync()
        laptop.change(root, phone="2")
        laptop.sync()
        assert laptop.values(root)["phone"] == "2"
        assert laptop.epoch > 1
    with psycopg.connect(url) as connection:
        prefixes = connection.execute("SELECT prefix FROM device ORDER BY id").fetchall()
    assert prefixes == [("A1",), ("B1",), ("C1",)]
    # The next backup is sealed to the same key.
    second = backup.with_name("second")
    take(url, second)
    restore(new_database(), second, key)


def test_a_database_that_was_only_migrated_is_as_good_as_a_new_one(
    lived, backup, key, fresh_database
):
    url = fresh_database()
    restore(url, backup, key)
    assert rows_of(url, *CHANGES)["record"] == rows_of(lived, *CHANGES)["record"]


def test_a_version_is_never_given_twice_though_one_backup_is_restored_twice(
    backup, key, new_database
):
    seen = set()
    for hours in (0, 1):
        url = new_database()
        restore(url, backup, key, FixedClock(START + timedelta(hours=hours)))
        with headquarters(url) as hq:
            laptop = hq.laptop("Chloé")
            root = laptop.person()
            laptop.sync()
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT ver FROM record WHERE id = %s", (root.hex(),))
            (version,) = found.fetchone()
        assert version not in seen
        seen.add(version)


def test_a_backup_of_an_earlier_step_is_restored_and_brought_up(
    lived, key, new_database, fresh_database, tmp_path
):
    url, saved = new_database(), tmp_path / "earlier"
    write_by_hand(lived, saved, keys.read(key), "0001", without_the_backup_key)
    with pytest.raises(RefusedInputError) as refused:
        restore(fresh_database(), saved, key)
    assert refused.value.sentence == restoring._SHAPED
    restore(url, saved, key)
    assert schema.is_current(url)
    assert rows_of(url)["record"] == rows_of(lived)["record"]


def without_the_backup_key(tables):
    """What the first step knew of headquarters: its three first columns."""
    for table in tables:
        if table.name != "headquarters":
            yield table
            continue
        rows = [bytes(row).rsplit(b"\t", 1)[0] + b"\n" for row in table.rows]
        yield saving.TableCopy(table.name, table.columns[:-1], rows)


# What is refused


def test_a_database_with_something_in_it_is_left_as_it_is(lived, backup, key):
    before = rows_of(lived)
    with pytest.raises(RefusedInputError) as refused:
        restore(lived, backup, key)
    assert refused.value.sentence == restoring._NOT_EMPTY
    assert rows_of(lived) == before


def test_a_database_of_something_else_is_left_as_it_is(backup, key, new_database):
    url = new_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE compta (montant numeric)")
    with pytest.raises(RefusedInputError) as refused:
        restore(url, backup, key)
    assert refused.value.sentence == restoring._NOT_EMPTY
    with psycopg.connect(url) as connection:
        assert saving.tables(connection) == ["compta"]


def test_another_key_is_told_by_its_fingerprint(
    backup, key, new_database, fresh_database, tmp_path
):
    other = tmp_path / "other"
    make_key(fresh_database(), other)
    url = new_database()
    with pytest.raises(RefusedInputError) as refused:
        restore(url, backup, other)
    assert refused.value.details == {"key": keys.fingerprint_of(keys.read(key))}
    assert is_bare(url)


def pem(private) -> bytes:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"rien",
        b"\xff" * 99,
        pem(Ed25519PrivateKey.generate()),
        pem(X25519PrivateKey.generate())[:80],
    ],
    ids=["empty", "words", "bytes", "another kind", "cut short"],
)
def test_a_file_that_is_no_key_is_told(backup, new_database, tmp_path, text):
    (tmp_path / "other").write_bytes(text)
    with pytest.raises(RefusedInputError) as refused:
        restore(new_database(), backup, tmp_path / "other")
    assert refused.value.sentence == keys._NO_KEY


def test_a_missing_file_is_told(backup, key, new_database, tmp_path):
    for saved, private in ((tmp_path / "none", key), (backup, tmp_path / "none")):
        with pytest.raises(RefusedInputError) as refused:
            restore(new_database(), saved, private)
        assert refused.value.details == {"file": "none"}


def test_a_backup_of_a_program_to_come_is_told(lived, key, new_database, tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "HEAD", "9999")
    take(lived, tmp_path / "saved")
    monkeypatch.undo()
    with pytest.raises(RefusedInputError) as refused:
        restore(new_database(), tmp_path / "saved", key)
    assert refused.value.sentence == sealed.NEWER


def test_a_backup_that_ends_badly_leaves_the_database_as_it_was(backup, key, new_database):
    raw = bytearray(backup.read_bytes())
    raw[-1] ^= 1
    backup.write_bytes(raw)
    url = new_database()
    with pytest.raises(DamagedError):
        restore(url, backup, key)
    assert is_bare(url)


def without_staff(tables):
    for table in tables:
        rows = list(table.rows)
        yield saving.TableCopy(table.name, table.columns, [] if table.name == "staff" else rows)


def test_rows_that_postgresql_does_not_take_leave_the_database_as_it_was(
    lived, key, new_database, tmp_path
):
    """A file that is whole and well sealed, with rows that refer to nothing."""
    url, saved = new_database(), tmp_path / "saved"
    write_by_hand(lived, saved, keys.read(key), schema.HEAD, without_staff)
    with pytest.raises(RefusedInputError) as refused:
        restore(url, saved, key)
    assert refused.value.sentence == restoring._NOT_TAKEN
    assert is_bare(url)
