"""Taking in a file of intakes: all of it or nothing, and twice is the same as once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final
from uuid import UUID

from plie_desktop import reference
from plie_desktop.clock import Clock, Ids
from plie_desktop.imports.columns import (
    REFERENCE,
    CellError,
    Columns,
    IntakeLine,
    read_columns,
    read_line,
)
from plie_desktop.imports.intake_file import read_sheet
from plie_desktop.imports.sheet import Sheet
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.intake_form import BY_KEY
from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.problems import Level, check
from plie_desktop.models.domain.records import Kind
from plie_desktop.services.identity import Identity
from plie_desktop.store.ports import Store, Transaction
from plie_desktop.tasks import Progress
from plie_desktop.text import N_

READING: Final = N_("Lecture du fichier")
WRITING: Final = N_("Enregistrement des dossiers")
_TOLD_EVERY: Final = 50


@dataclass(frozen=True)
class RejectedLine:
    """A line that was not taken.

    Attributes:
        line_number: in the file, from 1.
        column: header of the cell concerned; empty for the whole line.
        sentence: French message id; its places are filled from `details`.
    """

    line_number: int
    column: str
    sentence: str
    details: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class ImportReport:
    """What became of a file.

    Attributes:
        is_written: the base was changed as counted; else it would have been, or nothing was.
        unknown_columns: headers that mean nothing here.
    """

    created: int
    updated: int
    unchanged: int
    rejected: tuple[RejectedLine, ...]
    unknown_columns: tuple[str, ...]
    is_written: bool
    changes: Changes


@dataclass(frozen=True)
class _Plan:
    """What one line would do: new answers of a file that is there, or of a new one."""

    line: IntakeLine
    participant_id: UUID | None
    state: FileState
    answers: Mapping[str, Answer] = field(repr=False)


class ImportService:
    """Reads files of intakes into the base."""

    def __init__(self, store: Store, identity: Identity, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._ids = ids

    def run(
        self,
        file: Path,
        *,
        dry_run: bool = False,
        skip_rejected: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Take in a file, in one transaction.

        A file that is known by its `reference` is brought up to date; a cell left empty erases
        nothing. One line that cannot be taken holds up all, unless `skip_rejected`.

        Raises:
            RefusedInputError: the file is missing, unreadable, empty, foreign or too large.
            DiskFullError: nothing was kept.
        """
        self._identity.require(Kind.PARTICIPANT)
        tell = progress or _nobody
        sheet = read_sheet(file)
        columns = read_columns(sheet)
        read, rejected = self._read(sheet, columns, tell)
        if dry_run:
            with self._store.read() as transaction:
                plans, refused = self._planned(transaction, read)
            return _report(plans, (*rejected, *refused), columns, is_written=False)
        with self._store.write() as transaction:
            plans, refused = self._planned(transaction, read)
            all_rejected = (*rejected, *refused)
            if all_rejected and not skip_rejected:
                return _report((), all_rejected, columns, is_written=False)
            touched = self._write(transaction, plans, tell)
        report = _report(plans, all_rejected, columns, is_written=True)
        return replace(report, changes=Changes(touched, sync=bool(touched)))

    def _read(
        self, sheet: Sheet, columns: Columns, tell: Progress
    ) -> tuple[list[IntakeLine], list[RejectedLine]]:
        read: list[IntakeLine] = []
        rejected: list[RejectedLine] = []
        seen: dict[str, int] = {}
        for place, line in enumerate(sheet.lines):
            if place % _TOLD_EVERY == 0:
                tell(place, len(sheet.lines), READING)
            try:
                known = read_line(line, columns)
                _refuse_twice(known, seen)
            except CellError as error:
                rejected.append(
                    RejectedLine(line.number, error.column, error.sentence, error.details)
                )
            else:
                read.append(known)
        return read, rejected

    def _planned(
        self, transaction: Transaction, lines: Sequence[IntakeLine]
    ) -> tuple[list[_Plan], list[RejectedLine]]:
        today = self._clock.today()
        plans: list[_Plan] = []
        refused: list[RejectedLine] = []
        for line in lines:
            participant_id = transaction.participants.by_reference(line.reference)
            known = transaction.intakes.get(participant_id) if participant_id else None
            before = known.answers if known else {}
            new = {key: one for key, one in line.answers.items() if before.get(key) != one}
            after = _intake({**before, **line.answers})
            rejection = _rejection(line, after, today) if new else None
            if rejection is not None:
                refused.append(rejection)
                continue
            state = FileState.INTAKE if after.missing else FileState.TO_COMMISSION
            plans.append(_Plan(line, participant_id if known else None, state, new))
        return plans, refused

    def _write(
        self, transaction: Transaction, plans: Sequence[_Plan], tell: Progress
    ) -> frozenset[UUID]:
        touched: set[UUID] = set()
        for place, plan in enumerate(plans):
            if place % _TOLD_EVERY == 0:
                tell(place, len(plans), WRITING)
            participant_id = plan.participant_id
            if participant_id is None:
                participant_id = self._ids.new()
                transaction.intakes.create(
                    participant_id, state=plan.state, reference=plan.line.reference
                )
            elif not plan.answers:
                continue
            transaction.intakes.put(participant_id, dict(plan.answers))
            touched.add(participant_id)
        return frozenset(touched)


def _nobody(_done: int, _total: int | None, _sentence: str) -> None:
    """Nobody watches."""


def _refuse_twice(line: IntakeLine, seen: dict[str, int]) -> None:
    first = seen.setdefault(line.reference, line.number)
    if first != line.number:
        raise CellError(
            REFERENCE,
            N_("Cette référence est déjà celle de la ligne {line}. Gardez une seule des deux."),
            line=first,
        )


def _intake(answers: Mapping[str, Answer]) -> Intake:
    return Intake(UUID(int=0), answers=MappingProxyType(dict(answers)))


def _rejection(line: IntakeLine, intake: Intake, today: date) -> RejectedLine | None:
    """Why a line is turned away; None when it may be taken."""
    stops = next((p for p in check(intake, today, reference.load) if p.level is Level.STOPS), None)
    if stops is None:
        return None
    return RejectedLine(line.number, BY_KEY[stops.field].column, stops.sentence, stops.details)


def _report(
    plans: Sequence[_Plan],
    rejected: Sequence[RejectedLine],
    columns: Columns,
    *,
    is_written: bool,
) -> ImportReport:
    created = sum(plan.participant_id is None for plan in plans)
    unchanged = sum(plan.participant_id is not None and not plan.answers for plan in plans)
    return ImportReport(
        created=created,
        updated=len(plans) - created - unchanged,
        unchanged=unchanged,
        rejected=tuple(sorted(rejected, key=lambda line: line.line_number)),
        unknown_columns=columns.unknown,
        is_written=is_written,
        changes=Changes(),
    )
