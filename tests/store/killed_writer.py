"""A program to be killed: for each line it reads, a child opens the base and saves without end.

It is started by `test_kill.py`. The parts of a save all carry the same count; the count is
printed once the save is said to be kept.
"""

import os
import signal
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

from plie_desktop.clock import SystemClock, SystemIds
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.step import Step
from plie_desktop.store.sql_store import SqlStore

STEP = UUID(int=7)


def save_without_end(path, key, salt, person):
    store = SqlStore(path, key, salt, SystemClock(), SystemIds(), create=False)
    with store.read() as transaction:
        count = int(transaction.intakes.get(person).value("first_contact_place") or 0)
    while True:
        count += 1
        step = Step(STEP, person, "FORM", str(count), "", "", date(2026, 3, 2), None)
        answers = {key: Answer.given(str(count)) for key in ("first_contact_place", "comment")}
        with store.write(autosave=count % 3 != 0) as transaction:
            transaction.intakes.put(person, answers)
            transaction.pathways.put_step(step)
            if count % 5 == 0:
                transaction.intakes.create(SystemIds().new(), state=FileState.INTAKE)
        say(f"kept {count}")


def make_base(path, key, salt):
    SqlStore(path, key, salt, SystemClock(), SystemIds(), create=True)
    say("made")
    signal.pause()


def say(text):
    os.write(1, f"{text}\n".encode())


def main():
    path, key, salt, person = Path(sys.argv[1]), *map(bytes.fromhex, sys.argv[2:5])
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            if line.startswith("make"):
                make_base(Path(line.split(maxsplit=1)[1].strip()), key, salt)
            else:
                save_without_end(path, key, salt, UUID(bytes=person))
            os._exit(0)
        say(f"child {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
