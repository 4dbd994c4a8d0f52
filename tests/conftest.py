"""What holds for every test: no screen, no network beyond this machine, nobody's own files."""

import ipaddress
import os
import socket

import pytest
from hypothesis import settings

# No test is judged by its time: a busy machine would fail what is right.
settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.support.postgres"]


@pytest.fixture(scope="session", autouse=True)
def _homes_of_the_test_run(tmp_path_factory):
    """Vaults, settings, caches and keyrings of the person who runs the tests stay untouched."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        patch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_network_beyond_this_machine():
    connect = socket.socket.connect

    def connect_here(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            pytest.fail(f"a test reached for the network: {address!r}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
