"""The demonstration, played as it is for a visitor, leaves its results and nothing else."""

import csv
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plie_desktop import paths
from plie_desktop.demo.scenes import PAGES
from plie_desktop.views.qt.places import Place
from tests.journeys.traces import traces
from tests.journeys.windows import ROOT

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.timeout(600),
]

SAMPLE = paths.resource("samples", "intakes_rennes_60.csv")
MARK = "PLIE_STORY_MARK"
SHORTEST_NAME = 5
"""Letters; a shorter name is found by chance in what is encrypted."""
OF_A_SCENE = (
    "00-premiere-ouverture",
    "00-invitation",
    "01-ouverture",
    "04-accueil-rempli",
    "20-conflit",
)


def marked(mark: str) -> list[str]:
    """Processes that inherited this mark, by what they run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # It ended meanwhile, or is another person's.
    return found


def children(parent: int) -> list[int]:
    return [
        int(stat.parent.name)
        for stat in Path("/proc").glob("[0-9]*/stat")
        if _parent_in(stat) == parent
    ]


def _parent_in(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # It ended meanwhile.


def wait_for(found):
    """What it finds, once it finds something."""
    for _ in range(600):
        if result := found():
            return result
        time.sleep(0.05)
    raise AssertionError("nothing was found")


def names() -> set[str]:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    typed = {row["nom_naissance"].strip() for row in rows} | {"Delaunay"}
    return {name for name in typed if len(name) >= SHORTEST_NAME}


def test_every_page_behind_the_door_has_its_picture():
    assert {place for _, place in PAGES} == set(Place) - {Place.UNLOCK}


def test_folder_of_somebody_else_is_not_emptied_for_the_story(tmp_path):
    precious = tmp_path / "Documents" / "lettre.txt"
    precious.parent.mkdir()
    precious.write_text("à garder", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "plie_desktop", "demo", "--out", str(precious.parent)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "n’a pas été touché" in done.stderr
    assert precious.read_text(encoding="utf-8") == "à garder"


def test_window_left_open_may_be_locked_without_ending_what_it_belongs_to(tmp_path):
    leave = "import sys, pathlib; from plie_desktop.demo import window; "
    leave += "window.leave_open(pathlib.Path(sys.argv[1]), 'fr'); print('closed')"
    host = subprocess.Popen(
        [sys.executable, "-c", leave, str(tmp_path / "coffre")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    try:
        (window,) = wait_for(lambda: children(host.pid))
        # What a lock puts in the place of that process ends as any other.
        os.kill(window, signal.SIGKILL)
        assert host.communicate(timeout=60)[0] == "closed\n"
    finally:
        host.kill()


def test_the_story_is_seen_to_hold_and_leaves_nothing_behind(tmp_path):
    home, short = tmp_path / "chez moi", tmp_path / "t"
    out = tmp_path / "Démo à Rennes" / "résultat"
    home.mkdir()
    short.mkdir()
    mark = secrets.token_hex(16)
    environment = {name: value for name, value in os.environ.items() if "XDG_" not in name}
    environment |= {
        "HOME": str(home),
        "TMPDIR": str(short),
        "QT_QPA_PLATFORM": "offscreen",
        MARK: mark,
    }
    done = subprocess.run(
        [sys.executable, "-m", "plie_desktop", "demo", "--out", str(out)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        env=environment,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    table = (out / "resultat.txt").read_text(encoding="utf-8").splitlines()
    assert all(line.endswith("vu") for line in table)
    assert len(table) > 12
    assert {file.stem for file in (out / "captures").glob("*.png")} >= {
        *OF_A_SCENE,
        *(name for name, _ in PAGES),
    }
    plans = sorted((out / "plans").glob("*.pdf"))
    assert plans
    assert all(plan.read_bytes().startswith(b"%PDF") for plan in plans)

    assert not list(home.rglob("*"))
    assert not list(short.rglob("*"))
    if Path("/proc/self/environ").exists():
        assert marked(mark) == []

    vaults = [file for file in (out / "coffres").rglob("*") if file.is_file()]
    assert len([file for file in vaults if file.name == "vault.db"]) == 2
    assert len(names()) > 30
    assert not traces(vaults, names())
