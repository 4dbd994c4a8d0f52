"""Room kept aside: really taken, never the last there is, given back only when it is needed."""

import os
import shutil
import stat
import subprocess
import sys

import pytest

from plie_desktop.store import ballast
from plie_desktop.store.ballast import NAME, Ballast

SIZE, ENOUGH = 2 << 20, 1 << 20
DISK = 8 << 20


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(ballast, "SIZE", SIZE)
    monkeypatch.setattr(ballast, "_ENOUGH", ENOUGH)


@pytest.fixture(params=["reserved", "written"])
def disk(request, tmp_path, monkeypatch):
    """A file system of eight megabytes, on a system that reserves room and on one that cannot."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    if request.param == "written":
        monkeypatch.delattr(os, "posix_fallocate", raising=False)
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def free(folder):
    return shutil.disk_usage(folder).free


def fill(folder, leave=0):
    with (folder / "filling").open("wb", buffering=0) as stream:
        stream.write(bytes(max(0, free(folder) - leave)))


def names(folder):
    return {file.name for file in folder.iterdir()}


def test_the_room_is_really_taken_and_closed_to_others(disk):
    before = free(disk)
    Ballast(disk).keep()
    assert before - free(disk) >= SIZE
    assert (disk / NAME).stat().st_size == SIZE
    assert names(disk) == {NAME}
    if sys.platform != "win32":
        assert stat.S_IMODE((disk / NAME).stat().st_mode) == 0o600


def test_it_is_given_back_on_a_full_disk(disk):
    Ballast(disk).keep()
    fill(disk)
    Ballast(disk).give_back()
    assert names(disk) == {"filling"}
    assert free(disk) >= SIZE


def test_it_stays_while_there_is_room_enough(disk):
    Ballast(disk).keep()
    fill(disk, leave=ENOUGH + (64 << 10))
    Ballast(disk).give_back()
    assert names(disk) == {NAME, "filling"}


@pytest.mark.parametrize("leave", [0, SIZE, SIZE + ENOUGH // 2])
def test_the_last_room_is_not_taken(disk, leave):
    fill(disk, leave)
    Ballast(disk).keep()
    assert names(disk) == {"filling"}
    assert free(disk) == pytest.approx(leave, abs=8 << 10)


def test_it_is_kept_again_once_there_is_room(disk):
    fill(disk)
    Ballast(disk).keep()
    (disk / "filling").unlink()
    Ballast(disk).keep()
    assert names(disk) == {NAME}


def test_what_a_kill_left_half_made_is_taken_up(disk):
    (disk / f"{NAME}.new").write_bytes(b"x" * 100)
    Ballast(disk).keep()
    assert names(disk) == {NAME}
    (disk / f"{NAME}.new").write_bytes(b"x" * 100)
    Ballast(disk).give_back()
    assert names(disk) == {NAME}


def test_a_second_time_changes_nothing(disk):
    Ballast(disk).keep()
    made = (disk / NAME).stat().st_ino
    Ballast(disk).keep()
    assert (disk / NAME).stat().st_ino == made


def test_a_folder_that_is_gone_stops_nobody(tmp_path):
    Ballast(tmp_path / "absent").keep()
    Ballast(tmp_path / "absent").give_back()
    assert list(tmp_path.iterdir()) == []
