"""The walls between rooms hold, and each of them would be seen to fall."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TRESPASSES = [
    pytest.param(
        "tables-for-store",
        "views/*/page.py",
        "import plie_desktop.models.tables",
        id="page imports a table",
    ),
    pytest.param(
        "qt-only-in-views",
        "server/app.py",
        "import PySide6.QtCore",
        id="server imports Qt",
    ),
    pytest.param(
        "server-stands-alone",
        "server/app.py",
        "import PySide6.QtCore",
        id="server imports Qt, seen from the server",
    ),
    pytest.param(
        "server-stands-alone",
        "server/app.py",
        "def later():\n    import plie_desktop.services",
        id="server imports a desktop room inside a function",
    ),
    pytest.param(
        "pages-decide-nothing",
        "views/*/page.py",
        "import plie_desktop.services",
        id="page imports a service",
    ),
    pytest.param(
        "views-see-services",
        "views/*/presenter.py",
        "import plie_desktop.store",
        id="presenter imports the store",
    ),
    pytest.param(
        "sql-only-in-store",
        "services/__init__.py",
        "import sqlalchemy",
        id="service imports SQLAlchemy",
    ),
    pytest.param(
        "one-room-per-library",
        "services/__init__.py",
        "import reportlab",
        id="service imports ReportLab",
    ),
    pytest.param(
        "inside-models",
        "models/domain/__init__.py",
        "import typing\nif typing.TYPE_CHECKING:\n    import plie_desktop.models.tables",
        id="domain imports a table for its types alone",
    ),
    pytest.param(
        "inside-views",
        "views/today/__init__.py",
        "import plie_desktop.views.intake",
        id="feature imports another feature",
    ),
    pytest.param(
        "layers",
        "store/__init__.py",
        "import plie_desktop.views",
        id="lower room imports a higher one",
    ),
    pytest.param(
        "no-cycles",
        "paths.py",
        "import plie_desktop.text",
        id="two rooms import each other",
    ),
]


def _judge(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the contracts on the package in a folder: the working directory is looked in first."""
    linter = Path(sys.executable).with_name("lint-imports")
    command = [linter, "--no-logo", "--cache-dir", folder / ".walls", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copied(root, tmp_path_factory):
    """A copy of the program that may be spoilt."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(root / "pyproject.toml", folder)
    left = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "plie_desktop", folder / "plie_desktop", ignore=left)
    return folder


@pytest.fixture
def spoil(copied):
    """Append lines to the first file that fits a pattern; all is mended afterwards."""
    mended = []

    def add(pattern: str, lines: str) -> None:
        file = min((copied / "plie_desktop").glob(pattern))
        mended.append((file, file.read_text(encoding="utf-8")))
        file.write_text(f"{mended[-1][1]}\n{lines}\n", encoding="utf-8")

    yield add
    for file, text in mended:
        file.write_text(text, encoding="utf-8")


def _name(root: Path, contract: str) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    return next(each["name"] for each in contracts if each["id"] == contract)


def test_every_wall_stands(copied):
    done = _judge(copied)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "pattern", "lines"), TRESPASSES)
def test_trespass_is_reported_under_the_name_of_its_wall(
    root, copied, spoil, contract, pattern, lines
):
    spoil(pattern, lines)
    done = _judge(copied, "--contract", contract)
    assert done.returncode == 1
    assert f"{_name(root, contract)} BROKEN" in done.stdout


def test_module_without_a_room_is_refused(copied):
    stray = copied / "plie_desktop" / "helpers.py"
    stray.write_text('"""Belongs nowhere."""\n', encoding="utf-8")
    try:
        done = _judge(copied, "--contract", "layers")
    finally:
        stray.unlink()
    assert done.returncode == 1
    assert "helpers" in done.stdout
