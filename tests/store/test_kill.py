"""SIGKILL at any moment: what was said to be kept is there, and no save is there in part."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plie_desktop.models.domain.records import Kind
from tests.support.builders import begin_file, pending
from tests.support.stores import BaseFile

ROUNDS = 20
SEED = 20260302

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks and signals of POSIX")


class Victim:
    """The program that is killed again and again."""

    def __init__(self, base, person):
        keys = (base.key.hex(), base.salt.hex(), person.bytes.hex())
        self._program = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("killed_writer.py"), base.path, *keys],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert self._next() == "ready"

    def kill_after(self, order, seconds, said):
        """Give an order, kill the child that long after it said a word; gives all it said."""
        print(order, file=self._program.stdin, flush=True)
        child = int(self._next().removeprefix("child "))
        words = []
        while said and not words:
            words.append(self._next())
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        while (word := self._next()) != "dead":
            words.append(word)
        return words

    def end(self):
        self._program.stdin.close()
        self._program.wait(timeout=30)
        self._program.stdout.close()

    def _next(self):
        return self._program.stdout.readline().strip()


@pytest.fixture
def person_and_victim(base_file):
    store = base_file.open(create=True)
    person = begin_file(store)
    store.close()
    victim = Victim(base_file, person)
    yield person, victim
    victim.end()


def counts_in(store, person):
    with store.read() as transaction:
        intake = transaction.intakes.get(person)
        (step,) = transaction.pathways.steps(person)
    texts = (intake.value("first_contact_place"), intake.value("comment"), step.title)
    return tuple(map(int, texts))


def counts_sent(edits, person):
    """The same counts, as the edits replayed in order give them."""
    rows = {}
    for edit in edits:
        if edit.root_id == person:
            rows.setdefault(edit.kind, {}).update(edit.values)
    return (
        int(rows[Kind.PARTICIPANT]["first_contact_place"]),
        int(rows[Kind.ANSWER]["value"]),
        int(rows[Kind.STEP]["title"]),
    )


def test_every_save_said_to_be_kept_is_there_whole_after_a_kill(base_file, person_and_victim):
    person, victim = person_and_victim
    moments = random.Random(SEED)
    kept = 0
    for _ in range(ROUNDS):
        words = victim.kill_after("save", moments.uniform(0, 0.12), said=True)
        kept = max([kept, *(int(word.removeprefix("kept ")) for word in words)])
        store = base_file.open()
        place, comment, title = counts_in(store, person)
        assert place == comment == title
        assert kept <= place <= kept + 1
        assert counts_sent(pending(store), person) == (place, comment, title)
        assert store.examine().findings == ()
        store.close()
        kept = place


def test_making_a_base_leaves_a_whole_one_or_none(person_and_victim, tmp_path, base_file):
    _, victim = person_and_victim
    moments = random.Random(SEED)
    for turn in range(8):
        base = BaseFile(tmp_path / f"made{turn}.db", base_file.key, base_file.salt)
        victim.kill_after(f"make {base.path}", moments.uniform(0, 0.08), said=False)
        store = base.open(create=not base.path.exists())
        begin_file(store)
        assert store.examine().findings == ()
        store.close()
