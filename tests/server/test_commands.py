"""The command as people and systems use it: real processes, real sockets."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx2
import psutil
import psycopg
import pytest

from plie_desktop.clock import SystemClock
from plie_desktop.server import commands
from plie_desktop.server.settings import DATABASE_VARIABLE
from tests.support.headquarters import Laptop, RefusedError
from tests.support.postgres import empty_database

INVITE = ("invite", "--name", "Anna Le Goff", "--role", "referent", "--scope", "maurepas")


@contextmanager
def serving(*place, environment=None):
    """`plie-server serve` on a free port, and a connection to it."""
    arguments = [sys.executable, "-m", "plie_desktop.server.commands", "serve", *place]
    process = subprocess.Popen(
        [*arguments, "--port", "0", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        with httpx2.Client(base_url=json.loads(line)["url"], trust_env=False) as client:
            yield process, client
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def run(capsys, *arguments) -> tuple[int, str, str]:
    code = commands.main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def invited(capsys, *place) -> str:
    code, out, _ = run(capsys, *INVITE, *place)
    assert code == 0
    return out.strip()


def enrolled(client, code) -> Laptop:
    laptop = Laptop(client, SystemClock())
    laptop.enrol(code)
    return laptop


def test_invitation_is_printed_alone_on_standard_output(capsys, database_url):
    code, out, err = run(capsys, *INVITE, "--database", database_url)
    assert code == 0
    assert len(out.strip().replace("-", "")) == 13
    assert "Anna Le Goff" in err


def test_invitation_as_json(capsys, database_url):
    _, out, _ = run(capsys, *INVITE, "--database", database_url, "--json")
    said = json.loads(out)
    assert said.pop("code")
    assert said == {"name": "Anna Le Goff", "role": "REFERENT", "scopes": ["maurepas"]}


def test_coordination_is_given_all_scopes_unless_told_otherwise(capsys, database_url):
    arguments = ("invite", "--name", "Cora", "--role", "COORD", "--database", database_url)
    assert json.loads(run(capsys, *arguments, "--json")[1])["scopes"] == ["*"]
    assert json.loads(run(capsys, *arguments, "--scope", "a", "--json")[1])["scopes"] == ["a"]


def test_people_and_laptops_are_listed(capsys, database_url, hq):
    laptop = hq.laptop("Bruno", scopes=("a", "b"))
    _, out, _ = run(capsys, "people", "--database", database_url)
    assert out == "Bruno\tREFERENT\t\t\n"
    _, out, _ = run(capsys, "devices", "--database", database_url, "--json")
    (line,) = json.loads(out)
    assert (line["device"], line["name"], line["scopes"]) == (
        laptop.grant.device,
        "Bruno",
        ["a", "b"],
    )
    assert line["revoked_at"] is None


def test_revoked_laptop_is_refused(capsys, database_url, hq):
    laptop = hq.laptop()
    code, _, _ = run(capsys, "devices", "--database", database_url, "revoke", laptop.grant.device)
    assert code == 0
    with pytest.raises(RefusedError) as refused:
        laptop.sync()
    assert refused.value.refusal.code == "revoked"


@pytest.mark.parametrize(
    "arguments",
    [
        ("people",),
        ("people", "--database", "postgresql://nobody@127.0.0.1:1/none"),
        ("migrate", "--database", "postgresql://nobody@127.0.0.1:1/none"),
        ("serve", "--database", "postgresql://nobody@127.0.0.1:1/none"),
        ("people", "--database", "not an address"),
    ],
)
def test_missing_database_is_one_sentence(capsys, monkeypatch, arguments):
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_unknown_laptop_is_one_sentence(capsys, database_url):
    code, _, err = run(capsys, "devices", "--database", database_url, "revoke", "Z9")
    assert code == 1
    assert err.startswith("Aucun ordinateur")


def test_wrong_usage_ends_with_two():
    with pytest.raises(SystemExit) as ended:
        commands.main(["invite", "--name", "Anna"])
    assert ended.value.code == 2


def test_database_without_our_tables_is_refused_until_it_is_migrated(
    capsys, monkeypatch, postgres_url
):
    with empty_database(postgres_url) as url:
        monkeypatch.setenv(DATABASE_VARIABLE, url)
        code, _, err = run(capsys, "serve")
        assert code == 1
        assert "plie-server migrate" in err
        assert run(capsys, "migrate")[0] == 0
        assert run(capsys, "migrate")[0] == 0
        assert run(capsys, "people") == (0, "", "")


def test_taken_port_is_one_sentence(capsys, database_url):
    with serving("--database", database_url) as (_, client):
        port = str(client.base_url.port)
        code, _, err = run(capsys, "serve", "--database", database_url, "--port", port)
    assert code == 1
    assert port in err


def test_nothing_is_lost_or_doubled_when_the_server_is_killed_between_batches(capsys, database_url):
    place = ("--database", database_url)
    laptop = None
    roots = []
    for _ in range(4):
        with serving(*place) as (process, client):
            if laptop is None:
                laptop = enrolled(client, invited(capsys, *place))
            laptop.client, laptop.nonce = client, ""
            for number in range(5):
                roots.append(laptop.person(first_name=f"{number}"))
                reply = laptop.exchange()
                if number % 2:
                    laptop.apply(reply)
            process.send_signal(signal.SIGKILL)
            process.wait()
    with serving(*place) as (_, client):
        laptop.client, laptop.nonce = client, ""
        laptop.sync()
        other = enrolled(client, invited(capsys, *place))
        other.sync()
    assert set(roots) <= other.rows.keys()
    with psycopg.connect(database_url) as connection:
        journal = connection.execute("SELECT dseq FROM journal ORDER BY dseq").fetchall()
    assert [row[0] for row in journal] == list(range(1, 21))


def test_killed_in_the_middle_of_a_batch_keeps_all_of_it_or_nothing(capsys, database_url):
    """The kill falls anywhere; the laptop sends again what it heard nothing about."""
    place = ("--database", database_url)
    laptop = None
    for delay in (0.0, 0.005, 0.02, 0.05):
        with serving(*place) as (process, client):
            if laptop is None:
                laptop = enrolled(client, invited(capsys, *place))
                laptop.sync()
            laptop.client, laptop.nonce = client, ""
            for number in range(100):
                laptop.person(first_name=f"{number}")
            killer = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    f"import time,os; time.sleep({delay}); os.kill({process.pid}, 9)",
                ]
            )
            try:
                laptop.sync()
            except httpx2.TransportError:
                laptop.nonce = ""
            killer.wait()
    with serving(*place) as (_, client):
        laptop.client, laptop.nonce = client, ""
        laptop.sync()
    with psycopg.connect(database_url) as connection:
        files = connection.execute("SELECT count(*) FROM root WHERE scope = 'maurepas'").fetchall()
        journal = connection.execute("SELECT count(*), max(dseq) FROM journal").fetchall()
    assert (files, journal) == ([(400,)], [(400, 400)])


def test_a_key_a_backup_and_a_restoration(capsys, database_url, new_database, tmp_path):
    place, key, saved = ("--database", database_url), tmp_path / "key", tmp_path / "saved"
    invited(capsys, *place)
    code, out, err = run(capsys, "backup-key", *place, "--out", str(key))
    name = out.strip()
    assert (code, err.count("\n")) == (0, 1)
    assert name in key.read_text()
    code, out, err = run(capsys, "backup", *place, "--out", str(saved))
    size = saved.stat().st_size
    assert (code, err.count("\n")) == (0, 1)
    assert out.split("\t")[0] == str(saved)
    assert out.split("\t")[2:] == [str(size), f"{name}\n"]
    fresh = ("--database", new_database())
    code, out, err = run(capsys, "restore", str(saved), "--key", str(key), *fresh)
    assert (code, err.count("\n")) == (0, 1)
    assert run(capsys, "people", *fresh)[1].startswith("Anna Le Goff")


def test_a_backup_and_a_restoration_as_json(capsys, database_url, new_database, tmp_path):
    place, key, saved = ("--database", database_url), str(tmp_path / "key"), str(tmp_path / "saved")
    made = json.loads(run(capsys, "backup-key", *place, "--out", key, "--json")[1])
    taken = json.loads(run(capsys, "backup", *place, "--out", saved, "--json")[1])
    fresh = ("--database", new_database())
    done = json.loads(run(capsys, "restore", saved, "--key", key, *fresh, "--json")[1])
    assert taken.keys() == {"file", "rows", "bytes", "key"}
    assert taken["key"] == made["key"]
    assert done.keys() == {"made_at", "rows", "epoch"}
    assert done["rows"] == taken["rows"]


def test_an_embedded_headquarters_is_saved_and_restored(capsys, tmp_path):
    lived, fresh = (("--embedded", str(tmp_path / name)) for name in ("lived", "fresh"))
    key, saved = str(tmp_path / "key"), str(tmp_path / "saved")
    invited(capsys, *lived)
    assert run(capsys, "backup-key", *lived, "--out", key)[0] == 0
    assert run(capsys, "backup", *lived, "--out", saved)[0] == 0
    for code in (0, 1):
        assert run(capsys, "restore", saved, "--key", key, *fresh)[0] == code
    assert run(capsys, "people", *fresh)[1].startswith("Anna Le Goff")


@pytest.mark.parametrize(
    "arguments",
    [
        ("backup", "--out", "none"),
        ("restore", "none", "--key", "none"),
        ("backup-key", "--out", "none/none"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    capsys, monkeypatch, database_url, tmp_path, arguments
):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *arguments, "--database", database_url)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert not list(tmp_path.iterdir())
    code, _, err = run(
        capsys, "backup-key", "--out", "key", "--database", "postgresql://127.0.0.1:1/x"
    )
    assert (code, err.count("\n")) == (1, 1)


def postgres_of(folder) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres"
        and str(folder) in " ".join(process.info["cmdline"] or ())
    ]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_embedded_server_leaves_no_process_behind(capsys, tmp_path, end):
    folder = tmp_path / "with a space" / "pg"
    with serving("--embedded", str(folder)) as (process, client):
        assert postgres_of(folder)
        laptop = enrolled(client, invited(capsys, "--embedded", str(folder)))
        laptop.person()
        laptop.sync()
        assert client.get("/health").json() == {"status": "ok"}
        process.send_signal(end)
        assert process.wait(60) == (-9 if end == signal.SIGKILL else 0)
        psutil.wait_procs(postgres_of(folder), timeout=60)
        assert not postgres_of(folder)
    # What was taken in is there, also when the server is started by a command that only looks.
    assert run(capsys, "people", "--embedded", str(folder))[1].startswith("Anna Le Goff")
    assert not postgres_of(folder)
    assert {one.name for one in folder.parent.iterdir()} == {"pg"}
