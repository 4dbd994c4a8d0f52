"""A backup is written whole, for one key and its owner alone; what it makes safe for laptops."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from plie_desktop.errors import RefusedInputError
from plie_desktop.server.backups import files, keys, taking
from tests.support.backups import LATER, make_key, restore, rows_of, take
from tests.support.clocks import FixedClock
from tests.support.headquarters import START

pytestmark = pytest.mark.postgres


def durable(url) -> list[int]:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT durable_dseq FROM device_base ORDER BY no")
        return [row[0] for row in found]


def test_the_file_is_for_its_owner_alone_and_gives_nothing_away(lived, key, tmp_path):
    told = take(lived, tmp_path / "saved")
    raw = (tmp_path / "saved").read_bytes()
    assert (tmp_path / "saved").stat().st_mode & 0o777 == 0o600
    assert key.stat().st_mode & 0o777 == 0o600
    assert told.size == len(raw)
    assert told.rows == sum(map(len, rows_of(lived).values()))
    for word in ("Diallo", "Dialo", "Anna", "birth_name", "maurepas"):
        assert word.encode() not in raw
    assert {one.name for one in tmp_path.iterdir()} == {"saved", "key"}


def test_a_name_that_is_taken_is_left_to_its_owner(lived, key, tmp_path):
    (tmp_path / "saved").write_text("à garder")
    for act in (
        lambda: take(lived, tmp_path / "saved"),
        lambda: make_key(lived, tmp_path / "saved", replace=True),
    ):
        with pytest.raises(RefusedInputError) as refused:
            act()
        assert refused.value.sentence == files._THERE
    assert (tmp_path / "saved").read_text() == "à garder"


def test_a_folder_that_is_not_there_is_told(lived, key, tmp_path):
    with pytest.raises(RefusedInputError) as refused:
        take(lived, tmp_path / "none" / "saved")
    assert refused.value.sentence == files._NOT_WRITTEN


def test_without_a_key_nothing_is_written(lived, tmp_path):
    with pytest.raises(RefusedInputError) as refused:
        take(lived, tmp_path / "saved")
    assert refused.value.sentence == taking._NO_KEY
    assert not list(tmp_path.iterdir())


def test_a_second_key_takes_the_place_of_the_first_only_when_told_to(
    lived, backup, key, new_database, tmp_path
):
    second = tmp_path / "second"
    with pytest.raises(RefusedInputError) as refused:
        make_key(lived, second)
    assert refused.value.sentence == keys._KNOWN
    assert not second.exists()
    name = make_key(lived, second, replace=True)
    assert take(lived, tmp_path / "later").key == name == keys.fingerprint_of(keys.read(second))
    restore(new_database(), tmp_path / "later", second)
    restore(new_database(), backup, key)


def test_a_key_typed_from_paper_is_the_same_key(key, tmp_path):
    lines = [line for line in key.read_text().splitlines() if line]
    assert len(lines) == 4
    (tmp_path / "typed").write_text("\r\n".join(lines[1:]) + "\r\n")
    assert keys.fingerprint_of(keys.read(tmp_path / "typed")) in lines[0]


def test_a_disk_that_keeps_something_else_is_found_out(lived, key, tmp_path, monkeypatch):
    to_disk = files.to_disk

    def badly(file):
        to_disk(file)
        file.seek(-1, 2)
        (last,) = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last ^ 1]))
        file.flush()

    monkeypatch.setattr(files, "to_disk", badly)
    with pytest.raises(RefusedInputError) as refused:
        take(lived, tmp_path / "saved", FixedClock(LATER))
    assert refused.value.sentence == taking._NOT_AS_WRITTEN
    assert {one.name for one in tmp_path.iterdir()} == {"key"}
    assert durable(lived) == [0, 0]


# What laptops may let go of


def test_laptops_keep_what_is_saved_for_thirty_days(lived, key, tmp_path):
    with psycopg.connect(lived) as connection:
        last = [
            row[0] for row in connection.execute("SELECT last_dseq FROM device_base ORDER BY no")
        ]
    assert min(last) > 0
    take(lived, tmp_path / "same day", FixedClock(START + timedelta(days=29)))
    assert durable(lived) == [0, 0]
    take(lived, tmp_path / "a month later", FixedClock(LATER))
    assert durable(lived) == last


def test_what_comes_while_a_backup_is_taken_is_not_let_go_of(lived, key, tmp_path, monkeypatch):
    """Edits of the same hour, by a clock a month behind: only the snapshot tells them apart."""
    to_disk = files.to_disk
    before = rows_of(lived)

    def meanwhile(file):
        to_disk(file)
        if rows_of(lived)["journal"] != before["journal"]:
            return
        with psycopg.connect(lived) as connection:
            connection.execute(
                "INSERT INTO journal (base_no, dseq, sha256, code, received_at) "
                "SELECT no, last_dseq + 1, '', 0, %s FROM device_base",
                (datetime(2026, 1, 1, tzinfo=UTC),),
            )
            connection.execute("UPDATE device_base SET last_dseq = last_dseq + 1")

    monkeypatch.setattr(files, "to_disk", meanwhile)
    take(lived, tmp_path / "saved", FixedClock(LATER))
    with psycopg.connect(lived) as connection:
        last = [
            row[0] for row in connection.execute("SELECT last_dseq FROM device_base ORDER BY no")
        ]
    assert durable(lived) == [one - 1 for one in last]


def test_what_was_let_go_of_is_not_taken_back(lived, key, tmp_path):
    take(lived, tmp_path / "late", FixedClock(LATER))
    reached = durable(lived)
    with psycopg.connect(lived) as connection:
        connection.execute("UPDATE journal SET received_at = %s WHERE dseq > 1", (LATER,))
    take(lived, tmp_path / "early", FixedClock(LATER))
    assert durable(lived) == reached
