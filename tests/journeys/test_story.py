"""The demonstration, played as it is for a visitor, leaves its results and nothing else."""

import csv
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from plie_desktop import paths
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
PAGES = (
    "01-ouverture",
    "04-accueil-rempli",
    "10-aujourdhui",
    "11-participants",
    "12-dossier",
    "13-parcours",
    "14-plan",
    "16-synchronisation",
    "17-reglages",
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


def names() -> set[str]:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    typed = {row["nom_naissance"].strip() for row in rows} | {"Delaunay"}
    return {name for name in typed if len(name) >= SHORTEST_NAME}


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
    assert {file.stem for file in (out / "captures").glob("*.png")} >= set(PAGES)
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
