"""Decides about one unit of columns of one edit: three-way by version, the clock as tie-break.

Pure. Only the other parts of the server come in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from plie_desktop.models.domain.intake_form import Policy
from plie_desktop.models.domain.records import KINDS, Kind, policy_of, unit_of
from plie_desktop.server.rows import Row, Stamp


class Ruling(Enum):
    """What happens to the values proposed for a unit."""

    APPLY = auto()
    SAME = auto()
    LOSE = auto()
    REVIEW = auto()


@dataclass(frozen=True)
class Proposal:
    """What an edit proposes for one unit.

    Attributes:
        values: the columns of the unit that the edit changes.
        seen: version of the record that its author had before them.
        stamp: who proposes, and the effective clock.
    """

    values: Mapping[str, str | None]
    seen: int
    stamp: Stamp


def units(kind: Kind, values: Mapping[str, str | None]) -> dict[str, dict[str, str | None]]:
    """The values of an edit, by merge unit."""
    grouped: dict[str, dict[str, str | None]] = {}
    for column, value in values.items():
        grouped.setdefault(unit_of(kind, column), {})[column] = value
    return grouped


def columns_of_unit(kind: Kind, unit: str) -> list[str]:
    return [column.name for column in KINDS[kind].columns if column.merge_unit == unit]


def stamps_of_unit(row: Row, unit: str) -> list[Stamp]:
    """The stamps of the columns of a unit that were ever written."""
    stamps = (row.stamp(column) for column in columns_of_unit(Kind(row.kind), unit))
    return [stamp for stamp in stamps if stamp is not None]


def seen_of(row: Row, claimed: int) -> int:
    """The version of a record that an author had before them, of those that were given here.

    A base that was restored without notice has forgotten versions that laptops saw, and may have
    given them again to other values: of a record that is behind what its author says, nothing is
    taken for seen.
    """
    return claimed if claimed <= row.ver else 0


def is_unseen(stamps: Sequence[Stamp], proposal: Proposal) -> bool:
    """Whether someone else wrote there what the author of the proposal had not seen."""
    return any(stamp.ver > proposal.seen and stamp.base != proposal.stamp.base for stamp in stamps)


def decide(row: Row, unit: str, proposal: Proposal, device_of: Mapping[int, int]) -> Ruling:
    """The ruling on a proposal for a record that exists.

    `device_of` has the laptop of each base file: of two equal clocks the higher laptop wins.
    """
    stamps = stamps_of_unit(row, unit)
    if all(row.data.get(column) == value for column, value in proposal.values.items()):
        return Ruling.SAME
    if not is_unseen(stamps, proposal):
        return Ruling.APPLY
    if _policy(row, proposal) is not Policy.LATEST:
        return Ruling.REVIEW
    mine = (proposal.stamp.hlc, device_of[proposal.stamp.base])
    latest = max((stamp.hlc, device_of.get(stamp.base, 0)) for stamp in stamps)
    return Ruling.APPLY if mine > latest else Ruling.LOSE


def _policy(row: Row, proposal: Proposal) -> Policy:
    # Of an answer, the policy is its question's.
    question = row.data.get("field")
    return policy_of(Kind(row.kind), next(iter(proposal.values)), question)


def is_latest(row: Row, proposal: Proposal) -> bool:
    """Whether the clock decides here, so that it must be kept even for an equal value."""
    return _policy(row, proposal) is Policy.LATEST
