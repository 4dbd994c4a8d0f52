"""A conflict as it is kept: codes and raw values, before they are put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from plie_desktop.models.domain.records import Kind


@dataclass(frozen=True)
class Candidate:
    """A value that was not taken into force, and who wrote it when."""

    values: Mapping[str, str | None] = field(repr=False)
    by: str
    at: datetime | None


@dataclass(frozen=True)
class StoredConflict:
    """An open review item on one merge unit of one record.

    Attributes:
        question: question key when the record is an answer, else empty.
        base: values both started from, when headquarters still knew them.
    """

    id: UUID
    participant_id: UUID
    display_name: str = field(repr=False)
    kind: Kind
    record_id: UUID
    unit: str
    question: str
    base: Mapping[str, str | None] = field(repr=False)
    current: Candidate
    candidates: tuple[Candidate, ...]
