"""What is inside a vault, and whether it is sound; nothing of it is personal."""

import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import plie_desktop
from plie_desktop.services.door_parts import DoorTools, make_vault
from plie_desktop.services.identity import Identity
from plie_desktop.services.synchronisation import SyncService
from plie_desktop.store.ports import Store
from plie_desktop.text import N_


@dataclass(frozen=True)
class DoctorReport:
    """Health of a vault.

    Attributes:
        is_sound: nothing was found that needs help; what the base takes care of by itself is
            told and is no harm (`BaseReport`).
        findings: French message ids.
        has_keychain: the keychain of this computer guards the vault too.
        schema: version of the base.
        waiting: edits not yet received by headquarters.
        parked: edits received and not taken into account yet.
        last_success_at: end of the last complete exchange, UTC.
    """

    version: str
    python: str
    system: str
    folder: Path
    has_keychain: bool
    cipher_version: str
    sqlite_version: str
    journal_mode: str
    synchronous: str
    schema: str
    size_bytes: int
    is_sound: bool
    findings: tuple[str, ...]
    participants: int
    waiting: int
    parked: int
    conflicts: int
    device_name: str
    device_prefix: str
    server: str
    is_practice: bool
    last_success_at: datetime | None


class DoctorService:
    """Examines the whole base; slow."""

    def __init__(
        self,
        store: Store,
        identity: Identity,
        folder: Path,
        tools: DoorTools,
        synchronisation: SyncService,
    ) -> None:
        self._store = store
        self._identity = identity
        self._folder = folder
        self._tools = tools
        self._synchronisation = synchronisation

    def examine(self) -> DoctorReport:
        """Check cipher, settings, integrity and what waits."""
        base = self._store.examine()
        status = self._synchronisation.status()
        vault = make_vault(self._folder, self._tools, needs_keychain=False)
        of_folder = _of_folder(self._folder)
        return DoctorReport(
            version=plie_desktop.__version__,
            python=platform.python_version(),
            system=f"{platform.system()} {platform.release()}",
            folder=self._folder,
            has_keychain=vault.needs_device_secret(),
            cipher_version=base.cipher_version,
            sqlite_version=base.sqlite_version,
            journal_mode=base.journal_mode,
            synchronous=base.synchronous,
            schema=base.schema,
            size_bytes=base.size_bytes,
            is_sound=base.is_sound and not of_folder,
            findings=(*base.findings, *of_folder),
            participants=base.participants,
            waiting=status.waiting,
            parked=status.parked,
            conflicts=status.conflicts,
            device_name=self._identity.device_name,
            device_prefix=self._identity.device_prefix,
            server=self._identity.server,
            is_practice=self._identity.is_practice,
            last_success_at=status.last_success_at,
        )


def _of_folder(folder: Path) -> tuple[str, ...]:
    if platform.system() != "Windows" and folder.stat().st_mode & 0o077:
        return (N_("Le dossier du coffre est ouvert aux autres comptes. Retirez-leur ce droit."),)
    return ()
