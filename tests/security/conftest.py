"""Real parts for the security room: a Secret Service of its own, a cheap price for guesses."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from plie_desktop.clock import SystemChance
from plie_desktop.security.kdf import LEAST
from plie_desktop.security.keychain import Keychain
from plie_desktop.security.vault import Vault
from tests.support.buses import need, private_bus, running, wait_for_name
from tests.support.keychains import MemoryKeychain
from tests.support.logind import FakeLogind

PASSPHRASE = "tramou-vanche-bijo-loudra-pitou"
NEXT_PASSPHRASE = "soudan-crivo-fanlu-jodre-nachou"
LONG_PASSPHRASE = "tramou-vanche-bijo-loudra-pitou-soudan-crivo-fanlu"


@pytest.fixture
def make_vault(tmp_path: Path) -> Callable[..., Vault]:
    """Vaults at the cheapest price, in `tmp_path/vault` unless another folder is given."""

    def make(keychain: Keychain | None, folder: Path = tmp_path / "vault") -> Vault:
        return Vault(folder, keychain, SystemChance(), normal=LEAST, alone=LEAST)

    return make


@pytest.fixture
def keychain() -> MemoryKeychain:
    return MemoryKeychain()


class SecretService:
    """gnome-keyring on a private bus, with a home folder of its own that outlives a session."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running = ExitStack()
        self.address = ""

    def start(self, password: str | None) -> None:
        """Begin a session; `password` unlocks the login collection, none leaves it locked."""
        self.stop()
        self.address = self._running.enter_context(private_bus(self._folder))
        environment = {
            "DBUS_SESSION_BUS_ADDRESS": self.address,
            "HOME": str(self._folder),
            "XDG_DATA_HOME": str(self._folder / "data"),
            "XDG_RUNTIME_DIR": str(self._folder),
        }
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        if password is not None:
            command.append("--unlock")
        self._running.enter_context(
            running(command, environment, None if password is None else password.encode())
        )
        wait_for_name(self.address, "org.freedesktop.secrets")

    def stop(self) -> None:
        """End the session."""
        self._running.close()
        self._running = ExitStack()


@pytest.fixture
def secret_service(tmp_path_factory, monkeypatch) -> Iterator[SecretService]:
    """An unlocked session whose bus is the one this process sees."""
    need("dbus-daemon", "gnome-keyring-daemon")
    service = SecretService(tmp_path_factory.mktemp("session"))
    service.start("testpw")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
    yield service
    service.stop()


@pytest.fixture
def empty_bus(tmp_path) -> Iterator[str]:
    """The address of a bus on which nobody offers anything."""
    with private_bus(tmp_path) as address:
        yield address


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody, root included, writes into this folder meanwhile; skips where that cannot be had."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    if _mount("--bind", folder, folder):
        pytest.skip("root can be refused by a read-only mount alone, and none can be made here")
    try:
        if _mount("-o", "remount,bind,ro", folder):
            pytest.skip("a mount cannot be made read-only here")
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def _mount(*arguments: str | Path) -> int:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


@pytest.fixture
def logind(request, empty_bus, monkeypatch) -> Iterator[FakeLogind]:
    """A system bus with a logind on it, of the kind the test asks for by parameters."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", empty_bus)
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    fake = FakeLogind(empty_bus, **getattr(request, "param", {}))
    yield fake
    fake.end()
