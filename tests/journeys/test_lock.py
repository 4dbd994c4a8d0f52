"""Locking in the middle of a word: nothing typed is lost, and nothing of it stays in memory."""

import sys
import time
from pathlib import Path

import pytest

from tests.journeys import memory
from tests.journeys.vaults import make_practice_vault
from tests.journeys.windows import PATIENCE, HungWindowError, Window
from tests.support.laptops import PASSPHRASE

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="reads /proc, as of Linux"),
]

TEXT = "48 rue du Kouign-amann caché"
BACK = 6
PEOPLE = ("Essai-Châtaignier", "Essai-Aubépine")
"""Names of people in a vault of practice."""


@pytest.fixture
def base(tmp_path):
    return make_practice_vault(tmp_path / "coffre")


def until(holds, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise HungWindowError(what)
        time.sleep(0.02)


def is_same_spot(inside, before) -> bool:
    field, caret = before["spot"]
    return (
        inside["place"] == "intake"
        and inside["participant"] == before["participant"]
        and inside["field"] == field == "street"
        and inside["caret"] == caret
        and inside["focused"] == before["text"]
    )


def test_locking_inside_a_word_comes_back_to_the_very_letter(base):
    given = {"text": TEXT, "back": BACK, "comes_back": True}
    with Window(base.folder, PASSPHRASE, "lock_half_way", **given) as window:
        first = window.wait("born")
        before = window.wait("locking")
        window.order(scene="look")
        # The next to speak is born in the same process: nobody was asked anything in between.
        second = window.next()
        inside = window.wait("inside")
    assert second == {"event": "born", "pid": first["pid"]}
    assert before["text"] == TEXT
    assert before["spot"][1] == len(TEXT) - BACK
    assert is_same_spot(inside, before)


def test_a_laptop_left_alone_locks_itself_and_loses_nothing(base):
    given = {"text": TEXT, "idle_seconds": 10.0, "comes_back": True}
    with Window(base.folder, PASSPHRASE, "go_away", **given) as window:
        window.order(scene="look", idle_seconds=0)
        first = window.wait("born")
        while (event := window.next())["event"] != "born":
            before = event
        inside = window.wait("inside")
    assert event["pid"] == first["pid"]
    assert before["event"] == "locking"
    assert is_same_spot(inside, before)


def test_the_locked_program_holds_nothing_of_the_vault(base, tmp_path):
    with Window(base.folder, PASSPHRASE, "lock_half_way", text=TEXT, back=BACK) as window:
        before = window.wait("inside")
        memory.require_reading(window.pid)
        assert before["place"] == "today"
        secrets = [PASSPHRASE, base.key[:64], *PEOPLE]
        assert set(PEOPLE) & memory.found_in(window.pid, PEOPLE)
        locked = window.wait("locking")
        until(lambda: "plie_desktop" in memory.command_line(window.pid), "the lock")
        until(lambda: memory.has_loaded(window.pid, "sqlcipher3"), "the painted door")
        assert memory.command_line(window.pid) == [
            sys.executable,
            "-m",
            "plie_desktop",
            "--vault",
            str(base.folder),
            "--language",
            "fr",
        ]
        assert not memory.found_in(window.pid, [TEXT, TEXT[:-BACK], *secrets])
        assert memory.found_in(window.pid, ["Phrase de passe"])
    found = base.read(tmp_path / "copie")
    assert found.answers[locked["participant"], "street"] == TEXT
