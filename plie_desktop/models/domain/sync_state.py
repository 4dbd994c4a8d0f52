"""The true state of what left and what waits, and the conflicts a person settles."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Connection(StrEnum):
    """What is known of the way to headquarters; the truth is the last request."""

    NONE = "none"
    UNTRIED = "untried"
    ONLINE = "online"
    OFFLINE = "offline"
    RUNNING = "running"


@dataclass(frozen=True)
class SyncStatus:
    """What the pill and the page say; every number is counted in the base.

    Attributes:
        waiting: edits not yet received by headquarters.
        waiting_files: participants concerned by them.
        parked: edits received but not taken into account yet.
        conflicts: open conflicts.
        held: files handed over to others that stay here until what is being typed about them is
            saved or given up.
        last_success_at: end of the last complete exchange, UTC.
        last_problem: French sentence of the last attempt, empty when it succeeded.
    """

    connection: Connection
    waiting: int = 0
    waiting_files: int = 0
    parked: int = 0
    conflicts: int = 0
    held: int = 0
    last_success_at: datetime | None = None
    last_problem: str = ""
    server: str = ""
    device_name: str = ""


@dataclass(frozen=True)
class SyncReport:
    """What one exchange cycle did, in records."""

    sent: int = 0
    received: int = 0
    to_settle: int = 0
    parked: int = 0
    waiting: int = 0
    bytes_out: int = 0
    bytes_in: int = 0
    requests: int = 0
    touched: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class WaitingFile:
    """A participant with edits that have not left yet, or who left but for a draft.

    Attributes:
        edits: 0 for a file handed over to others that a draft alone keeps here.
        since: moment of the first of them, UTC; None without any.
    """

    participant_id: UUID
    display_name: str = field(repr=False)
    edits: int
    since: datetime | None


class Decision(StrEnum):
    """How a person settles a conflict: keep the value in force, or take the other one."""

    KEEP = "keep"
    TAKE = "take"


@dataclass(frozen=True)
class Conflict:
    """Two values for the same question, written without seeing each other.

    Attributes:
        label: French message id of the question or column.
        base: value both started from; all values are as stored, `shown_*` as read by people.
    """

    id: UUID
    participant_id: UUID
    display_name: str = field(repr=False)
    label: str
    shown_base: str = field(repr=False)
    shown_current: str = field(repr=False)
    current_by: str
    current_at: datetime | None
    shown_candidate: str = field(repr=False)
    candidate_by: str
    candidate_at: datetime | None
