"""A headquarters that is not there, is another service, or knows no such code."""

from datetime import timedelta

import pytest

from plie_desktop.clock import SystemChance, SystemClock
from plie_desktop.demo.line import Line
from plie_desktop.protocol.enrolment import new_code
from plie_desktop.security.vault import Vault
from tests.journeys.scripts import Script
from tests.journeys.shell import is_one_line, run
from tests.journeys.strangers import STRANGERS, listening, nobody
from tests.journeys.vaults import Base
from tests.support.laptops import PASSPHRASE, enrolled, live_headquarters

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.postgres]

EXPIRED = timedelta(seconds=-1)


@pytest.fixture
def phrase(tmp_path):
    file = tmp_path / "phrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


@pytest.fixture
def enrol(phrase, tmp_path):
    """Enrols a new laptop from the shell; gives how it ended and whether a vault is there."""

    def act(server: str, code: str):
        vault = tmp_path / "neuf"
        given = ("--vault", vault, "--passphrase-file", phrase)
        done = run(*given, "enrol", "--server", server, "--code", code, "--name", "Portable 3")
        left = [file.name for file in tmp_path.glob("neuf*") if file.suffix != ".log"]
        return done, left

    return act


def a_code() -> str:
    return new_code(SystemChance())


def test_an_address_or_a_code_that_cannot_be_one_is_told_without_a_try(enrol):
    for server, code in (
        ("http://siege.example.org", a_code()),
        ("https://siege.example.org/plie", a_code()),
        ("mon siège", a_code()),
        (nobody(), "1234"),
    ):
        done, left = enrol(server, code)
        assert done.is_refused
        assert not left


def test_nobody_at_the_address_leaves_no_vault(enrol):
    done, left = enrol(nobody(), a_code())
    assert done.is_refused
    assert not left


def test_the_page_of_a_network_is_not_taken_for_headquarters(enrol):
    with listening(STRANGERS["a_portal"]) as url:
        for address in (url, url.replace("http://", "https://")):
            done, left = enrol(address, a_code())
            assert done.is_refused
            assert not left


def test_a_wrong_code_a_used_one_and_one_too_old_are_told_and_leave_no_vault(
    enrol, database_url, tmp_path
):
    with live_headquarters(database_url) as headquarters:
        used = headquarters.code()
        enrolled(tmp_path / "premier", headquarters.url, used, SystemClock()).close()
        for code in (a_code(), used):
            done, left = enrol(headquarters.url, code)
            assert done.is_refused
            assert not left
    with live_headquarters(database_url, invitation_life=EXPIRED) as headquarters:
        done, left = enrol(headquarters.url, headquarters.code())
        assert done.is_refused
        assert not left


@pytest.fixture
def laptop(database_url, tmp_path, phrase):
    """A laptop with edits that wait, and the line it speaks over."""
    with live_headquarters(database_url) as headquarters:
        line = Line(headquarters.url)
        desk = enrolled(tmp_path / "coffre", line.url, headquarters.code(), SystemClock())
        desk.person(birth_name="Le Goff", first_name="Maëlle")
        desk.close()
        keys = Vault(desk.folder, None, SystemChance()).open(PASSPHRASE)
        base = Base(desk.folder, keys.database.hex() + keys.salt.hex())
        yield Script(base, phrase), line
        line.close()


def is_refused_on_the_way(done) -> bool:
    """Exit 1, and after what was told of the progress one sentence."""
    return done.code == 1 and not done.out and is_one_line(done.err.splitlines()[-1])


def test_an_exchange_with_a_stranger_changes_nothing_and_the_next_one_sends_all(laptop):
    script, line = laptop
    headquarters = line._target
    before = script.base.read(script.phrase.with_name("avant"))
    for name, answer in STRANGERS.items():
        with listening(answer) as url:
            line._target = ("127.0.0.1", int(url.rpartition(":")[2]))
            assert is_refused_on_the_way(script("sync")), name
    line.cut()
    assert is_refused_on_the_way(script("sync"))
    after = script.base.read(script.phrase.with_name("apres"))
    assert (after.answers, after.waiting) == (before.answers, before.waiting)
    assert before.waiting
    line._target = headquarters
    line.mend()
    done = script("sync", "--json")
    assert (done.code, done.document["waiting"]) == (0, 0)
    assert done.document["sent"] > 0
