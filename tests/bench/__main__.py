"""`python -m tests.bench [row …]`: the figures, each beside a limit's or a peer's of the same run.

Ratios are compared, never seconds: a machine that is busy moves both. Exit 1 when a figure is
above its floor.
"""

import argparse
import sys
from importlib import import_module

from tests.bench.headquarters import BUILD
from tests.bench.measure import Subject, save, show

ROWS = {
    "exchange": "first exchange, new files, changes, nothing new (G1 G3 G4 G5 G6 G7)",
    "search": "search among 100 000 people (G9)",
    "saving": "saving one answer (G12)",
    "paper": "the plan on paper (G13)",
    "start": "from the start of the process to the first paint (G15)",
    "few": "first exchange of few people (G2)",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        epilog="rows: " + "; ".join(f"{name}: {said}" for name, said in ROWS.items()),
    )
    parser.add_argument("row", nargs="*", help="measure only these; all without")
    asked = parser.parse_args().row
    if unknown := set(asked) - ROWS.keys():
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    subjects: list[Subject] = []
    for name in asked or ROWS:
        for subject in import_module(f"tests.bench.{name}").rows():
            show(subject)
            subjects.append(subject)
    save(subjects, BUILD / "results.json")
    missed = [bound for subject in subjects for bound in subject.bounds if bound.is_missed]
    for bound in missed:
        sys.stdout.write(f"\nMISSED: {bound.goal} {bound.said}: {bound.value:.2f}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
