"""Rounds taken in turn (A B A B …), medians, ratios, and what they are held against."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Case = Callable[[], float]
"""Does the work once and gives its seconds."""

PRODUCT = "product"
_MOST_ROUNDS = 20
"""Of more, single ones say nothing."""


@dataclass(frozen=True)
class Bound:
    """A figure of the product that should be small.

    Attributes:
        goal: its name in the table of goals, such as `G1`.
        said: what the figure is.
        floor: above it something is wrong; None where the table of goals says nothing.
        aim: the ambitious value; None as well.
    """

    goal: str
    said: str
    value: float
    floor: float | None
    aim: float | None = None

    @property
    def is_missed(self) -> bool:
        return self.floor is not None and self.value > self.floor

    @property
    def reached(self) -> str:
        if self.is_missed:
            return "MISSED"
        if self.aim is not None and self.value <= self.aim:
            return "goal"
        return "floor" if self.floor is not None else "goal not reached"


@dataclass(frozen=True)
class Subject:
    """One subject of the bench.

    Attributes:
        cases: seconds of each round by case; the product and the base case are among them.
        notes: what a reader should know about these figures.
    """

    title: str
    base: str
    cases: Mapping[str, list[float]]
    bounds: tuple[Bound, ...]
    notes: tuple[str, ...] = field(default=())


def in_turn(cases: Mapping[str, Case], rounds: int) -> dict[str, list[float]]:
    """Run the cases one after the other, `rounds` times over."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            seconds[name].append(case())
    return seconds


def ratio(cases: Mapping[str, list[float]], base: str, case: str = PRODUCT) -> float:
    """The median of a case in medians of the base case."""
    return statistics.median(cases[case]) / statistics.median(cases[base])


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Adds the seconds of the block to the list."""
    start = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - start)


def show(subject: Subject) -> None:
    """Print medians, their ratio to the base case and its range over the rounds, and the bounds."""
    out = sys.stdout.write
    out(f"\n{subject.title}\n")
    for name, seconds in subject.cases.items():
        line = f"  {name:<44}{statistics.median(seconds) * 1000:>10.1f} ms  n={len(seconds):<5}"
        out(f"{line}{_beside(subject, name)}\n")
    for bound in subject.bounds:
        columns = f"{_column('floor', bound.floor)}{_column('goal', bound.aim)}"
        out(f"  {bound.goal:<4}{bound.said:<40}{bound.value:>10.2f}     {columns}{bound.reached}\n")
    for note in subject.notes:
        out(f"  · {note}\n")
    sys.stdout.flush()


def _column(name: str, value: float | None) -> str:
    return f"{name} {value:g}".ljust(14) if value is not None else " " * 14


def _beside(subject: Subject, name: str) -> str:
    if name == subject.base:
        return "base"
    base, mine = subject.cases[subject.base], subject.cases[name]
    shown = f"×{ratio(subject.cases, subject.base, name):.2f}"
    if len(base) != len(mine) or len(base) > _MOST_ROUNDS:
        return shown
    rounds = [one / other for one, other in zip(mine, base, strict=True)]
    return f"{shown} ({min(rounds):.2f}–{max(rounds):.2f})"


def save(subjects: list[Subject], file: Path) -> None:
    """Every round of every case, for later reading."""
    content = [
        {
            "title": subject.title,
            "base": subject.base,
            "cases": subject.cases,
            "bounds": [
                {
                    "goal": bound.goal,
                    "said": bound.said,
                    "value": bound.value,
                    "floor": bound.floor,
                    "aim": bound.aim,
                    "reached": bound.reached,
                }
                for bound in subject.bounds
            ],
            "notes": subject.notes,
        }
        for subject in subjects
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
