"""The program as a script at headquarters runs it: a command line, an exit code, two streams."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self):
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def is_refused(self) -> bool:
        """Exit 1 with one or two French sentences on one line, and nothing else."""
        return self.code == 1 and not self.out and is_one_line(self.err)


def is_one_line(told: str) -> bool:
    """Whether this is what a person can be told: one line, at most two sentences."""
    line = told.removesuffix("\n")
    return (
        "\n" not in line
        and line.endswith(".")
        and line[0].isupper()
        and len(_SENTENCE_END.findall(line)) <= 2
        and not any(word in line for word in ("Traceback", "Error", "Errno", "{", "}"))
    )


def run(*arguments: object, said: str | None = None) -> Done:
    """Run `plie-desktop` with these arguments; nobody is at the keyboard."""
    done = subprocess.run(
        [sys.executable, "-m", "plie_desktop", *map(str, arguments)],
        input=said,
        stdin=subprocess.DEVNULL if said is None else None,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "error"},
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)
