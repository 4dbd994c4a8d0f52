"""What the system lets a program forbid others."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from plie_desktop.security import hardening

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked so")

# Hardens itself, or not, says what it was granted and its umask, then waits to be looked at.
CHILD = """
import os, sys
from plie_desktop.security.hardening import harden_process
granted = harden_process() if sys.argv[1] == "hard" else None
mask = os.umask(0)
print(granted and (granted.no_core_dump, granted.no_foreign_read), oct(mask), flush=True)
if sys.stdin.readline().strip() == "crash":
    import faulthandler
    faulthandler._sigsegv()
"""


@pytest.fixture
def start_child(tmp_path):
    children = []

    def start(kind):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
            text=True,
        )
        children.append(child)
        return child, child.stdout.readline()

    yield start
    for child in children:
        child.kill()
        child.communicate()


@linux_only
def test_both_are_granted_and_new_files_are_the_person_s_alone(start_child):
    _, said = start_child("hard")
    assert said == "(True, True) 0o77\n"


# The same as an ordinary account, and open to its other programs to begin with: changing
# accounts closes a process by itself.
ORDINARY = 65534
ORDINARY_CHILD = f"""
import ctypes, resource, os, sys
from plie_desktop.security import hardening
os.setuid({ORDINARY})
ctypes.CDLL(None).prctl(hardening._PR_SET_DUMPABLE, 1, 0, 0, 0)
if sys.argv[1] == "hard":
    hardening.harden_process()
print("ready", flush=True)
sys.stdin.readline()
"""


@linux_only
@pytest.mark.parametrize(("kind", "is_readable"), [("soft", True), ("hard", False)])
def test_other_program_of_the_same_account_is_kept_out(kind, is_readable):
    if os.geteuid() != 0:
        pytest.skip("only root may start two programs of one other account")
    with subprocess.Popen(
        [sys.executable, "-c", ORDINARY_CHILD, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout.readline() == "ready\n"
        for secret in ("environ", "maps"):
            reading = subprocess.run(
                ["cat", f"/proc/{child.pid}/{secret}"],
                capture_output=True,
                check=False,
                user=ORDINARY,
            )
            assert (reading.returncode == 0) is is_readable
        child.kill()


@linux_only
def test_crash_leaves_no_image_of_the_memory(start_child, tmp_path):
    child, _ = start_child("hard")
    limits = Path(f"/proc/{child.pid}/limits").read_text(encoding="ascii")
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]
    child.communicate("crash\n")
    assert child.returncode < 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_folder_is_closed_even_if_it_was_open(tmp_path):
    folder = tmp_path / "a" / "b"
    hardening.private_folder(folder)
    folder.chmod(0o755)
    hardening.private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
