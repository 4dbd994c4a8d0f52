"""The first exchange beside PouchDB, which Node runs where it is installed: G1, G2.

PouchDB stores in plain LevelDB that is not synced to the disk, and searches nothing.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plie_desktop.models.domain.records import KINDS
from tests.bench import limit
from tests.bench.headquarters import BUILD, site
from tests.bench.measure import PRODUCT, Bound, Subject, ratio, timed
from tests.bench.people import RECORDS_EACH, participants

PEOPLE = 1_000
ROUNDS, POUCH_ROUNDS = 3, 1
LIMIT = "limit: zstd over HTTP into SQLCipher"
POUCH = "PouchDB, batches of 1000"
_PACKAGES = ("express-pouchdb@4.2.0", "pouchdb@9.0.0")
_INSTALL_SECONDS = 180
_SCRIPTS = Path(__file__).with_name("pouch_scripts")
_PLACE = BUILD / "pouch"


def rows() -> list[Subject]:
    if not _is_installed():
        sys.stdout.write(
            "\nPouchDB could not be had here: the part of G1 about it was not measured.\n"
        )
        return []
    seconds: dict[str, list[float]] = {LIMIT: [], PRODUCT: [], POUCH: []}
    with site(PEOPLE) as headquarters, limit.serving(headquarters.bare) as bare:
        bare.bodies["all"] = headquarters.body
        with _pouch(headquarters.folder) as pull:
            for turn in range(ROUNDS):
                base = limit.open_base(headquarters.folder / f"limit-{turn}.db")
                with timed(seconds[LIMIT]):
                    limit.fill(base, limit.fetch(bare.port, "all"))
                base.close()
                laptop = headquarters.laptop()
                with timed(seconds[PRODUCT]):
                    laptop.sync()
                assert laptop.services.participants.count() == PEOPLE
                laptop.close()
                if turn < POUCH_ROUNDS:
                    seconds[POUCH].append(pull(headquarters.folder / f"pouch-{turn}"))
    return [
        Subject(
            f"First exchange of {PEOPLE} participants ({PEOPLE * RECORDS_EACH} records)",
            LIMIT,
            seconds,
            (
                Bound("G2", "time ÷ limit", ratio(seconds, LIMIT), 3.5, 2),
                Bound("G1", "time ÷ PouchDB", ratio(seconds, POUCH), 1 / 7, 1 / 12),
            ),
            (
                f"PouchDB ÷ limit: {ratio(seconds, LIMIT, POUCH):.1f}",
                "PouchDB was measured at this size alone, so the rounds are not those of G1",
            ),
        )
    ]


def _is_installed() -> bool:
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    if all((_PLACE / "node_modules" / name.split("@")[0]).is_dir() for name in _PACKAGES):
        return True
    _PLACE.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", *_PACKAGES]
    try:
        done = subprocess.run(
            command, cwd=_PLACE, capture_output=True, timeout=_INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


@contextmanager
def _pouch(folder: Path) -> Iterator:
    """A server with all records; gives what pulls them and tells the seconds."""
    documents = folder / "documents.ndjson"
    with documents.open("w", encoding="utf-8") as lines:
        for file in participants(PEOPLE):
            for record in file:
                values = zip(KINDS[record.kind].column_names, record.values, strict=True)
                told = {name: value for name, value in values if value is not None}
                document = {"_id": f"{record.kind}:{record.id}", "root": str(record.root), **told}
                lines.write(json.dumps(document, ensure_ascii=False) + "\n")
    (folder / "pouch").mkdir()
    command = ["node", _SCRIPTS / "server.js", _PLACE, folder / "pouch", documents]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}/people"

        def pull(into: Path) -> float:
            asked = ["node", _SCRIPTS / "client.js", _PLACE, into, url, "1000"]
            done = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
            assert done["documents"] == PEOPLE * RECORDS_EACH
            return done["seconds"]

        yield pull
    finally:
        server.terminate()
        server.wait()
