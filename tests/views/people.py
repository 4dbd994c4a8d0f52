"""Real services over a real base with the invented people of the practice vault."""

from dataclasses import dataclass
from pathlib import Path

from plie_desktop.clock import FixedClock, SystemIds
from plie_desktop.services import practice
from plie_desktop.services.identity import Identity
from plie_desktop.services.participants import ParticipantService
from plie_desktop.services.pathways import PathwayService
from plie_desktop.store.sql_store import SqlStore
from tests.support.stores import MORNING, make_store


@dataclass(frozen=True)
class Desk:
    """What pages are given, and the base under it."""

    store: SqlStore
    clock: FixedClock
    identity: Identity
    participants: ParticipantService
    pathways: PathwayService

    def who(self, name: str):
        """The id of the only file found by a name."""
        (found,) = self.participants.ids(name)
        return found


def desk(folder: Path, *, with_people: bool = True) -> Desk:
    """A base in that folder, twelve people in it."""
    clock, ids = FixedClock(MORNING), SystemIds()
    store = make_store(folder, clock, ids)
    worker = practice.identity(ids)
    if with_people:
        with store.write() as transaction:
            practice.fill(transaction, worker, clock.today(), ids)
    return Desk(
        store,
        clock,
        worker,
        ParticipantService(store, worker, clock),
        PathwayService(store, worker, clock, ids),
    )
