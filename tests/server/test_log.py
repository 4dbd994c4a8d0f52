"""What headquarters writes of a failure: its kind and its places, never what people wrote."""

import re
import subprocess
import sys
from contextlib import contextmanager

import httpx2
import psycopg
import pytest

from plie_desktop.clock import SystemClock
from plie_desktop.server import commands
from tests.support.headquarters import Laptop, RefusedError

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

# The command itself, with one door more: no door of ours is known to fail.
SERVE = """
import sys
from plie_desktop.server import commands, serving
plain = serving.create_app

def with_a_door_that_fails(*given):
    app = plain(*given)

    @app.post("/fails")
    def fails():
        raise RuntimeError("Fatima Benali") from ValueError("06 39 98 01 02")

    return app

serving.create_app = with_a_door_that_fails
sys.exit(commands.main(sys.argv[1:]))
"""


@contextmanager
def serving(url, log):
    """`plie-server serve` in a process of its own, its log in a file; gives its address."""
    command = [sys.executable, "-c", SERVE, "serve", "--database", url, "--port", "0"]
    with (
        log.open("wb") as file,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file) as process,
    ):
        try:
            line = process.stdout.readline().decode().strip()
            assert line, log.read_text(encoding="utf-8")
            yield line
        finally:
            process.terminate()
            process.wait(60)


def test_a_failure_is_logged_by_kind_and_place_alone(database_url, tmp_path):
    log = tmp_path / "log"
    with (
        serving(database_url, log) as url,
        httpx2.Client(base_url=url, trust_env=False) as client,
    ):
        assert client.post("/fails").status_code == 500
    written = log.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "ValueError" in written
    assert re.search(r"<string>:\d+ fails", written)
    assert "Benali" not in written
    assert "06 39" not in written


def test_values_that_postgresql_quotes_do_not_reach_the_log(capsys, database_url, tmp_path):
    log = tmp_path / "log"
    arguments = ("--name", "Anna Le Goff", "--role", "REFERENT", "--scope", "maurepas")
    assert commands.main(["invite", *arguments, "--database", database_url]) == 0
    code = capsys.readouterr().out.strip()
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE device ADD CHECK (name <> 'Portable de Maëlle')")
    with (
        serving(database_url, log) as url,
        httpx2.Client(base_url=url, trust_env=False) as client,
    ):
        with pytest.raises(RefusedError) as refused:
            Laptop(client, SystemClock()).enrol(code, "Portable de Maëlle")
        assert (refused.value.status, refused.value.refusal.code) == (500, "busy")
    written = log.read_text(encoding="utf-8")
    assert "CheckViolation" in written
    assert "devices.py" in written
    assert "Maëlle" not in written
    assert "DETAIL" not in written
