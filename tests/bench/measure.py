"""Rounds taken in turn (A B A B …), medians, and the ratio to the base case."""

import json
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Case = Callable[[], float]
"""Does the work once and gives its seconds."""


@dataclass(frozen=True)
class Subject:
    """One line of the table.

    Attributes:
        goal: name in the table of goals, such as `G1`.
        floor: largest ratio below which nothing is wrong; None when the bound is not a ratio.
        aim: the ambitious ratio.
        cases: seconds of each round by case; `product` and the base case are among them.
        notes: figures that are not times, such as bytes, with their own bounds spelled out.
    """

    goal: str
    title: str
    base: str
    floor: float | None
    aim: float | None
    cases: Mapping[str, list[float]]
    notes: tuple[str, ...] = ()
    failures: tuple[str, ...] = field(default=())

    def ratio(self, case: str = "product") -> float:
        return statistics.median(self.cases[case]) / statistics.median(self.cases[self.base])

    @property
    def reached(self) -> str:
        if self.failures or (self.floor is not None and self.ratio() > self.floor):
            return "below the floor"
        return "goal" if self.aim is not None and self.ratio() <= self.aim else "floor"


def in_turn(cases: Mapping[str, Case], rounds: int) -> dict[str, list[float]]:
    """Run the cases one after the other, `rounds` times over."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            seconds[name].append(case())
    return seconds


def show(subject: Subject) -> None:
    """Print one subject: medians, ratios, and which column of the goals is reached."""
    out = sys.stdout.write
    out(f"\n{subject.goal}  {subject.title}\n")
    for name, seconds in subject.cases.items():
        median = statistics.median(seconds)
        rounds = len(seconds)
        mark = f"x{subject.ratio(name):.2f}" if name != subject.base else "base"
        out(f"    {name:<42} {median * 1000:>10.1f} ms   {mark:>7}   n={rounds}\n")
    for note in subject.notes:
        out(f"    {note}\n")
    for failure in subject.failures:
        out(f"    NOT REACHED: {failure}\n")
    bounds = f"floor x{subject.floor}, goal x{subject.aim}" if subject.floor else ""
    out(f"    -> {subject.reached}   {bounds}\n")


def save(subjects: list[Subject], file: Path) -> None:
    """Every round of every case, for later reading."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = [
        {
            "goal": s.goal, "title": s.title, "base": s.base, "reached": s.reached,
            "ratio": s.ratio(), "cases": dict(s.cases), "notes": s.notes,
        }
        for s in subjects
    ]  # fmt: skip
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False), encoding="utf-8")
