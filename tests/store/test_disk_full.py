"""A full disk: the save is refused in words, nothing is half kept, and all goes on after."""

import os
import shutil
import subprocess

import pytest

from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.records import Kind
from plie_desktop.store import faults
from tests.support.builders import apply_page, begin_file, new_id, pending, whole_rows
from tests.support.stores import BaseFile

SIZE = 3 << 20


@pytest.fixture
def small_disk(tmp_path):
    """A file system of three megabytes."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(folder, leave):
    free = shutil.disk_usage(folder).free
    (folder / "ballast").write_bytes(b"x" * max(0, free - leave))


@pytest.mark.parametrize("leave", [0, 4 << 10, 40 << 10, 200 << 10])
def test_full_disk_refuses_the_save_and_keeps_the_base_sound(small_disk, leave):
    store = BaseFile(small_disk / "vault.db").open(create=True)
    one = begin_file(store, first_name="Ana")
    fill(small_disk, leave)
    kept = []
    with pytest.raises(DiskFullError) as refused:
        save_on_and_on(store, one, kept)
    assert refused.value.sentence == faults.DISK_FULL
    check(store, one, len(kept))
    (small_disk / "ballast").unlink()
    with store.write() as transaction:
        transaction.intakes.put(one, {"sex": Answer.given("F")})
    check(store, one, len(kept))
    assert store.examine().findings == ()
    store.close()


def save_on_and_on(store, one, kept):
    for count in range(1, 400):
        answers = {
            "comment": Answer.given(f"{count} " + "mot " * 240),
            "first_contact_place": Answer.given(str(count)),
        }
        with store.write() as transaction:
            transaction.intakes.put(one, answers)
        kept.append(count)


def check(store, one, kept):
    with store.read() as transaction:
        intake = transaction.intakes.get(one)
    assert intake.value("first_name") == "Ana"
    assert intake.value("first_contact_place") == (str(kept) if kept else "")
    assert intake.value("comment").split(" ")[0] == (str(kept) if kept else "")


def test_base_closed_and_opened_on_a_full_disk_is_whole(small_disk):
    base = BaseFile(small_disk / "vault.db")
    store = base.open(create=True)
    one = begin_file(store, first_name="Ana")
    fill(small_disk, 0)
    with pytest.raises(DiskFullError):
        save_on_and_on(store, one, [])
    edits = pending_on_a_full_disk(store)
    store.close()
    (small_disk / "ballast").unlink()
    store = base.open()
    with store.read() as transaction:
        assert transaction.intakes.get(one).value("first_name") == "Ana"
    assert len(pending(store)) >= len(edits)
    assert store.examine().findings == ()
    store.close()


def pending_on_a_full_disk(store):
    with store.read() as transaction:
        return transaction.outbox.pending(after=0, limit=1000)


def test_new_base_on_a_full_disk_is_refused_and_leaves_no_base(small_disk):
    fill(small_disk, 16 << 10)
    base = BaseFile(small_disk / "vault.db")
    with pytest.raises(DiskFullError):
        base.open(create=True)
    assert not base.path.exists()
    (small_disk / "ballast").unlink()
    store = base.open(create=True)
    begin_file(store)
    store.close()


def test_reply_too_large_for_the_disk_moves_nothing(small_disk):
    store = BaseFile(small_disk / "vault.db").open(create=True)
    fill(small_disk, 100 << 10)
    people = [new_id() for _ in range(3000)]
    rows = ((5, one, one, {"first_contact_place": "x" * 900}) for one in people)
    with pytest.raises(DiskFullError):
        apply_page(store, whole_rows(Kind.PARTICIPANT, *rows), cursor=b"far")
    with store.read() as transaction:
        assert transaction.participants.count() == 0
        assert transaction.outbox.place().cursor == b""
    (small_disk / "ballast").unlink()
    assert store.examine().findings == ()
    store.close()
