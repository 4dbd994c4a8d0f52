"""One edit waiting for headquarters: what changed in one record in one save."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from plie_desktop.models.domain.records import Kind


class Action(StrEnum):
    """What happened to the record."""

    INSERT = "i"
    UPDATE = "u"


@dataclass(frozen=True)
class Edit:
    """A sealed edit.

    Attributes:
        dseq: contiguous number of the edit on this device, from 1.
        tx: number of the save; the edits of one save are applied together or not at all.
        base: version of the record last received when it was first touched, 0 for a new one.
        hlc: hybrid logical clock of the save: milliseconds << 16 | counter.
        values: new values of the changed columns only.
    """

    dseq: int
    tx: int
    kind: Kind
    record_id: UUID
    root_id: UUID
    action: Action
    base: int
    hlc: int
    values: Mapping[str, str | None] = field(repr=False)
