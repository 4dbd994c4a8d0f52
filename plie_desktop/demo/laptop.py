"""One laptop of the story: its vault, its line, and its services while it is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from plie_desktop import bootstrap
from plie_desktop.demo.line import Line
from plie_desktop.models.domain.sync_state import SyncReport
from plie_desktop.security.vault import Vault
from plie_desktop.services.session import DoorTools, OpenedVault, VaultDoor
from plie_desktop.services.workplace import Services
from plie_desktop.tasks import Cancel


def no_keychain_tools() -> DoorTools:
    """The tools of this computer, but nothing is written to the person's own keychain."""
    return replace(bootstrap.tools(), keychain=lambda: None)


@dataclass(frozen=True)
class Laptop:
    """A laptop, closed.

    Attributes:
        name: what the person calls it.
        folder: of the vault.
        passphrase: invented for the story.
        line: to headquarters.
    """

    name: str
    folder: Path
    passphrase: str
    line: Line

    def enrol(self, code: str) -> tuple[str, ...]:
        """Make the vault; gives the words that both screens show."""
        opened = self._door().enrol(self.line.url, code, self.passphrase, self.name)
        self._close(opened)
        return opened.words

    @contextmanager
    def open(self) -> Iterator[Services]:
        """The services behind the real door; closed again at the end."""
        opened = self._door().unlock(self.passphrase)
        services = bootstrap.services(opened, given=no_keychain_tools())
        try:
            yield services
        finally:
            services.session.close()

    def raw_keys(self) -> tuple[str, str]:
        """Key and salt of the base as hexadecimal, for the independent checker."""
        keys = Vault(self.folder, None, bootstrap.tools().chance).open(self.passphrase)
        return keys.database.hex(), keys.salt.hex()

    def base(self) -> Path:
        return Vault(self.folder, None, bootstrap.tools().chance).database_path

    def _door(self) -> VaultDoor:
        return VaultDoor(self.folder, no_keychain_tools())

    def _close(self, opened: OpenedVault) -> None:
        bootstrap.services(opened, given=no_keychain_tools()).session.close()


def exchange(services: Services) -> SyncReport:
    """One exchange, without anybody watching the progress."""
    return services.synchronisation.run_once(_nobody, Cancel()).report


def _nobody(_done: int, _total: int | None, _sentence: str) -> None:
    """Hears the progress and does nothing."""
