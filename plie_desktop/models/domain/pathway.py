"""The pathway (*parcours*): steps in time, and the gaps between them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from plie_desktop.models.domain.step import Step
from plie_desktop.text import N_

Stretch = tuple[date, date | None]
"""First and last day; without a last one it goes on."""


class GapLevel(StrEnum):
    """How much a gap should worry."""

    SHORT = "short"
    AMBER = "amber"
    RED = "red"
    HEADQUARTERS = "headquarters"


@dataclass(frozen=True)
class GapRules:
    """Days from which a gap is amber, red, and listed at headquarters.

    No national figure exists; these are the proposal of the protocol.
    """

    amber: int = 30
    red: int = 60
    headquarters: int = 90

    def level(self, days: int) -> GapLevel:
        if days >= self.headquarters:
            return GapLevel.HEADQUARTERS
        if days >= self.red:
            return GapLevel.RED
        return GapLevel.AMBER if days >= self.amber else GapLevel.SHORT


@dataclass(frozen=True)
class Gap:
    """A stretch of days without a step.

    Attributes:
        starts_on: first day without a step.
        ends_on: last day without a step; None when nothing is planned after.
        days: length in days, up to the day of the count when the gap is open.
        level: how much it should worry.
    """

    starts_on: date
    ends_on: date | None
    days: int
    level: GapLevel

    @property
    def is_open(self) -> bool:
        return self.ends_on is None


@dataclass(frozen=True)
class Objective:
    """What the person wants, in their own words; rank 1 comes first."""

    id: UUID
    participant_id: UUID
    rank: int
    words: str = field(repr=False)


class InterviewState(StrEnum):
    """What became of a meeting (values of the field's appointment tools)."""

    PLANNED = "PLANNED"
    SEEN = "SEEN"
    EXCUSED = "EXCUSED"
    NOSHOW = "NOSHOW"


INTERVIEW_STATE_LABELS = {
    InterviewState.PLANNED: N_("Prévu"),
    InterviewState.SEEN: N_("Venu·e"),
    InterviewState.EXCUSED: N_("Excusé·e"),
    InterviewState.NOSHOW: N_("Absent·e"),
}


@dataclass(frozen=True)
class Interview:
    """A meeting with the referent; `starts_at` is local French time, ISO without zone.

    It is kept as it came: `dates.local_moment` reads it.
    """

    id: UUID
    participant_id: UUID
    starts_at: str
    place: str
    state: InterviewState = InterviewState.PLANNED
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class Pathway:
    """All that is planned and done with one participant.

    Attributes:
        entry_on: day from which a step is expected; None before the person is admitted.
        steps: by start day.
        gaps: by start day.
    """

    participant_id: UUID
    entry_on: date | None
    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]
    objectives: tuple[Objective, ...] = ()
    interviews: tuple[Interview, ...] = ()


def find_gaps(
    steps: Iterable[Step], entry_on: date | None, today: date, rules: GapRules
) -> tuple[Gap, ...]:
    """Days that no step fills, from the entry (or the first step) to today or the last step.

    Overlapping steps count as one stretch. An abandoned or interrupted step fills the days
    before it was stopped; a refused, cancelled or missed one never began and fills none. A last
    gap is open when the last step ended before today.
    """
    gaps: list[Gap] = []
    free_from = entry_on
    for start, end in _merged(filter(None, (step.filled(today) for step in steps))):
        if free_from is not None and start > free_from:
            days = (start - free_from).days
            gaps.append(Gap(free_from, start - timedelta(days=1), days, rules.level(days)))
        if end is None:
            return tuple(gaps)
        after = _day_after(end)
        free_from = after if free_from is None else max(free_from, after)
    if free_from is not None and free_from <= today:
        days = (today - free_from).days + 1
        gaps.append(Gap(free_from, None, days, rules.level(days)))
    return tuple(gaps)


def _day_after(day: date) -> date:
    # 31/12/9999 is what people type for "no end", and no day follows it.
    return day + timedelta(days=1) if day < date.max else day


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for first, last in sorted(stretches, key=lambda stretch: stretch[0]):
        if merged:
            start, end = merged[-1]
            if end is None:
                break
            if first <= _day_after(end):
                merged[-1] = (start, None if last is None else max(end, last))
                continue
        merged.append((first, last))
    return merged
