"""A headquarters of its own: `plie-server` on a PostgreSQL in one folder, as its own process."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_SERVER: Final = "from plie_desktop.server.commands import main; raise SystemExit(main())"
_STOP_SECONDS: Final = 30.0


class Headquarters:
    """Runs while the block is open; its data and its log stay in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        log = (self._folder.parent / "headquarters.log").open("w", encoding="utf-8")
        with log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program and arguments
                self._command("serve", "--port", "0"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        if self._process.stdout is None:
            raise RuntimeError(self._command("serve"))
        ready = self._process.stdout.readline()
        if not ready:
            raise RuntimeError((self._folder.parent / "headquarters.log").read_text("utf-8")[-400:])
        self.url = json.loads(ready)["url"]
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_STOP_SECONDS)

    def invite(self, name: str, role: str, scope: str, phone: str) -> str:
        """The code of an invitation, as the administrator's command prints it."""
        command = self._command(
            "invite", "--name", name, "--role", role, "--scope", scope, "--phone", phone
        )
        done = subprocess.run(  # noqa: S603 - our own program and arguments
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
        return str(json.loads(done.stdout)["code"])

    def _command(self, act: str, *arguments: str) -> list[str]:
        where = ("--embedded", str(self._folder), "--json")
        return [sys.executable, "-c", _SERVER, act, *where, *arguments]
