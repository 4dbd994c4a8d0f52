"""Files that leave this laptop: handed over to others, or erased for good.

A file handed over stays until its last edit is at headquarters and nothing typed about it waits
in a draft; the edits themselves stay until they are in a verified backup there (sync.md B7, B8).
Until all of that, the file is on a work list. Erasure waits for nothing.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection

from plie_desktop.models.tables.synced import TABLES
from plie_desktop.store import search_index
from plie_desktop.store.keys import draft_key, file_key


class Leaving:
    """Carries the work list out, inside the transaction that brought it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stay(self, roots: Iterable[bytes]) -> None:
        """These files came back before they had left."""
        self._many("DELETE FROM sync_leaving WHERE root = ?", roots)

    def evict(self, roots: Sequence[bytes]) -> bool:
        """Put these files on the list and carry out what can be; tells whether any left."""
        self._many("INSERT OR IGNORE INTO sync_leaving (root) VALUES (?)", roots)
        held = set(self.held_by_draft())
        sent = self._roots(
            "SELECT l.root FROM sync_leaving AS l WHERE NOT EXISTS ("
            " SELECT 1 FROM sync_outbox AS o WHERE o.root = l.root"
            " AND o.dseq > (SELECT last FROM sync_state))"
        )
        ready = [root for root in sent if root not in held]
        self._remove(ready)
        safe = self._roots(
            "SELECT l.root FROM sync_leaving AS l"
            " WHERE NOT EXISTS (SELECT 1 FROM sync_outbox AS o WHERE o.root = l.root)"
        )
        self._many(
            "DELETE FROM sync_leaving WHERE root = ?", [root for root in safe if root not in held]
        )
        return bool(ready)

    def held_by_draft(self) -> list[bytes]:
        """Files on the list about which something is typed and not saved yet."""
        listed = self._roots("SELECT root FROM sync_leaving ORDER BY root")
        return [root for root in listed if self._has_draft(UUID(bytes=root))]

    def _has_draft(self, participant_id: UUID) -> bool:
        found = self._connection.exec_driver_sql(
            "SELECT 1 FROM local_state WHERE key GLOB ? LIMIT 1", (draft_key(participant_id, "*"),)
        )
        return found.first() is not None

    def erase(self, roots: Sequence[bytes]) -> None:
        """Remove these files and every word of theirs at once.

        The numbers of edits that have not left stay, empty: headquarters expects them.
        """
        self._remove(roots)
        self._many(
            "DELETE FROM sync_outbox WHERE root = ? AND dseq <= (SELECT last FROM sync_state)",
            roots,
        )
        self._many("UPDATE sync_outbox SET cells = '{}' WHERE root = ?", roots)
        self._many("DELETE FROM sync_leaving WHERE root = ?", roots)

    def _remove(self, roots: Sequence[bytes]) -> None:
        search_index.forget(self._connection, roots)
        for table in TABLES.values():
            self._many(f'DELETE FROM "{table.name}" WHERE root_id = ?', roots)  # noqa: S608 - our own names
        self._many("DELETE FROM sync_parked WHERE root = ?", roots)
        for root in roots:
            everything = file_key(UUID(bytes=root), "*")
            self._connection.exec_driver_sql(
                "DELETE FROM local_state WHERE key GLOB ?", (everything,)
            )

    def _roots(self, sql: str) -> list[bytes]:
        return [row[0] for row in self._connection.exec_driver_sql(sql)]

    def _many(self, sql: str, roots: Iterable[bytes]) -> None:
        rows = [(root,) for root in roots]
        if rows:
            self._connection.exec_driver_sql(sql, rows)
