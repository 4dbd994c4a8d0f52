"""Builds every object once, and is the only place that sees all rooms.

The door is built with nothing but the standard library in memory: the window paints it first,
and what an open vault needs is imported while the person types. Only the entry points come in.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from plie_desktop import logs, paths, text
from plie_desktop.clock import SystemChance, SystemClock, SystemIds
from plie_desktop.security.file_names import DATABASE, KEY_FILES
from plie_desktop.security.hardening import harden_process
from plie_desktop.security.suspend import IdleClock, SuspendWatch
from plie_desktop.services.session import DoorTools, OpenedVault, SessionService, VaultDoor
from plie_desktop.services.window_state import WindowStateFile

if TYPE_CHECKING:
    from plie_desktop.security.keychain import Keychain
    from plie_desktop.services.workplace import Services
    from plie_desktop.store.ports import Store, Transaction
    from plie_desktop.sync.address import Address
    from plie_desktop.sync.client import DeviceKey, SyncClient
    from plie_desktop.tasks import Lanes

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


def has_vault(folder: Path) -> bool:
    """Whether a vault is there, even a damaged one."""
    return any((folder / name).exists() for name in (*KEY_FILES, DATABASE))


def door(vault: Path) -> VaultDoor:
    """The door of the vault in that folder."""
    return VaultDoor(vault, tools())


def services(
    opened: OpenedVault, lanes: "Lanes | None" = None, given: DoorTools | None = None
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
    from plie_desktop.services.passphrases import PassphraseService  # noqa: PLC0415 - as above
    from plie_desktop.services.pathways import PathwayService  # noqa: PLC0415 - as above
    from plie_desktop.services.plans import PlanService  # noqa: PLC0415 - as above
    from plie_desktop.services.preferences import PreferenceService  # noqa: PLC0415 - as above
    from plie_desktop.services.synchronisation import SyncService  # noqa: PLC0415 - as above
    from plie_desktop.services.today import TodayService  # noqa: PLC0415 - as above
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
        passphrase=PassphraseService(opened.folder, with_tools),
        today=TodayService(store, identity, clock, synchronisation),
        imports=ImportService(store, identity, clock, ids),
        doctor=DoctorService(store, identity, opened.folder, with_tools, synchronisation),
    )


def open_window(vault: Path | None, language: str | None) -> int:
    """Show the door, then the window; gives the exit code of the program.

    Args:
        vault: folder of the vault; None for this person's own.
        language: of the screens; None for the one chosen last.
    """
    folder = vault or paths.default_vault()
    harden_process()
    logs.start(folder)
    logs.catch_the_rest()
    # Qt enters the process here and nowhere earlier: commands and the server do without.
    from plie_desktop.views.shell.program import Start, run  # noqa: PLC0415 - as just said

    clock, window_state = SystemClock(), WindowStateFile(folder)
    start = Start(
        door=door(folder),
        has_vault=has_vault(folder),
        device_name=_name_of_this_computer,
        words=text.words(language or window_state.read().language),
        clock=clock,
        window_state=window_state,
        services=services,
        warm_up=warm_up,
        idle=lambda seconds: IdleClock(clock, seconds),
        suspend=SuspendWatch,
        restart=lambda: _start_anew(vault, language),
    )
    return run(start)


def _name_of_this_computer() -> str:
    import platform  # noqa: PLC0415 - only asked for at the first start

    return platform.node()


def _start_anew(vault: Path | None, language: str | None) -> None:
    """Replace this process, with all it holds in memory, by a new one at the door."""
    given = ["--vault", str(vault)] if vault else []
    given += ["--language", language] if language else []
    os.execv(sys.executable, [*_program(), *given])  # noqa: S606 - this very program, no shell


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "plie_desktop"]


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

    def __init__(self, lanes: "Lanes | None") -> None:
        self._lanes = lanes

    def __call__(self, work: Callable[[], T]) -> T:
        if self._lanes is None:
            return work()
        from plie_desktop.tasks import Lane  # noqa: PLC0415 - as above

        return self._lanes.run(Lane.STORE, work).result()
