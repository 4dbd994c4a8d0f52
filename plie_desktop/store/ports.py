"""What services may ask of the store. Frozen domain objects in, frozen domain objects out.

Everything here runs on the store lane. `SqlStore` (plie_desktop.store.sql_store) is the
implementation.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.edit import Edit
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.participant import FileState, ParticipantLine, StaffMember
from plie_desktop.models.domain.pathway import Interview, Objective
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.step import Step
from plie_desktop.models.domain.stored_conflict import StoredConflict
from plie_desktop.models.domain.sync_page import SyncPage
from plie_desktop.models.domain.sync_state import Decision, WaitingFile
from plie_desktop.text import N_

Thing = TypeVar("Thing")


def held(found: Thing | None) -> Thing:
    """What was found of a file.

    Raises:
        RefusedInputError: nothing was: the file is not on this laptop, or not any more.
    """
    if found is None:
        raise RefusedInputError(
            N_("Ce dossier n’est pas sur ce portable. Synchronisez, puis cherchez-le de nouveau.")
        )
    return found


class Participants(Protocol):
    """Files in lists and by id."""

    def find(self, search: str, *, limit: int = 50) -> tuple[ParticipantLine, ...]:
        """Files found by the beginnings of words of name, phone, number and commune.

        Accents and case aside; the most recently changed ones when `search` is empty.
        """
        ...

    def count(self, search: str = "") -> int: ...

    def ids(self, search: str) -> Sequence[UUID]:
        """Ids of all files found, in list order; for a list that reads its rows on demand."""
        ...

    def lines(self, ids: Sequence[UUID]) -> tuple[ParticipantLine, ...]: ...

    def get(self, participant_id: UUID) -> ParticipantLine | None: ...

    def by_reference(self, reference: str) -> UUID | None:
        """The file made from that line of an import."""
        ...

    def set_state(self, participant_id: UUID, state: FileState, entry_on: str | None) -> None:
        """Write both, exactly as given."""
        ...

    def set_referent(self, participant_id: UUID, staff_id: UUID | None) -> None: ...

    def referent(self, participant_id: UUID) -> StaffMember | None: ...

    def entry_on(self, participant_id: UUID) -> str | None: ...

    def with_open_gap(self, today: str) -> tuple[tuple[UUID, str], ...]:
        """Files admitted or in pathway that no step fills from that ISO day on (`Step.filled`).

        Each comes with the last day that a step filled, or its day of entry when none did;
        the longest gap first.
        """
        ...


class Intakes(Protocol):
    """Answers of one participant."""

    def create(self, participant_id: UUID, *, state: FileState, reference: str = "") -> None:
        """A new, empty file, numbered with the laptop's prefix."""
        ...

    def get(self, participant_id: UUID) -> Intake | None: ...

    def put(self, participant_id: UUID, answers: dict[str, Answer | None]) -> None:
        """Keep these answers; None takes one back. Unchanged answers write nothing.

        Raises:
            RefusedInputError: the file is not on this laptop, or not any more.
        """
        ...

    def parked(self) -> tuple[ParticipantLine, ...]:
        """Intakes begun on this laptop and not finished, latest first."""
        ...


class Pathways(Protocol):
    """Steps, objectives and interviews of one participant.

    To put one into a file that has left this laptop raises `RefusedInputError`.
    """

    def steps(self, participant_id: UUID) -> tuple[Step, ...]: ...

    def put_step(self, step: Step) -> None: ...

    def objectives(self, participant_id: UUID) -> tuple[Objective, ...]: ...

    def put_objective(self, objective: Objective) -> None: ...

    def interviews(self, participant_id: UUID) -> tuple[Interview, ...]: ...

    def put_interview(self, interview: Interview) -> None: ...

    def upcoming(self, since: str, *, limit: int = 20) -> tuple[Interview, ...]:
        """Planned interviews of all files from that local ISO moment on, soonest first."""
        ...


class Plans(Protocol):
    """Versions of the plan of one participant."""

    def versions(self, participant_id: UUID) -> tuple[PlanVersion, ...]: ...

    def add(self, version: PlanVersion) -> None:
        """Keep a version, or rewrite one that is not signed yet.

        Raises:
            RefusedInputError: this version is signed.
        """
        ...


class Staff(Protocol):
    """Colleagues known on this laptop."""

    def all(self) -> tuple[StaffMember, ...]: ...

    def get(self, staff_id: UUID) -> StaffMember | None: ...

    def put_local(self, member: StaffMember) -> None:
        """A colleague who exists on this laptop only (practice)."""
        ...


class Conflicts(Protocol):
    """Values written without seeing each other, until someone settles them."""

    def open(self) -> tuple[StoredConflict, ...]: ...

    def settle(self, conflict_id: UUID, decision: Decision, by: str, at: datetime) -> UUID:
        """Write the decision, and the candidate value when it is taken; gives the file's id."""
        ...


@dataclass(frozen=True)
class ExchangePlace:
    """Where the exchange with headquarters stands.

    Attributes:
        db: random id of this base, 16 bytes.
        epoch: server incarnation last spoken to, 0 before the first exchange.
        last: number of the last edit headquarters has journalled.
        durable: edits up to this number are in a verified backup.
        cursor: opaque, as received; everything before it has been applied.
        clock: this base's hybrid logical clock.
        following: number of the next edit.
    """

    db: bytes
    epoch: int
    last: int
    durable: int
    cursor: bytes
    clock: int
    following: int


class Outbox(Protocol):
    """Sealed edits and the state of the exchange."""

    def seal_stray(self) -> int:
        """Seal what was written outside a transaction of ours; gives the number of edits."""
        ...

    def close_open(self) -> None:
        """No more merging into the edits sealed so far: they are about to leave."""
        ...

    def pending(self, *, after: int, limit: int) -> tuple[Edit, ...]:
        """Closed edits with larger numbers than `after`, in order and without a hole."""
        ...

    def counts(self) -> tuple[int, int, int]:
        """Edits waiting, participants concerned, edits parked at headquarters."""
        ...

    def waiting_files(self, *, limit: int = 100) -> tuple[WaitingFile, ...]:
        """Files with edits that have not left, then those that only a draft keeps here."""
        ...

    def waiting_of(self, participant_id: UUID) -> int:
        """Edits of one file that have not left yet."""
        ...

    def held_by_draft(self) -> tuple[UUID, ...]:
        """Files handed over to others that stay here for what is being typed about them."""
        ...

    def place(self) -> ExchangePlace:
        """Where the exchange stands: moved by `apply`, with what it applied, and `start_over`."""
        ...

    def start_over(self) -> None:
        """Take a new id: another copy of this base has used the numbers that come next.

        Waiting edits are counted from 1 again, and everything is read from the beginning; edits
        headquarters is known to have are let go of. See sync.md B7.
        """
        ...

    def apply(self, page: SyncPage) -> frozenset[UUID]:
        """Apply a reply with its cursor; gives the files touched.

        A column with an edit that has not been judged yet keeps its local value. Capture is
        silent meanwhile.
        """
        ...


class Local(Protocol):
    """What stays on this laptop: preferences, bookmark, identity, drafts, what files said.

    The store itself reads two keys: `device` (UTF-8), the prefix of the numbers it gives, and
    `staff` (16 bytes), the person who takes the intakes. Values under a `file_key` leave this
    laptop with their file; one under a `draft_key` keeps a file here that was handed over.
    """

    def get(self, key: str) -> bytes | None: ...

    def files_with_draft(self) -> int:
        """How many files something is typed about that is not saved yet."""
        ...

    def put(self, key: str, value: bytes) -> None: ...

    def remove(self, key: str) -> None: ...


class Transaction(Protocol):
    """One atomic piece of work: committed with its sealed edits, or leaving no trace."""

    participants: Participants
    intakes: Intakes
    pathways: Pathways
    plans: Plans
    staff: Staff
    conflicts: Conflicts
    outbox: Outbox
    local: Local


@dataclass(frozen=True)
class BaseReport:
    """What `doctor` says of the base file; no personal data.

    Attributes:
        is_sound: nothing was found but what the next save puts right by itself.
    """

    cipher_version: str
    sqlite_version: str
    journal_mode: str
    synchronous: str
    is_sound: bool
    findings: tuple[str, ...]
    schema: str
    participants: int
    waiting: int
    size_bytes: int


class Store(Protocol):
    """The encrypted base, open."""

    @property
    def path(self) -> Path: ...

    def write(self, *, autosave: bool = False) -> AbstractContextManager[Transaction]:
        """A transaction that may write.

        With `autosave`, an edit of the same record sealed a moment ago and not yet on its way is
        merged into instead of making a new one.

        Raises:
            DiskFullError: nothing was kept.
            VaultDamagedError: the file cannot be written or read.
        """
        ...

    def read(self) -> AbstractContextManager[Transaction]:
        """A snapshot to read from."""
        ...

    def examine(self) -> BaseReport:
        """Check the whole file; slow."""
        ...

    def close(self) -> None:
        """Checkpoint and close."""
        ...
