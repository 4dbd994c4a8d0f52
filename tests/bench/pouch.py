"""PouchDB as a peer of the first exchange, run by Node where it is installed.

PouchDB stores in plain LevelDB that is not synced to the disk, and searches nothing.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plie_desktop.models.domain.records import KINDS
from tests.bench.headquarters import BUILD
from tests.bench.people import RECORDS_EACH, participants

_PACKAGES = ("express-pouchdb@4.2.0", "pouchdb@9.0.0")
_INSTALL_SECONDS = 180
_SCRIPTS = Path(__file__).with_name("pouch_scripts")
_PLACE = BUILD / "pouch"


def pull(folder: Path, people: int) -> float | None:
    """Seconds in which PouchDB pulls all records of so many people; None where it is not to be had.

    The server is filled first, which is not counted.
    """
    if not _is_installed():
        return None
    with _server(folder, people) as url:
        asked = ["node", _SCRIPTS / "client.js", _PLACE, folder / "pouch-pulled", url, "1000"]
        done = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
    assert done["documents"] == people * RECORDS_EACH
    return done["seconds"]


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
def _server(folder: Path, people: int) -> Iterator[str]:
    """The address of a server with the records of so many people."""
    documents = folder / "documents.ndjson"
    with documents.open("w", encoding="utf-8") as lines:
        for file in participants(people):
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
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/people"
    finally:
        server.terminate()
        server.wait()
