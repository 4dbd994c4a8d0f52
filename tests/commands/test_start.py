"""The window is asked for without the commands, and a command without the window."""

import subprocess
import sys
from pathlib import Path

import pytest

from plie_desktop.__main__ import _window_only


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ([], (None, None)),
        (["--vault", "x"], (Path("x"), None)),
        (["--language", "en", "--vault", "x y"], (Path("x y"), "en")),
        (["--language", "de"], None),
        (["--vault"], None),
        (["participants"], None),
        (["--vault", "x", "participants"], None),
        (["--vault", "x", "--json", "sync"], None),
        (["--help"], None),
    ],
)
def test_only_the_window_is_read_by_hand(given, asked):
    assert _window_only(given) == asked


def imported_by(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_nothing_heavy_is_there_before_the_first_paint():
    there = imported_by("import plie_desktop.__main__, plie_desktop.bootstrap")
    for heavy in ("argparse", "sqlalchemy", "httpx2", "reportlab", "cryptography", "msgspec",
                  "keyring", "alembic", "openpyxl", "pypdfium2", "babel"):  # fmt: skip
        assert heavy not in there, heavy


def test_a_command_needs_no_toolkit():
    there = imported_by("import plie_desktop.commands.running")
    assert not {name for name in there if name.startswith("PySide6")}


def test_the_program_says_its_usage_as_a_process():
    done = subprocess.run(
        [sys.executable, "-m", "plie_desktop", "dance"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
