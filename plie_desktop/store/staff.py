"""Colleagues known on this laptop."""

from uuid import UUID

from plie_desktop.models.domain.participant import StaffMember
from plie_desktop.models.domain.records import Kind
from plie_desktop.store import capture, mapping
from plie_desktop.store.work import Work


class SqlStaff:
    """Headquarters writes the staff; only practice adds its own."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def all(self) -> tuple[StaffMember, ...]:
        rows = self._work.connection.exec_driver_sql("SELECT * FROM staff ORDER BY name, id")
        return tuple(mapping.to_staff(row) for row in rows.mappings())

    def get(self, staff_id: UUID) -> StaffMember | None:
        row = self._work.rows.one(Kind.STAFF, staff_id)
        return mapping.to_staff(row) if row else None

    def put_local(self, member: StaffMember) -> None:
        with capture.silent(self._work.connection):
            self._work.rows.put(Kind.STAFF, member.id, member.id, mapping.from_staff(member))
