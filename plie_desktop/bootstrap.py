"""Builds every object once, and is the only place that sees all rooms.

The door is built with nothing but the standard library in memory: the window paints it first,
and what an open vault needs is imported while the person types.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from plie_desktop.clock import SystemChance, SystemClock, SystemIds
from plie_desktop.services.session import DoorTools, OpenedVault, SessionService, VaultDoor
from plie_desktop.tasks import Lane, Lanes

if TYPE_CHECKING:
    from plie_desktop.security.keychain import Keychain
    from plie_desktop.services.workplace import Services
    from plie_desktop.store.ports import Store, Transaction
    from plie_desktop.sync.address import Address
    from plie_desktop.sync.client import DeviceKey, SyncClient

T = TypeVar("T")


def tools() -> DoorTools:
    """What the door works with on this computer."""
    return DoorTools(
        clock=SystemClock(),
        ids=SystemIds(),
        chance=SystemChance(),
        keychain=_keychain(),
        open_store=open_store,
        connect=connect,
    )


def door(vault: Path) -> VaultDoor:
    """The door of the vault in that folder."""
    return VaultDoor(vault, tools())


def services(
    opened: OpenedVault, lanes: Lanes | None = None, given: DoorTools | None = None
) -> "Services":
    """What can be done in an open vault.

    Args:
        opened: as the door gave it.
        lanes: where the store lives; None in a program of one thread.
        given: other tools than this computer's.
    """
    from plie_desktop.services.doctor import DoctorService  # noqa: PLC0415 - after the first paint
    from plie_desktop.services.imports import ImportService  # noqa: PLC0415 - as above
    from plie_desktop.services.intakes import IntakeService  # noqa: PLC0415 - as above
    from plie_desktop.services.participants import ParticipantService  # noqa: PLC0415 - as above
    from plie_desktop.services.pathways import PathwayService  # noqa: PLC0415 - as above
    from plie_desktop.services.plans import PlanService  # noqa: PLC0415 - as above
    from plie_desktop.services.preferences import PreferenceService  # noqa: PLC0415 - as above
    from plie_desktop.services.synchronisation import SyncService  # noqa: PLC0415 - as above
    from plie_desktop.services.today import TodayService  # noqa: PLC0415 - as above
    from plie_desktop.services.window_state import WindowStateFile  # noqa: PLC0415 - as above
    from plie_desktop.services.workplace import Services  # noqa: PLC0415 - as above

    with_tools = given or tools()
    store, identity = opened.store, opened.identity
    clock, ids = with_tools.clock, with_tools.ids
    synchronisation = SyncService(
        store,
        identity,
        clock,
        with_tools.chance,
        _OnStore(lanes),
        _line(opened, with_tools),
    )
    return Services(
        session=SessionService(opened, (synchronisation.close,)),
        intakes=IntakeService(store, identity, clock, ids),
        participants=ParticipantService(store, identity, clock),
        pathways=PathwayService(store, identity, clock, ids),
        plans=PlanService(store, identity, clock, ids),
        synchronisation=synchronisation,
        preferences=PreferenceService(store, WindowStateFile(opened.folder)),
        today=TodayService(store, identity, clock, synchronisation),
        imports=ImportService(store, identity, clock, ids),
        doctor=DoctorService(store, identity, opened.folder, with_tools, synchronisation),
    )


def warm_up() -> None:
    """Import what an open vault needs; for a lane, while the person types their passphrase."""
    from plie_desktop.services import workplace  # noqa: F401, PLC0415 - imported to be there
    from plie_desktop.store import sql_store  # noqa: F401, PLC0415 - as above


def open_store(path: Path, key: bytes, salt: bytes, is_new: bool) -> "Store":  # noqa: FBT001 - a tool
    """Open the base at `path`, or make it."""
    from plie_desktop.store.sql_store import SqlStore  # noqa: PLC0415 - after the first paint

    return SqlStore(path, key, salt, SystemClock(), SystemIds(), create=is_new)


def connect(address: "Address", key: "DeviceKey") -> "SyncClient":
    """Speak with a headquarters in the name of a key."""
    from plie_desktop.sync.client import SyncClient  # noqa: PLC0415 - as above

    return SyncClient(address, key, SystemClock())


def _keychain() -> "Callable[[], Keychain | None]":
    """Finds the keychain of this session, once."""
    found: list[Keychain | None] = []

    def find() -> "Keychain | None":
        from plie_desktop.security.keychain import system_keychain  # noqa: PLC0415 - as above

        if not found:
            found.append(system_keychain())
        return found[0]

    return find


def _line(opened: OpenedVault, with_tools: DoorTools) -> "Callable[[Transaction], SyncClient]":
    """Makes the client of this laptop from the key that its base holds."""

    def make(transaction: "Transaction") -> "SyncClient":
        from plie_desktop.errors import VaultDamagedError  # noqa: PLC0415 - as above
        from plie_desktop.services.signing_key import read_key  # noqa: PLC0415 - as above
        from plie_desktop.sync.address import read_address  # noqa: PLC0415 - as above
        from plie_desktop.text import N_  # noqa: PLC0415 - as above

        key = read_key(transaction)
        if key is None:
            raise VaultDamagedError(
                N_("Ce coffre n’a pas de clé pour parler au siège. Appelez la coordination.")
            )
        return with_tools.connect(read_address(opened.identity.server), key)

    return make


class _OnStore:
    """Does a work on the store lane, or at once where there are no lanes."""

    def __init__(self, lanes: Lanes | None) -> None:
        self._lanes = lanes

    def __call__(self, work: Callable[[], T]) -> T:
        if self._lanes is None:
            return work()
        return self._lanes.run(Lane.STORE, work).result()
