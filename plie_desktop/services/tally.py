"""What a cycle of exchanges did, counted as it goes."""

from uuid import UUID

from plie_desktop.models.domain.sync_page import SyncPage, Verdict
from plie_desktop.models.domain.sync_state import SyncReport
from plie_desktop.sync.batches import rows_in
from plie_desktop.sync.client import Traffic


class Tally:
    """Counts from one reply to the next."""

    def __init__(self) -> None:
        self.sent = 0
        self.received = 0
        self.touched: set[UUID] = set()
        self._to_settle = 0
        self._parked = 0

    def count(self, sent: int, page: SyncPage, touched: frozenset[UUID]) -> None:
        """A reply to so many edits was applied, and changed these files."""
        self.sent += sent
        self.received += rows_in(page)
        self.touched |= touched
        codes = [verdict.verdict for verdict in page.verdicts]
        self._to_settle += codes.count(Verdict.CONFLICT)
        self._parked += codes.count(Verdict.PARKED)

    def report(self, waiting: int, before: Traffic, after: Traffic) -> SyncReport:
        """All of it, with what the line carried meanwhile."""
        return SyncReport(
            sent=self.sent,
            received=self.received,
            to_settle=self._to_settle,
            parked=self._parked,
            waiting=waiting,
            bytes_out=after.bytes_out - before.bytes_out,
            bytes_in=after.bytes_in - before.bytes_in,
            requests=after.requests - before.requests,
            touched=frozenset(self.touched),
        )
