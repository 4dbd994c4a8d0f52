"""An import is killed while it works: all of it is in the base afterwards, or nothing."""

import random
import subprocess
import sys
import time

import pytest

from plie_desktop import paths
from tests.journeys.windows import ROOT

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SAMPLE = paths.resource("samples", "intakes_rennes_60.csv")
ROUNDS = 6
LONGEST = 1.0
"""Seconds after the opening of the base; most imports have ended by then."""


def killed_import(script, chance) -> None:
    log = script.base.folder / "vault.db-wal"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "plie_desktop", "--vault", script.base.folder),
            *("--passphrase-file", script.phrase, "import", SAMPLE),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    while not log.exists() and process.poll() is None:
        time.sleep(0.005)
    time.sleep(chance.random() * LONGEST)
    process.kill()
    process.wait()


def people(found) -> int:
    return len({participant for participant, _ in found.answers})


def test_a_killed_import_is_whole_or_not_there(script, tmp_path):
    chance = random.Random(1)
    before = people(script.base.read(tmp_path / "copie"))
    for _ in range(ROUNDS):
        killed_import(script, chance)
        found = script.base.read(tmp_path / "copie")
        assert found.is_sound
        assert people(found) in {before, before + 60}
    done = script("import", SAMPLE, "--json").document
    assert done["created"] + done["unchanged"] == 60
    assert people(script.base.read(tmp_path / "copie")) == before + 60
