"""What one line of a file of intakes does to the base: a new file, new answers, or nothing.

What files last said of a person is remembered beside the person's file, on this laptop alone. A
cell that says the same again changes nothing, whatever was corrected here meanwhile; one that says
something else is what somebody says now, and is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from plie_desktop import reference
from plie_desktop.clock import Ids
from plie_desktop.imports.columns import IntakeLine
from plie_desktop.imports.memory import Memory
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.intake_form import BY_KEY
from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.problems import Level, Problem, check
from plie_desktop.store.keys import file_key
from plie_desktop.store.ports import Transaction

MEMORY: Final = "import"
"""Name of the local value of a file that holds what was last said of the person."""

_BEFORE_COMMISSION: Final = (FileState.LEAD, FileState.INTAKE)


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
class ReplacedAnswer:
    """A correction made here that gives way to a cell changed since the last import.

    Attributes:
        line_number: in the file, from 1.
        column: header of the cell.
    """

    line_number: int
    column: str


@dataclass(frozen=True)
class LinePlan:
    """What a line that can be taken would do.

    Attributes:
        answers: those to be written.
        state: the state to be written; None: the file stays in its own.
        memory: what to remember; None: it is remembered already.
    """

    participant_id: UUID
    reference: str
    is_new: bool = False
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False)
    state: FileState | None = None
    memory: bytes | None = field(default=None, repr=False)
    replaced: tuple[ReplacedAnswer, ...] = ()

    @property
    def changes(self) -> bool:
        return self.is_new or bool(self.answers)


def plan_line(
    transaction: Transaction, line: IntakeLine, ids: Ids, today: date
) -> LinePlan | RejectedLine:
    """What a line would do to the base as it is now; nothing is written."""
    known_id = transaction.participants.by_reference(line.reference)
    if known_id is None:
        return _creation(line, ids.new(), today)
    kept = transaction.local.get(file_key(known_id, MEMORY))
    memory = Memory(known_id, kept or b"")
    after = memory.after(line.answers)
    known = transaction.intakes.get(known_id) if after != kept else None
    if known is None:
        return LinePlan(known_id, line.reference)
    plan = LinePlan(known_id, line.reference, answers=_changed(line, known, memory), memory=after)
    if not plan.answers:
        return plan
    replaced = () if kept is None else _replaced(line, plan.answers, known, memory)
    return _judged(replace(plan, replaced=replaced), line, known, today)


def write_line(transaction: Transaction, plan: LinePlan) -> None:
    """Do what was planned, in the same transaction."""
    name = plan.participant_id
    if plan.is_new and plan.state:
        transaction.intakes.create(name, state=plan.state, reference=plan.reference)
    elif plan.state:
        entry_on = transaction.participants.entry_on(name)
        transaction.participants.set_state(name, plan.state, entry_on)
    if plan.answers:
        transaction.intakes.put(name, dict(plan.answers))
    if plan.memory is not None:
        transaction.local.put(file_key(name, MEMORY), plan.memory)


def _creation(line: IntakeLine, name: UUID, today: date) -> LinePlan | RejectedLine:
    intake = Intake(name, answers=MappingProxyType(dict(line.answers)))
    stops = _stops(intake, today)
    if stops:
        return _rejected(line, stops[0])
    state = FileState.INTAKE if intake.missing else FileState.TO_COMMISSION
    memory = Memory(name).after(line.answers)
    return LinePlan(
        name, line.reference, is_new=True, answers=line.answers, state=state, memory=memory
    )


def _changed(line: IntakeLine, known: Intake, memory: Memory) -> dict[str, Answer]:
    """The answers that the file gives anew and the base does not have.

    What merges as one is taken as one: halves of two addresses make none.
    """
    units = {
        BY_KEY[key].merge_unit for key, one in line.answers.items() if not memory.is_last(key, one)
    }
    return {
        key: one
        for key, one in line.answers.items()
        if BY_KEY[key].merge_unit in units and known.answers.get(key) != one
    }


def _replaced(
    line: IntakeLine, new: Mapping[str, Answer], known: Intake, memory: Memory
) -> tuple[ReplacedAnswer, ...]:
    """The new answers whose place is not held by what the file said before."""
    return tuple(
        ReplacedAnswer(line.number, BY_KEY[key].column)
        for key in new
        if not memory.is_last(key, known.answers.get(key))
    )


def _judged(
    plan: LinePlan, line: IntakeLine, known: Intake, today: date
) -> LinePlan | RejectedLine:
    """The plan, unless its answers bring something wrong; with the next state if they complete.

    What is wrong in the base already is no fault of the line. A file that was ready for the
    commission stays with whoever takes the intake; one further on never returns.
    """
    after = replace(known, answers=MappingProxyType({**known.answers, **plan.answers}))
    were, are = _stops(known, today), _stops(after, today)
    brought = [one for one in are if one.field in plan.answers or one not in were]
    if brought:
        return _rejected(line, brought[0])
    was_ready, is_ready = not (known.missing or were), not (after.missing or are)
    if known.state in _BEFORE_COMMISSION and is_ready and not was_ready:
        return replace(plan, state=FileState.TO_COMMISSION)
    return plan


def _stops(intake: Intake, today: date) -> tuple[Problem, ...]:
    """What holds up an intake."""
    found = check(intake, today, reference.load)
    return tuple(problem for problem in found if problem.level is Level.STOPS)


def _rejected(line: IntakeLine, stop: Problem) -> RejectedLine:
    return RejectedLine(line.number, BY_KEY[stop.field].column, stop.sentence, stop.details)
