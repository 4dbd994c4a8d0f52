"""Where days fall on a line of months, and which steps share a row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from plie_desktop.models.domain.pathway import Pathway
from plie_desktop.models.domain.step import FILLS_TIME, Step

_AHEAD: Final = timedelta(days=45)
"""Shown after the last day known, so that what comes next has a place."""
_LEAST_MONTH: Final = 34
_EVERY: Final = (1, 2, 3, 6, 12)
_YEAR: Final = 12


@dataclass(frozen=True)
class Axis:
    """Whole months from `first` to the day before `end`, on `width` points."""

    first: date
    end: date
    width: int

    def at(self, day: date) -> int:
        """The left edge of a day; days outside fall on the ends."""
        share = (day - self.first).days / (self.end - self.first).days
        return round(min(1.0, max(0.0, share)) * self.width)

    def months(self) -> tuple[date, ...]:
        """First days of the months that have room for their name."""
        every = tuple(_months(self.first, self.end))
        room = self.width / max(1, len(every))
        step = next((n for n in _EVERY if room * n >= _LEAST_MONTH), _EVERY[-1])
        return tuple(month for month in every if (month.month - 1) % step == 0)


def axis(pathway: Pathway, today: date, width: int) -> Axis:
    """The months that a pathway spans, today and some weeks ahead among them."""
    days = [today, today + _AHEAD]
    days += [pathway.entry_on] if pathway.entry_on else []
    for step in pathway.steps:
        days += [step.starts_on, step.ends_on or step.starts_on + _AHEAD]
    first, last = min(days), max(days)
    return Axis(first.replace(day=1), next_month(last.replace(day=1)), max(1, width))


def rows(steps: Iterable[Step]) -> tuple[tuple[Step, int], ...]:
    """Each step with its row: steps that overlap lie one under the other.

    The first row is left to steps that fill time, so that every gap shows in it.
    """
    free: list[date] = []
    placed: list[tuple[Step, int]] = []
    for step in sorted(steps, key=lambda s: (s.state not in FILLS_TIME, s.starts_on)):
        least = 0 if step.state in FILLS_TIME else 1
        row = _first_free(free, step.starts_on, least)
        free += [date.min] * (row + 1 - len(free))
        free[row] = step.ends_on or date.max
        placed.append((step, row))
    return tuple(placed)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // _YEAR, first.month % _YEAR + 1, 1)


def _first_free(free: Sequence[date], day: date, least: int) -> int:
    open_rows = (row for row in range(least, len(free)) if free[row] < day)
    return next(open_rows, max(least, len(free)))


def _months(first: date, end: date) -> Iterator[date]:
    while first < end:
        yield first
        first = next_month(first)
