"""What is in the memory of a process, and which program it runs."""

import os
from pathlib import Path

import pytest

from tests.journeys.traces import spellings

PIECE = 1 << 20


def found_in(pid: int, texts) -> set[str]:
    """Which of these texts are in the memory of a process."""
    wanted = {spelling: text for text in texts for spelling in spellings(text)}
    longest = max(map(len, wanted))
    found = set()
    for piece in _pieces(pid, longest):
        found |= {text for spelling, text in wanted.items() if spelling in piece}
    return found


def _pieces(pid: int, overlap: int):
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for start, end in _regions(pid):
            tail = b""
            for place in range(start, end, PIECE):
                try:
                    memory.seek(place)
                    piece = memory.read(min(PIECE, end - place))
                except (OSError, ValueError):
                    # Pages of the system itself cannot be read, by nobody.
                    break
                yield tail + piece
                tail = piece[-overlap:]


def _regions(pid: int):
    for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
        span, rights, *_ = line.split()
        if "r" in rights:
            start, end = (int(place, 16) for place in span.split("-"))
            yield start, end


def require_reading(pid: int) -> None:
    """Skip where the system does not let this test look."""
    if not Path(f"/proc/{pid}/mem").exists():
        pytest.skip("this system shows nobody the memory of a process")
    try:
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY))
    except OSError:
        pytest.skip("the memory of a hardened process is shown to the administrator alone")


def command_line(pid: int) -> list[str]:
    """The arguments of the program that a process runs now."""
    raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    return raw.decode().rstrip("\0").split("\0")


def has_loaded(pid: int, library: str) -> bool:
    return library in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
