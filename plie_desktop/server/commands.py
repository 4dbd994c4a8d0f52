"""The command `plie-server`: serves, invites, and shows who is known.

Texts for people go to standard error, results to standard output. Exit 0 done, 1 refused or
failed, 2 wrong usage. Only the operating system comes in.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

from plie_desktop.clock import SystemChance, SystemClock, paris
from plie_desktop.errors import PlieError, RefusedInputError
from plie_desktop.models.domain.access import EVERY_SCOPE, Role
from plie_desktop.server import embedded, serving
from plie_desktop.server.backups import keys, restoring
from plie_desktop.server.backups.taking import Backups
from plie_desktop.server.enrolment import Invitations
from plie_desktop.server.settings import DATABASE_VARIABLE, from_environment
from plie_desktop.server.store import devices, incarnation, people, schema
from plie_desktop.server.store.database import Database
from plie_desktop.text import N_, words

_DATABASE: Final = "plie"
_NO_DATABASE: Final = N_(
    "Aucune base n’est indiquée. Donnez --database, --embedded ou la variable PLIE_DATABASE_URL."
)
_NOT_CURRENT: Final = N_(
    "Cette base n’a pas la forme attendue par cette version. Lancez « plie-server migrate »."
)
_NO_DEVICE: Final = N_("Aucun ordinateur ne porte ce préfixe. « plie-server devices » les liste.")
_STOPPED: Final = N_("Arrêté à votre demande. Ce qui était fait est gardé.")
_KEY_MADE: Final = N_(
    "La clé de sauvegarde est écrite. Portez ce fichier hors de cette machine, en deux endroits : "
    "sans lui, aucune sauvegarde ne s’ouvre."
)
_SAVED: Final = N_(
    "La sauvegarde est écrite et relue : {rows} lignes. Seule la clé d’empreinte {key} l’ouvre."
)
_RESTORED: Final = N_(
    "La sauvegarde du {day} est rétablie : {rows} lignes, les saisies plus récentes reviendront "
    "des ordinateurs. Refaites les invitations et les retraits d’accès décidés depuis."
)
_INVITED: Final = N_(
    "Code pour {name}, valable 24 heures et une seule fois. Remettez-le sur papier ou de vive voix."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    asked = _parser().parse_args(arguments)
    # A stop asked for by the system leaves through the same doors as any other end.
    signal.signal(signal.SIGTERM, _leave)
    try:
        run: Callable[[argparse.Namespace], int] = asked.run
        return run(asked)
    except PlieError as error:
        _say(error.sentence, **error.details)
        return 1
    except KeyboardInterrupt:
        if asked.run is _serve:
            return 0
        _say(_STOPPED)
        return 1


def _leave(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _say(sentence: str, **details: object) -> None:
    sys.stderr.write(words("fr").say(sentence, **details) + "\n")


def _show(lines: Sequence[Mapping[str, object]], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(lines, ensure_ascii=False, default=str) + "\n")
        return
    for line in lines:
        shown = (" ".join(v) if isinstance(v, tuple | list) else v for v in line.values())
        sys.stdout.write("\t".join("" if v is None else str(v) for v in shown) + "\n")


def _show_one(line: Mapping[str, object], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    else:
        _show([line], as_json=False)


# Where the data is


@contextmanager
def _database_url(asked: argparse.Namespace, *, shaped: bool = True) -> Iterator[str]:
    """The address of the database; an embedded server runs as long as this is open.

    Where it is not to be `shaped`, a database of the embedded server is left as it is.
    """
    if asked.embedded is not None:
        postgres = embedded.EmbeddedPostgres(asked.embedded)
        try:
            postgres.start()
            url = postgres.database(_DATABASE)
            if shaped and not schema.is_current(url):
                schema.migrate(url)
            yield url
        finally:
            postgres.stop()
        return
    url = asked.database or os.environ.get(DATABASE_VARIABLE, "")
    if not url:
        raise RefusedInputError(_NO_DATABASE)
    yield url


@contextmanager
def _database(asked: argparse.Namespace) -> Iterator[Database]:
    with _database_url(asked) as url:
        _require_current(url)
        database = Database(url, connections=1)
        database.open()
        try:
            with database.write() as connection:
                incarnation.recognise(connection)
            yield database
        finally:
            database.close()


def _require_current(url: str) -> None:
    if not schema.is_current(url):
        raise RefusedInputError(_NOT_CURRENT)


# What can be asked


def _serve(asked: argparse.Namespace) -> int:
    with _database_url(asked) as url:
        _require_current(url)
        settings = from_environment(os.environ)
        serving.serve(url, SystemClock(), settings, (asked.host, asked.port), as_json=asked.json)
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    with _database_url(asked) as url:
        schema.migrate(url)
    return 0


def _invite(asked: argparse.Namespace) -> int:
    role = Role(asked.role)
    scopes = asked.scope or ([EVERY_SCOPE] if role is Role.COORD else [])
    settings = from_environment(os.environ)
    with _database(asked) as database:
        invitations = Invitations(database, SystemClock(), SystemChance(), settings)
        code, person = invitations.invite(asked.name, role, scopes, asked.phone, asked.email)
    if asked.json:
        shown = {"code": code, "name": person.name, "role": role.value, "scopes": scopes}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    else:
        _say(_INVITED, name=person.name)
        sys.stdout.write(f"{code}\n")
    return 0


def _people(asked: argparse.Namespace) -> int:
    with _database(asked) as database, database.snapshot() as connection:
        found = people.lines(connection)
    lines = [
        {"name": one.name, "role": one.role.value, "phone": one.phone, "email": one.email}
        for one in found
    ]
    _show(lines, as_json=asked.json)
    return 0


def _devices(asked: argparse.Namespace) -> int:
    with _database(asked) as database:
        if asked.revoke is not None:
            with database.write() as connection:
                if not devices.revoke(connection, asked.revoke, SystemClock().now()):
                    raise RefusedInputError(_NO_DEVICE)
            return 0
        with database.snapshot() as connection:
            found = devices.lines(connection)
    lines = [
        {
            "device": one.prefix,
            "laptop": one.name,
            "words": one.words,
            "name": one.staff_name,
            "role": one.role.value,
            "scopes": one.scopes,
            "enrolled_at": one.enrolled_at,
            "last_seen_at": one.last_seen_at,
            "revoked_at": one.revoked_at,
        }
        for one in found
    ]
    _show(lines, as_json=asked.json)
    return 0


def _backup_key(asked: argparse.Namespace) -> int:
    with _database(asked) as database:
        name = keys.make(database, SystemChance(), asked.out, replace=asked.replace)
    _say(_KEY_MADE)
    _show_one({"key": name}, as_json=asked.json)
    return 0


def _backup(asked: argparse.Namespace) -> int:
    settings = from_environment(os.environ)
    with _database(asked) as database:
        taken = Backups(database, SystemClock(), SystemChance(), settings).take(asked.out)
    _say(_SAVED, rows=taken.rows, key=taken.key)
    shown = {
        "file": asked.out,
        "rows": taken.rows,
        "bytes": taken.size,
        "key": taken.key,
    }
    _show_one(shown, as_json=asked.json)
    return 0


def _restore(asked: argparse.Namespace) -> int:
    with _database_url(asked, shaped=False) as url:
        restored = restoring.restore(url, asked.file, asked.key, SystemClock())
    _say(
        _RESTORED,
        day=restored.made_at.astimezone(paris()).strftime("%d/%m/%Y à %H:%M"),
        rows=restored.rows,
    )
    shown = {"made_at": restored.made_at, "rows": restored.rows, "epoch": restored.epoch}
    _show_one(shown, as_json=asked.json)
    return 0


def _parser() -> argparse.ArgumentParser:
    where = argparse.ArgumentParser(add_help=False)
    place = where.add_mutually_exclusive_group()
    place.add_argument("--database", metavar="URL", help=f"PostgreSQL (or ${DATABASE_VARIABLE})")
    place.add_argument("--embedded", metavar="DIR", type=Path, help="a PostgreSQL of its own")
    where.add_argument("--json", action="store_true", help="one JSON document on standard output")

    parser = argparse.ArgumentParser(prog="plie-server", description="PLIE Desktop headquarters")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], help_: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, parents=[where], help=help_)
        command.set_defaults(run=run)
        return command

    serve = add("serve", _serve, "answer laptops until stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8321, help="0 takes a free one")
    add("migrate", _migrate, "bring the database to the shape of this version")
    invite = add("invite", _invite, "invite a person: prints the code")
    invite.add_argument("--name", required=True)
    invite.add_argument("--role", required=True, type=str.upper, choices=[r.value for r in Role])
    invite.add_argument("--scope", action="append", help="may be given several times")
    invite.add_argument("--phone", default="")
    invite.add_argument("--email", default="")
    add("people", _people, "list the staff")
    listing = add("devices", _devices, "list the laptops, or revoke one")
    listing.set_defaults(revoke=None)
    acts = listing.add_subparsers(metavar="revoke DEVICE")
    acts.add_parser("revoke", help="take a laptop's access away").add_argument("revoke")
    backup_key = add("backup-key", _backup_key, "make the key that backups are sealed to")
    backup_key.add_argument("--out", required=True, metavar="FILE", type=Path, help="private half")
    backup_key.add_argument("--replace", action="store_true", help="though there is one already")
    backup = add("backup", _backup, "save everything to one sealed file, and read it back")
    backup.add_argument("--out", required=True, metavar="FILE", type=Path, help="what to write")
    restore = add("restore", _restore, "fill an empty database from a backup")
    restore.add_argument("file", metavar="FILE", type=Path, help="a backup")
    restore.add_argument("--key", required=True, metavar="FILE", type=Path, help="private half")
    return parser


if __name__ == "__main__":
    sys.exit(main())
