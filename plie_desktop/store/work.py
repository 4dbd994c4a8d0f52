"""One transaction under way, as the repositories see it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from plie_desktop.clock import Clock, Ids
from plie_desktop.store.rows import Rows
from plie_desktop.store.seal import Sealer


@dataclass
class Work:
    """What a repository works with.

    Attributes:
        sealer: None in a transaction that only reads.
        swept: records written outside, sealed when this transaction began.
        has_removed: whole files were removed; the log must not keep their pages.
    """

    connection: Connection
    rows: Rows
    clock: Clock
    ids: Ids
    sealer: Sealer | None = None
    swept: int = 0
    has_removed: bool = False

    def seal(self) -> None:
        """Seal what this transaction changed so far, so that lists and counts show it."""
        if self.sealer is not None:
            self.sealer.seal()

    def tuples(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Plain rows of the driver: half the time of SQLAlchemy's for the lists people wait for."""
        driver: Any = self.connection.connection.driver_connection
        found: list[tuple[Any, ...]] = driver.execute(sql, values).fetchall()
        return found

    def name_of(self, participant_id: UUID) -> tuple[str, str]:
        """First name and birth name, empty when the file is not here."""
        found = self.connection.exec_driver_sql(
            "SELECT coalesce(first_name, ''), coalesce(birth_name, '') FROM participant"
            " WHERE id = ?",
            (participant_id.bytes,),
        ).first()
        return (found[0], found[1]) if found else ("", "")
