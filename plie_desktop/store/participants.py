"""Files in lists and by id."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from plie_desktop import reference
from plie_desktop.models.domain.conflict_columns import ConflictState
from plie_desktop.models.domain.participant import (
    FileState,
    ParticipantLine,
    RecordState,
    StaffMember,
)
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.step import FILLS_TIME, OVER, StepState
from plie_desktop.store import fold, mapping
from plie_desktop.store.id_list import IdList
from plie_desktop.store.rows import differing
from plie_desktop.store.work import Work

_WAITS: Final = (
    "SELECT 1 FROM sync_outbox AS o WHERE o.root = p.id AND o.dseq > (SELECT last FROM sync_state)"
)
_LINE: Final = f"""
    SELECT p.id, p.first_name, p.birth_name, p.birth_date, p.commune, p.state, p.number, p._mine,
           CASE
             WHEN EXISTS (SELECT 1 FROM conflict AS c
                          WHERE c.state = '{ConflictState.OPEN.value}' AND c.root_id = p.id)
               THEN 'to-settle'
             WHEN EXISTS (SELECT 1 FROM sync_parked AS k WHERE k.root = p.id) THEN 'parked'
             WHEN NOT EXISTS ({_WAITS}) THEN 'confirmed'
             WHEN EXISTS ({_WAITS} AND o.action = 'i' AND o.tbl = 'participant') THEN 'local'
             ELSE 'waiting'
           END
"""  # noqa: S608 - made of constants
_FOUND: Final = (
    "FROM participant_search AS s JOIN participant AS p ON p._seq = s.rowid"
    " WHERE participant_search MATCH ?"
)
_LATEST_FIRST: Final = "ORDER BY p._touched DESC, p._seq DESC"
_ALL_IDS: Final = f"SELECT p.id FROM participant AS p {_LATEST_FIRST}"  # noqa: S608 - as above
_IN_ONE_QUERY: Final = 500
_STATES: Final = {state.value: state for state in FileState}
_RECORD_STATES: Final = {state.value: state for state in RecordState}


def _listed(states: Iterable[StepState]) -> str:
    return ", ".join(f"'{state.value}'" for state in sorted(states))


# What `Step.filled` says, told to SQLite: the pathway of one person and the list of all agree.
_OVER: Final = f"s.state IN ({_listed(OVER)})"
_FILLS: Final = (
    f"s.root_id = p.id AND (s.state IN ({_listed(FILLS_TIME - OVER)})"
    f" OR {_OVER} AND s.starts_on <= ?1)"
)
_LAST_DAY: Final = (
    f"CASE WHEN {_OVER} AND (s.ends_on IS NULL OR s.ends_on > ?1) THEN s.starts_on"
    " ELSE s.ends_on END"
)
_OPEN_GAP: Final = f"""
    SELECT p.id, coalesce((SELECT max({_LAST_DAY}) FROM step AS s WHERE {_FILLS}),
                          p.entry_on, '') AS last_day
    FROM participant AS p
    WHERE p.state IN ('{FileState.ADMITTED.value}', '{FileState.IN_PATHWAY.value}')
      AND NOT EXISTS (SELECT 1 FROM step AS s
                      WHERE {_FILLS} AND coalesce({_LAST_DAY} >= ?1, 1))
    ORDER BY last_day
"""  # noqa: S608 - made of constants


class SqlParticipants:
    """Reads lines, never whole files."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def find(self, search: str, *, limit: int = 50) -> tuple[ParticipantLine, ...]:
        if not search.strip():
            return self._lines(f"{_LINE} FROM participant AS p {_LATEST_FIRST} LIMIT ?", limit)
        query = fold.match(search)
        return self._lines(f"{_LINE} {_FOUND} LIMIT ?", query, limit) if query else ()

    def count(self, search: str = "") -> int:
        self._work.seal()
        if not search.strip():
            return self._number("SELECT count(*) FROM participant")
        query = fold.match(search)
        if not query:
            return 0
        return self._number(
            "SELECT count(*) FROM participant_search WHERE participant_search MATCH ?", query
        )

    def ids(self, search: str) -> Sequence[UUID]:
        self._work.seal()
        if not search.strip():
            return self._ids(_ALL_IDS)
        query = fold.match(search)
        return self._ids(f"SELECT p.id {_FOUND}", query) if query else IdList()

    def lines(self, ids: Sequence[UUID]) -> tuple[ParticipantLine, ...]:
        found: dict[UUID, ParticipantLine] = {}
        for start in range(0, len(ids), _IN_ONE_QUERY):
            wanted = [one.bytes for one in ids[start : start + _IN_ONE_QUERY]]
            places = ", ".join("?" * len(wanted))
            lines = self._lines(f"{_LINE} FROM participant AS p WHERE p.id IN ({places})", *wanted)
            found.update((line.id, line) for line in lines)
        return tuple(found[one] for one in ids if one in found)

    def get(self, participant_id: UUID) -> ParticipantLine | None:
        return next(iter(self.lines((participant_id,))), None)

    def by_reference(self, reference: str) -> UUID | None:
        found = self._ids(
            "SELECT id FROM participant WHERE reference = ? ORDER BY id LIMIT 1", reference
        )
        return found[0] if found else None

    def set_state(self, participant_id: UUID, state: FileState, entry_on: str | None) -> None:
        self._change(participant_id, {"state": state.value, "entry_on": entry_on})

    def set_referent(self, participant_id: UUID, staff_id: UUID | None) -> None:
        self._change(participant_id, {"referent_id": str(staff_id) if staff_id else None})

    def referent(self, participant_id: UUID) -> StaffMember | None:
        row = self._work.rows.one(Kind.PARTICIPANT, participant_id)
        staff_id = mapping.uuid_of(row["referent_id"]) if row else None
        member = self._work.rows.one(Kind.STAFF, staff_id) if staff_id else None
        return mapping.to_staff(member) if member else None

    def entry_on(self, participant_id: UUID) -> str | None:
        row = self._work.rows.one(Kind.PARTICIPANT, participant_id)
        return row["entry_on"] if row else None

    def with_open_gap(self, today: str) -> tuple[tuple[UUID, str], ...]:
        found = self._work.connection.exec_driver_sql(_OPEN_GAP, (today,))
        return tuple((UUID(bytes=name), last_day) for name, last_day in found)

    def _change(self, participant_id: UUID, values: Mapping[str, str | None]) -> None:
        row = self._work.rows.one(Kind.PARTICIPANT, participant_id)
        if row is not None:
            self._work.rows.change(Kind.PARTICIPANT, participant_id, differing(row, values))

    def _lines(self, sql: str, *values: object) -> tuple[ParticipantLine, ...]:
        self._work.seal()
        return tuple([_line(row) for row in self._work.tuples(sql, *values)])

    def _ids(self, sql: str, *values: object) -> IdList:
        return IdList(b"".join([row[0] for row in self._work.tuples(sql, *values)]))

    def _number(self, sql: str, *values: object) -> int:
        return int(self._work.connection.exec_driver_sql(sql, values).scalar_one())


def _line(row: tuple[Any, ...]) -> ParticipantLine:
    name, first_name, birth_name, birth_date, commune, state, number, mine, record_state = row
    file_state = _STATES.get(state or "", FileState.LEAD)
    return ParticipantLine(
        UUID(bytes=name),
        first_name or "",
        birth_name or "",
        mapping.day(birth_date),
        reference.load("communes").label(commune) if commune else "",
        file_state,
        _RECORD_STATES[record_state],
        number or "",
        parked=bool(mine) and file_state is FileState.INTAKE,
    )
