"""Real services over a real base with the invented people of the practice vault."""

from dataclasses import dataclass, replace
from pathlib import Path

from plie_desktop.clock import SystemIds
from plie_desktop.models.domain.access import Role
from plie_desktop.services import practice
from plie_desktop.services.identity import Identity
from plie_desktop.services.participants import ParticipantService
from plie_desktop.services.pathways import PathwayService
from plie_desktop.services.session import OpenedVault, SessionService
from plie_desktop.store.sql_store import SqlStore
from tests.support.clocks import FixedClock
from tests.support.stores import MORNING, BaseFile


@dataclass(frozen=True)
class Desk:
    """What pages are given, and the base under it."""

    store: SqlStore
    clock: FixedClock
    identity: Identity
    participants: ParticipantService
    pathways: PathwayService
    session: SessionService

    def who(self, name: str):
        """The id of the only file found by a name."""
        (found,) = self.participants.ids(name)
        return found


def desk(
    folder: Path,
    *,
    with_people: bool = True,
    role: Role = Role.COORD,
    base: BaseFile | None = None,
) -> Desk:
    """A base in that folder, twelve people in it; or the one that `base` is already."""
    clock, ids = FixedClock(MORNING), SystemIds()
    file = base or BaseFile(folder / "vault.db")
    is_new = not file.path.exists()
    store = file.open(clock, ids, create=is_new)
    worker = practice.identity(ids)
    if is_new and with_people:
        with store.write() as transaction:
            practice.fill(transaction, worker, clock.today(), ids)
    worker = replace(worker, role=role)
    return Desk(
        store,
        clock,
        worker,
        ParticipantService(store, worker, clock),
        PathwayService(store, worker, clock, ids),
        SessionService(OpenedVault(store, worker, folder)),
    )
