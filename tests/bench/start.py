"""From the start of the process to the first paint of the door, beside a bare window: G15."""

import compileall
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import plie_desktop
from plie_desktop import bootstrap
from plie_desktop.security.kdf import LEAST
from plie_desktop.services.session import VaultDoor
from tests.bench.headquarters import BUILD, PASSPHRASE
from tests.bench.measure import PRODUCT, Bound, Case, Subject, in_turn, ratio

ROUNDS = 9
BARE = "limit: bare window of Qt with a label"
_PROBE = Path(__file__).with_name("first_paint.py")


def rows() -> list[Subject]:
    BUILD.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="start-", dir=BUILD))
    try:
        return [_started(folder / "vault")]
    finally:
        shutil.rmtree(folder)


def _started(vault: Path) -> Subject:
    # Without bytecode a start takes several times as long, whatever it starts.
    for place in (Path(plie_desktop.__file__).parent, Path(sysconfig.get_path("purelib"))):
        compileall.compile_dir(place, quiet=2)
    tools = replace(bootstrap.tools(), keychain=lambda: None, prices=(LEAST, LEAST))
    VaultDoor(vault, tools).create_practice(PASSPHRASE).store.close()
    cases = {BARE: _start("bare"), PRODUCT: _start("product", "--vault", str(vault))}
    for case in cases.values():
        case()
    seconds = in_turn(cases, ROUNDS)
    return Subject(
        "Start of the process to the first paint of the door, offscreen",
        BARE,
        seconds,
        (Bound("G15", "time ÷ bare window", ratio(seconds, BARE), 2, 1.3),),
    )


def _start(*arguments: str) -> Case:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> float:
        command = [sys.executable, str(_PROBE), str(time.monotonic()), *arguments]
        done = subprocess.run(
            command, env=surroundings, capture_output=True, check=True, timeout=60
        )
        return float(done.stdout)

    return run
