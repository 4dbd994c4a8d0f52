"""The examination finds what is wrong with a base, and names nobody."""

import pytest

from plie_desktop.store import examination
from tests.support.builders import begin_file, new_id
from tests.support.stores import by_hand


def report(base_file):
    store = base_file.open()
    try:
        return store.examine()
    finally:
        store.close()


def test_sound_base_is_said_to_be_sound(store, base_file):
    begin_file(store, first_name="Ana", jobs="11")
    found = store.examine()
    assert found.is_sound
    assert found.findings == ()
    assert (found.participants, found.waiting, found.schema) == (1, 2, "0001")
    assert (found.journal_mode, found.synchronous) == ("wal", "FULL")
    assert found.cipher_version.startswith("4.")
    assert found.sqlite_version.startswith("3.")
    assert found.size_bytes == base_file.path.stat().st_size


@pytest.mark.parametrize(
    ("harm", "finding"),
    [
        ("DROP TRIGGER capture_step_title", examination.BAD_TRIGGERS),
        ("UPDATE sync_state SET applying = 1", examination.APPLYING),
        ("DELETE FROM sync_outbox WHERE dseq = 2", examination.BAD_NUMBERS),
        ("DELETE FROM sync_outbox WHERE dseq = 3", examination.BAD_NUMBERS),
        ("DELETE FROM participant_search", examination.BAD_INDEX),
        (
            "INSERT INTO step (id, root_id) VALUES (x'01', x'02')",
            examination.ORPHANS,
        ),
    ],
)
def test_what_is_wrong_is_found(store, base_file, harm, finding):
    for _ in range(3):
        begin_file(store)
    with by_hand(base_file) as connection:
        connection.execute(harm)
    found = store.examine()
    assert finding in found.findings
    assert not found.is_sound


def test_stray_edit_is_told_but_is_no_damage(store, base_file):
    begin_file(store)
    with by_hand(base_file) as connection:
        connection.execute("UPDATE participant SET sex = 'F'")
    found = store.examine()
    assert found.findings == (examination.STRAY,)
    assert found.is_sound


def test_altered_page_is_reported_not_raised(base_file):
    store = base_file.open(create=True)
    for n in range(60):
        begin_file(store, birth_name=f"N{n}", comment="x" * 900)
    store.close()
    size = base_file.path.stat().st_size
    with base_file.path.open("r+b") as stream:
        stream.seek(size - 4 * 4096 + 77)
        stream.write(b"\xff")
    found = report(base_file)
    assert found.findings == (examination.BAD_PAGES,)
    assert not found.is_sound


def test_capture_left_off_by_a_console_is_on_again_at_the_next_opening(store, base_file):
    one = begin_file(store)
    with by_hand(base_file) as connection:
        connection.execute("UPDATE sync_state SET applying = 1")
    store.close()
    assert report(base_file).is_sound
    assert one != new_id()
