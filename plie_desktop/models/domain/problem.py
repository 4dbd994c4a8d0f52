"""A remark on an answer, in words the person at the keyboard can act on."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a problem holds up. None of them holds up saving."""

    STOPS = "stops"
    """The file cannot go to the commission, and a line of an import is turned away."""
    ASKS = "asks"
    """Something does not fit; the person is asked to look again."""
    POINTS_OUT = "points-out"
    """Worth knowing, often right as it is."""


@dataclass(frozen=True)
class Problem:
    """One remark on one answer.

    Attributes:
        field: key of the question it is about.
        sentence: French message id; its places are filled from `details`.
        details: values for the places. They may quote the answer, so they stay out of logs.
    """

    field: str
    level: Level
    sentence: str
    details: Mapping[str, object] = dataclasses.field(default_factory=dict, repr=False)
