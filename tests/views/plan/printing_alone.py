"""A process that prints a plan while it may write to no file; tells what it touched.

`python -m tests.views.plan.printing_alone FOLDER WHERE`: `FOLDER` becomes home and place of
temporary files, `WHERE` is what the printer writes to, such as `/dev/fd/3`.
"""

import json
import os
import resource
import sys
from pathlib import Path

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Waiting:
    """What a bench asks of pytest-qt."""

    def __init__(self, app) -> None:
        self._app = app

    def addWidget(self, _widget) -> None:
        pass

    def waitUntil(self, holds, timeout=0) -> None:
        while not holds():
            self._app.processEvents()


def touched(folder: Path) -> dict[str, int]:
    """Each folder with the moment something was last made or removed in it, files with theirs."""
    return {str(one): one.stat().st_mtime_ns for one in (folder, *folder.rglob("*"))}


def main() -> None:
    folder, where = Path(sys.argv[1]), sys.argv[2]
    # Qt and Python look here for a place to put things.
    os.environ |= {"HOME": str(folder), "TMPDIR": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    os.environ |= {f"XDG_{kind}_HOME": str(folder) for kind in ("DATA", "CACHE", "CONFIG", "STATE")}

    from PySide6.QtWidgets import QApplication

    from plie_desktop.tasks import Lanes
    from plie_desktop.text import words
    from plie_desktop.views.qt.shortcuts import Act
    from tests.views.people import desk
    from tests.views.plan.bench import Bench, pdf_printer

    app = QApplication([])
    lanes = Lanes()
    vault = folder / "vault"
    vault.mkdir()
    people = desk(vault)
    bench = Bench(_Waiting(app), lanes, words("fr"), people)
    bench.enter("dorian")
    bench.outlets.choose_printer = lambda *_asked: pdf_printer(where)

    opened: list[str] = []
    sys.addaudithook(
        lambda event, given: (
            opened.append(str(given[0]))
            if event == "open" and isinstance(given[2], int) and given[2] & _WRITES
            else None
        )
    )
    before = touched(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    bench.page.on_act(Act.PRINT)
    bench.settle()
    after = touched(folder)
    told = {
        "opened": opened,
        "changed": sorted(one for one in after if after[one] != before.get(one)),
        "told": bench.told(),
    }
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    # Closing the base would write.
    os._exit(0)


if __name__ == "__main__":
    main()
