"""The log: nothing personal in it, and never a reason to stop."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from plie_desktop import logs

_log = logging.getLogger("plie_desktop.tests")


@pytest.fixture
def started(tmp_path):
    """Starts the log of a vault, and takes it away again."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    def start() -> Path:
        logs.start(tmp_path / "coffre")
        return logs.log_file(tmp_path / "coffre")

    yield start
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_of_an_exception_the_kind_and_the_place_are_kept_alone(started):
    file = started()
    try:
        int("Fatima Benali")
    except ValueError:
        _log.exception("it failed")
    written = file.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "Benali" not in written


def test_a_full_disk_holds_nothing_up_and_tells_the_screen_nothing(started, tmp_path, capfd):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no file that is always full")
    (tmp_path / "coffre.log").symlink_to(full)
    started()
    _log.warning("one copy is damaged")
    assert capfd.readouterr().err == ""


def test_a_place_where_no_log_can_be_holds_nothing_up(started, tmp_path, capfd):
    (tmp_path / "coffre.log").mkdir()
    started()
    _log.warning("one copy is damaged")
    assert capfd.readouterr().err == ""


def test_a_folder_that_cannot_be_holds_nothing_up(started, tmp_path, capfd):
    (tmp_path / "file").touch()
    logs.start(tmp_path / "file" / "coffre")
    _log.warning("one copy is damaged")
    assert capfd.readouterr().err == ""


UNCAUGHT = """
import gc, sys, threading
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from plie_desktop import logs

def fail(*_):
    raise ValueError("Fatima Benali")

class Late:
    __del__ = fail

logs.start(Path(sys.argv[1]))
logs.catch_the_rest()
app = QCoreApplication([])
QTimer.singleShot(0, fail)
QTimer.singleShot(10, app.quit)
app.exec()
thread = threading.Thread(target=fail)
thread.start()
thread.join()
del thread
Late()
gc.collect()
fail()
"""


def test_what_nobody_caught_goes_to_the_log_without_its_text(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", UNCAUGHT, tmp_path / "coffre"],
        capture_output=True,
        text=True,
        check=False,
    )
    written = logs.log_file(tmp_path / "coffre").read_text(encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert written.count("ValueError") == 4
    assert "Benali" not in written
