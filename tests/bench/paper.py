"""The plan of two pages as PDF beside a bare canvas and other engines: G13."""

import time
from collections.abc import Callable

from tests.bench.measure import PRODUCT, Bound, Case, Subject, in_turn, ratio
from tests.bench.plan_pdf import builders

ROUNDS = 5
PAPERS = 8
SLOW_PAPERS = 1
_SLOW = frozenset({"fpdf2"})


def rows() -> list[Subject]:
    made = builders()
    sizes = {name: len(build()) / 1000 for name, build in made.items()}
    cases = in_turn({name: _batch(name, build) for name, build in made.items()}, ROUNDS)
    return [
        Subject(
            "Plan of two pages as PDF, in a batch",
            "platypus",
            cases,
            (
                Bound("G13", "time ÷ platypus", ratio(cases, "platypus"), 1),
                Bound("G13", "time ÷ fpdf2", ratio(cases, "fpdf2"), 1 / 4),
                Bound("G13", "time ÷ typst", ratio(cases, "typst"), None, 2),
                Bound("G13", "kB", sizes[PRODUCT], None, 80),
            ),
            (
                f"time ÷ bare canvas: {ratio(cases, 'bare canvas'):.2f}",
                "kB: " + ", ".join(f"{name} {size:.0f}" for name, size in sizes.items()),
            ),
        )
    ]


def _batch(name: str, build: Callable[[], bytes]) -> Case:
    """Seconds of one paper, from a few in a row."""
    papers = SLOW_PAPERS if name in _SLOW else PAPERS

    def run() -> float:
        start = time.perf_counter()
        for _ in range(papers):
            build()
        return (time.perf_counter() - start) / papers

    return run
