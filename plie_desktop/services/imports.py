"""Taking in a file of intakes: all of it or nothing, and twice is the same as once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import UUID

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
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.records import Kind
from plie_desktop.services.identity import Identity
from plie_desktop.services.import_lines import (
    LinePlan,
    RejectedLine,
    ReplacedAnswer,
    plan_line,
    write_line,
)
from plie_desktop.store.ports import Store, Transaction
from plie_desktop.tasks import Progress
from plie_desktop.text import N_

READING: Final = N_("Lecture du fichier")
WRITING: Final = N_("Enregistrement des dossiers")
_TOLD_EVERY: Final = 50


@dataclass(frozen=True)
class ImportReport:
    """What became of a file.

    Attributes:
        is_written: the base was changed as counted; else it would have been, or nothing was.
        unknown_columns: headers that mean nothing here.
        replaced: corrections made here that gave way to a cell changed since.
    """

    created: int
    updated: int
    unchanged: int
    rejected: tuple[RejectedLine, ...]
    unknown_columns: tuple[str, ...]
    is_written: bool
    changes: Changes
    replaced: tuple[ReplacedAnswer, ...] = ()

    @property
    def lines(self) -> int:
        """Lines that were understood or turned away."""
        return self.created + self.updated + self.unchanged + len(self.rejected)


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

        A file that is known by its `reference` gets what the cells say since the last import and
        did not say then; a cell left empty erases nothing. One line that cannot be taken holds up
        all, unless `skip_rejected`.

        Raises:
            RefusedInputError: the file is missing, unreadable, empty, foreign or too large.
            DiskFullError: nothing was kept.
        """
        self._identity.require(Kind.PARTICIPANT)
        tell = progress or _nobody
        sheet = read_sheet(file)
        columns = read_columns(sheet)
        read, rejected = self._read(sheet, columns, tell)
        with self._store.read() if dry_run else self._store.write() as transaction:
            plans, refused = self._planned(transaction, read)
            all_rejected = (*rejected, *refused)
            if all_rejected and not skip_rejected:
                return _report((), all_rejected, columns)
            if dry_run:
                return _report(plans, all_rejected, columns)
            touched = self._write(transaction, plans, tell)
        changes = Changes(touched, sync=bool(touched))
        return replace(_report(plans, all_rejected, columns), is_written=True, changes=changes)

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
    ) -> tuple[list[LinePlan], list[RejectedLine]]:
        today = self._clock.today()
        plans: list[LinePlan] = []
        refused: list[RejectedLine] = []
        for line in lines:
            plan = plan_line(transaction, line, self._ids, today)
            if isinstance(plan, RejectedLine):
                refused.append(plan)
            else:
                plans.append(plan)
        return plans, refused

    def _write(
        self, transaction: Transaction, plans: Sequence[LinePlan], tell: Progress
    ) -> frozenset[UUID]:
        for place, plan in enumerate(plans):
            if place % _TOLD_EVERY == 0:
                tell(place, len(plans), WRITING)
            write_line(transaction, plan)
        return frozenset(plan.participant_id for plan in plans if plan.changes)


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


def _report(
    plans: Sequence[LinePlan], rejected: Sequence[RejectedLine], columns: Columns
) -> ImportReport:
    created = sum(plan.is_new for plan in plans)
    changed = sum(plan.changes for plan in plans)
    return ImportReport(
        created=created,
        updated=changed - created,
        unchanged=len(plans) - changed,
        rejected=tuple(sorted(rejected, key=lambda line: line.line_number)),
        unknown_columns=columns.unknown,
        is_written=False,
        changes=Changes(),
        replaced=tuple(one for plan in plans for one in plan.replaced),
    )
