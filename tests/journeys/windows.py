"""The parent's side: starts a window, hears what happens in it, kills it."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
"""Seconds after which a window counts as hung; nothing is measured with it."""


class HungWindowError(AssertionError):
    """What was waited for did not happen."""


class Window:
    """The real program in a process of its own, with somebody at its keyboard."""

    module = "tests.journeys.at_the_window"

    def __init__(self, vault: Path, passphrase: str, scene: str, **more) -> None:
        self.events: list[dict] = []
        self._fresh: queue.Queue[dict | None] = queue.Queue()
        self._order = {"vault": str(vault), "passphrase": passphrase, "scene": scene, **more}
        self._log = (vault.parent / f"{vault.name}.window.txt").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"},
            text=True,
        )
        self.order()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_raised) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    def order(self, **changes) -> None:
        """Tell the process, or the one after its lock, what to do."""
        self._process.stdin.write(json.dumps(self._order | changes) + "\n")
        self._process.stdin.flush()

    def next(self) -> dict:
        """The next thing that happens."""
        try:
            event = self._fresh.get(timeout=PATIENCE)
        except queue.Empty:
            raise HungWindowError(self.told()) from None
        if event is None or event["event"] == "stuck":
            raise HungWindowError(f"{event}\n{self.told()}")
        return event

    def wait(self, name: str) -> dict:
        """The next event of that name."""
        while (event := self.next())["event"] != name:
            pass
        return event

    def kill(self) -> list[dict]:
        """SIGKILL; gives all that was told up to the last moment. A second time does nothing."""
        if self._log.closed:
            return self.events
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._log.close()
        return self.events

    def told(self) -> str:
        """How it ended, what it wrote on standard error, and the last that was heard of it."""
        self._log.seek(0)
        return f"exit {self._process.poll()}\n{self._log.read()[-6000:]}\n{self.events[-5:]}"

    def _read(self) -> None:
        for line in self._process.stdout:
            # A line cut by the kill was not told.
            with suppress(json.JSONDecodeError):
                event = json.loads(line)
                self.events.append(event)
                self._fresh.put(event)
        self._fresh.put(None)
