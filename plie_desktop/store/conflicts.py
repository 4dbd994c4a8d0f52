"""Values written without seeing each other, until someone settles them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.conflict_columns import (
    ConflictState,
    read_candidates,
    read_moment,
    read_values,
    write_moment,
)
from plie_desktop.models.domain.participant import display_name
from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.models.domain.stored_conflict import Candidate, StoredConflict
from plie_desktop.models.domain.sync_state import Decision
from plie_desktop.store import mapping
from plie_desktop.store.rows import differing
from plie_desktop.store.work import Work
from plie_desktop.text import N_


class SqlConflicts:
    """Reads open conflicts and writes decisions."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def open(self) -> tuple[StoredConflict, ...]:
        rows = self._work.connection.exec_driver_sql(
            "SELECT * FROM conflict WHERE state = ? ORDER BY root_id, current_at, id",
            (ConflictState.OPEN.value,),
        )
        found = [self._conflict(row) for row in rows.mappings().all()]
        return tuple(one for one in found if one is not None)

    def settle(self, conflict_id: UUID, decision: Decision, by: str, at: datetime) -> UUID:
        row = self._work.rows.one(Kind.CONFLICT, conflict_id)
        conflict = self._conflict(row) if row else None
        if row is None or conflict is None or row["state"] != ConflictState.OPEN:
            raise RefusedInputError(
                N_("Ce désaccord est déjà tranché. Rouvrez la page pour voir ce qui reste.")
            )
        self._work.rows.change(
            Kind.CONFLICT,
            conflict_id,
            {
                "state": ConflictState.SETTLED.value,
                "decision": decision.value,
                "decided_by": by,
                "decided_at": write_moment(at),
            },
        )
        if decision is Decision.TAKE and conflict.candidates:
            self._take(conflict, conflict.candidates[-1])
        return conflict.participant_id

    def _take(self, conflict: StoredConflict, candidate: Candidate) -> None:
        known = self._work.rows.one(conflict.kind, conflict.record_id)
        if known is not None:
            columns = KINDS[conflict.kind].column_names
            values = {name: one for name, one in candidate.values.items() if name in columns}
            self._work.rows.change(conflict.kind, conflict.record_id, differing(known, values))

    def _conflict(self, row: RowMapping) -> StoredConflict | None:
        """The conflict of a row; None when it is about a kind this version does not know."""
        record_id = mapping.uuid_of(row["record_id"])
        if record_id is None or row["kind"] not in {kind.value for kind in Kind}:
            return None
        kind = Kind(row["kind"])
        participant_id = UUID(bytes=row["root_id"])
        answer = self._work.rows.one(kind, record_id) if kind is Kind.ANSWER else None
        current = Candidate(
            read_values(row["current"]), row["current_by"] or "", read_moment(row["current_at"])
        )
        return StoredConflict(
            id=UUID(bytes=row["id"]),
            participant_id=participant_id,
            display_name=display_name(*self._work.name_of(participant_id)),
            kind=kind,
            record_id=record_id,
            unit=row["unit"] or "",
            question=(answer["field"] or "") if answer else "",
            base=read_values(row["base"]),
            current=current,
            candidates=read_candidates(row["candidates"]),
        )
