"""What stays on this laptop: preferences, bookmark, identity."""

from typing import Final

from plie_desktop.store.work import Work

DEVICE: Final = "device"
"""Key of the prefix of the numbers this laptop gives, UTF-8."""
STAFF: Final = "staff"
"""Key of the id of the person who takes the intakes, 16 bytes."""


class SqlLocal:
    """Values by key; nothing here is captured or sent."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, key: str) -> bytes | None:
        found = self._work.connection.exec_driver_sql(
            "SELECT value FROM local_state WHERE key = ?", (key,)
        ).scalar()
        return None if found is None else bytes(found)

    def files_with_draft(self) -> int:
        found = self._work.connection.exec_driver_sql(
            "SELECT count(DISTINCT substr(key, 1, instr(key, '/draft/'))) FROM local_state"
            " WHERE key GLOB 'file/*/draft/*'"
        )
        return int(found.scalar_one())

    def put(self, key: str, value: bytes) -> None:
        self._work.connection.exec_driver_sql(
            "INSERT INTO local_state (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def remove(self, key: str) -> None:
        self._work.connection.exec_driver_sql("DELETE FROM local_state WHERE key = ?", (key,))
