"""What headquarters sent back, in the form in which the store applies it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from plie_desktop.models.domain.records import Kind


class Verdict(IntEnum):
    """What became of an edit; the numbers travel."""

    APPLIED = 0
    SAME = 1
    CONFLICT = 2
    SUPERSEDED = 3
    PARKED = 4
    REDIRECTED = 5
    ERASED = 6


@dataclass(frozen=True)
class EditVerdict:
    """The verdict on one edit, with the values now in force for its columns."""

    dseq: int
    verdict: Verdict
    ref: bytes = b""
    values: Mapping[str, str | None] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class RowBlock:
    """Rows of one kind that bring the same columns.

    Attributes:
        rows: `[version, id, root, value, …]`, ids as 16 bytes, values in the order of `columns`.
    """

    kind: Kind
    columns: tuple[str, ...]
    is_whole: bool
    rows: Sequence[Sequence[int | bytes | str | None]] = field(repr=False)


@dataclass(frozen=True)
class SyncPage:
    """One reply: applied with its cursor in one transaction, or not at all.

    Attributes:
        last: number of the last edit headquarters has journalled for this base.
        durable: edits up to this number are in a verified backup.
    """

    epoch: int
    last: int
    durable: int
    verdicts: tuple[EditVerdict, ...]
    blocks: tuple[RowBlock, ...]
    evict: tuple[UUID, ...]
    erase: tuple[UUID, ...]
    cursor: bytes
    clock: int
