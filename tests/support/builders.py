"""Domain objects for tests, with something sensible in every place that a test does not name."""

from datetime import date
from uuid import UUID

from plie_desktop.clock import SystemIds
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.participant import FileState, StaffMember
from plie_desktop.models.domain.pathway import Interview, Objective
from plie_desktop.models.domain.plan import PlanState
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.models.domain.step import Step
from plie_desktop.models.domain.sync_page import EditVerdict, RowBlock, SyncPage, Verdict

_IDS = SystemIds()


def new_id() -> UUID:
    return _IDS.new()


def begin_file(store, state=FileState.INTAKE, reference="", **values: str) -> UUID:
    """A file with these answers, kept in one save."""
    participant = new_id()
    with store.write() as transaction:
        transaction.intakes.create(participant, state=state, reference=reference)
        answers = {key: Answer.given(value) for key, value in values.items()}
        transaction.intakes.put(participant, answers)
    return participant


def a_step(participant: UUID, starts_on: date, ends_on: date | None = None, **other) -> Step:
    given = {"type_code": "FORM", "title": "Atelier vélo", "operator": "Le Relais", "place": ""}
    return Step(new_id(), participant, starts_on=starts_on, ends_on=ends_on, **{**given, **other})


def an_objective(participant: UUID, rank=1, words="Travailler avec les plantes") -> Objective:
    return Objective(new_id(), participant, rank, words)


def an_interview(participant: UUID, starts_at="2026-03-10T14:00", **other) -> Interview:
    return Interview(new_id(), participant, starts_at, **{"place": "Bureau", **other})


def a_plan(participant: UUID, version=1, state=PlanState.DRAFT, content="{}") -> PlanVersion:
    return PlanVersion(new_id(), participant, version, date(2026, 3, 2), "fr", state, content)


def a_colleague(name="Maëlle Le Goff", role="REFERENT") -> StaffMember:
    return StaffMember(new_id(), name, role, "0299000000", "maelle@example.org")


def whole_rows(kind: Kind, *rows: tuple[int, UUID, UUID, dict[str, str | None]]) -> RowBlock:
    """Complete rows as headquarters sends them: version, id, root, values."""
    columns = KINDS[kind].column_names
    return RowBlock(
        kind,
        columns,
        True,
        [
            [v, name.bytes, root.bytes, *(values.get(c) for c in columns)]
            for v, name, root, values in rows
        ],
    )


def changed_rows(kind: Kind, *rows: tuple[int, UUID, UUID, dict[str, str | None]]) -> RowBlock:
    """Rows that bring the columns of the first one only."""
    columns = tuple(rows[0][3])
    return RowBlock(
        kind,
        columns,
        False,
        [
            [v, name.bytes, root.bytes, *(values[c] for c in columns)]
            for v, name, root, values in rows
        ],
    )


def a_page(*blocks: RowBlock, last=0, **other) -> SyncPage:
    """A reply with these blocks."""
    given = {
        "epoch": 1,
        "durable": 0,
        "verdicts": (),
        "evict": (),
        "erase": (),
        "cursor": b"cursor",
        "clock": 0,
    }
    return SyncPage(last=last, blocks=blocks, **{**given, **other})


def a_verdict(dseq: int, verdict: Verdict, **values: str | None) -> EditVerdict:
    return EditVerdict(dseq, verdict, values=values)


def apply_page(store, *blocks: RowBlock, **other) -> frozenset[UUID]:
    """Apply a reply with these blocks in a transaction of its own."""
    with store.write() as transaction:
        return transaction.outbox.apply(a_page(*blocks, **other))


def pending(store) -> tuple:
    """The edits that would leave now."""
    with store.write() as transaction:
        transaction.outbox.close_open()
    with store.read() as transaction:
        return transaction.outbox.pending(after=transaction.outbox.place().last, limit=10_000)
