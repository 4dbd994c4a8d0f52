"""Saving one answer while it is typed, beside the bare update of one cell: G12."""

import secrets
import shutil
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from plie_desktop import bootstrap
from plie_desktop.models.domain.answers import Answer
from plie_desktop.security.kdf import LEAST
from plie_desktop.services.session import VaultDoor
from plie_desktop.store import engine
from tests.bench.headquarters import BUILD, PASSPHRASE
from tests.bench.measure import PRODUCT, Bound, Case, Subject, in_turn, ratio

ROUNDS = 100
BARE = "limit: UPDATE of one cell and COMMIT"


def rows() -> list[Subject]:
    BUILD.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="saving-", dir=BUILD))
    try:
        return [_saved(folder)]
    finally:
        shutil.rmtree(folder)


def _saved(folder: Path) -> Subject:
    tools = replace(bootstrap.tools(), keychain=lambda: None, prices=(LEAST, LEAST))
    services = bootstrap.services(VaultDoor(folder / "vault", tools).create_practice(PASSPHRASE))
    person = services.participants.find("", limit=1)[0].id
    numbers = count()

    def save() -> None:
        services.intakes.answer(person, "street", Answer.given(f"{next(numbers)} rue du Bosphore"))

    bare = _bare(folder / "bare.db")

    def update() -> None:
        bare.execute("UPDATE participant SET street = ?", (f"{next(numbers)} rue du Bosphore",))

    seconds = in_turn({BARE: _timed(update), PRODUCT: _timed(save)}, ROUNDS)
    services.session.close()
    bare.close()
    milliseconds = statistics.median(seconds[PRODUCT]) * 1000
    return Subject(
        "One answer saved, with its capture, seal, checks and what the page shows",
        BARE,
        seconds,
        (
            Bound("G12", "milliseconds", milliseconds, 20),
            Bound("G12", "time ÷ limit", ratio(seconds, BARE), None, 3),
        ),
    )


def _bare(file: Path):
    """A base with the settings of the product's and one row."""
    key, salt = secrets.token_bytes(32), secrets.token_bytes(16)
    engine.make_empty(file)
    base = engine.connect(file, key, salt)
    base.execute("CREATE TABLE participant (id BLOB PRIMARY KEY, street TEXT)")
    base.execute("INSERT INTO participant VALUES (x'00', '')")
    return base


def _timed(work: Callable[[], None]) -> Case:
    def run() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run
