"""The command line in this process, with the cheap key derivation of tests."""

import json
from dataclasses import dataclass

import pytest

from plie_desktop import bootstrap
from plie_desktop.commands.running import main
from tests.support.laptops import PASSPHRASE, live_headquarters, tools


@dataclass
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch):
    made = tools()
    monkeypatch.setattr(bootstrap, "tools", lambda: made)


@pytest.fixture
def vault(tmp_path):
    return tmp_path / "coffre d'essai"


@pytest.fixture
def passphrase_file(tmp_path):
    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


@pytest.fixture
def run(vault, passphrase_file, capsys):
    def command(*arguments: object) -> Done:
        given = ["--vault", str(vault), "--passphrase-file", str(passphrase_file)]
        code = main([*given, *map(str, arguments)])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return command


@pytest.fixture
def practice(run):
    """The command, on a vault to practise on."""
    assert run("practice").code == 0
    return run


@pytest.fixture
def headquarters(database_url):
    with live_headquarters(database_url) as made:
        yield made
