"""The system's keychain: a real Secret Service, its five bad states, and hijackings of it."""

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress

import pytest
from keyring.backends.null import Keyring as NullKeyring

from plie_desktop.errors import VaultError
from plie_desktop.security.keychain import SERVICE, SystemKeychain, system_keychain
from tests.support.keychain_contract import SECRET, VAULT, KeychainContract
from tests.support.keychains import MemoryKeychain

LONG, SHORT = "30", "0.5"
# Asked in a child, whose environment may be as hostile as one likes, and with which end the
# sockets that the libraries leave open when they are refused.
ASK = """
import json, sys
from plie_desktop.security.keychain import system_keychain
keychain = system_keychain(float(sys.argv[1]))
if keychain is None:
    print(json.dumps(None))
else:
    keychain.put("0f" * 16, bytes(range(32)))
    backend = keychain._backend
    print(json.dumps([type(backend).__module__, keychain.get("0f" * 16).hex(), vars(backend)]))
"""


class TestMemoryKeychain(KeychainContract):
    @pytest.fixture
    def keychain(self):
        return MemoryKeychain()


class TestSecretService(KeychainContract):
    @pytest.fixture
    def keychain(self, secret_service):
        found = system_keychain()
        assert found is not None
        return found

    def test_secret_outlives_the_session(self, keychain, secret_service, monkeypatch):
        keychain.put(VAULT, SECRET)
        secret_service.start("testpw")
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", secret_service.address)
        assert system_keychain().get(VAULT) == SECRET

    @pytest.mark.parametrize("password", ["another password", None])
    def test_locked_session_gives_no_keychain(self, keychain, secret_service, password):
        keychain.put(VAULT, SECRET)
        secret_service.start(password)
        assert _ask_in_child({"DBUS_SESSION_BUS_ADDRESS": secret_service.address}) is None

    def test_keychain_whose_session_ended_says_so(self, keychain, secret_service):
        keychain.put(VAULT, SECRET)
        secret_service.stop()
        for act in (keychain.get, keychain.remove):
            with pytest.raises(VaultError):
                act(VAULT)
        with pytest.raises(VaultError):
            keychain.put(VAULT, SECRET)

    def test_entry_that_is_not_ours_opens_nothing(self, keychain):
        keychain._backend.set_password(SERVICE, VAULT, "é pas du base64")
        assert keychain.get(VAULT) == b""


def test_no_bus_gives_no_keychain(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert system_keychain() is None


def test_bus_that_is_gone_gives_no_keychain(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    assert system_keychain() is None


def test_bus_without_secret_service_gives_no_keychain(empty_bus):
    assert _ask_in_child({"DBUS_SESSION_BUS_ADDRESS": empty_bus}) is None


@pytest.mark.parametrize("greeting", [None, b"OK 0123456789abcdef0123456789abcdef\r\n"])
def test_bus_that_falls_silent_holds_nothing_up(tmp_path, greeting):
    """Silent from the first byte, or after the greeting, from where the libraries wait for ever."""
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        met = []

        def greet():
            # The other side may give up before it was met, or between two words.
            with suppress(OSError):
                peer, _ = server.accept()
                met.append(peer)
                if greeting:
                    peer.recv(1024)
                    peer.sendall(greeting)
                    peer.recv(1024)

        threading.Thread(target=greet, daemon=True).start()
        assert _ask_in_child({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={path}"}, SHORT) is None
        for peer in met:
            peer.close()


def test_keychain_that_forgets_in_silence_is_found_out():
    keychain = SystemKeychain(NullKeyring(), "null")
    with pytest.raises(VaultError, match="n’a pas gardé"):
        keychain.put(VAULT, SECRET)


def test_keychain_that_keeps_something_else_is_found_out():
    class Forger(NullKeyring):
        """Gives back a secret of its own."""

        def get_password(self, service, username):
            return "A" * 44

    with pytest.raises(VaultError, match="n’a pas gardé"):
        SystemKeychain(Forger(), "forger").put(VAULT, SECRET)


def test_system_without_a_known_keychain_has_none(monkeypatch):
    monkeypatch.setattr(sys, "platform", "sunos5")
    assert system_keychain() is None


def _ask_in_child(environment, patience=LONG):
    done = subprocess.run(
        [sys.executable, "-c", ASK, patience],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture
def hostile(tmp_path):
    """A home and a path on which a backend of somebody else's waits to be chosen."""
    plugin = tmp_path / "plugins"
    plugin.mkdir()
    (plugin / "hostile.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 1000\n"
        "    def get_password(self, service, username): return 'A' * 44\n"
        "    def set_password(self, service, username, password): pass\n"
        "    def delete_password(self, service, username): pass\n"
    )
    entry = plugin / "hostile-1.0.dist-info"
    entry.mkdir()
    (entry / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n")
    (entry / "entry_points.txt").write_text("[keyring.backends]\nhostile = hostile\n")
    settings = tmp_path / "config" / "python_keyring"
    settings.mkdir(parents=True)
    (settings / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=hostile.Keyring\n")
    return {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHONPATH": os.pathsep.join([str(plugin), *sys.path]),
        "PYTHON_KEYRING_BACKEND": "hostile.Keyring",
        "KEYCHAIN_PATH": str(tmp_path / "other.keychain"),
        "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/session",
        "KEYRING_PROPERTY_APPID": "somebody else",
        "KEYRING_PROPERTY_SCHEME": "KeePassXC",
        "KEYRING_PROPERTY_PRIORITY": "0",
    }


def test_hijacked_environment_is_of_no_avail(secret_service, hostile):
    module, secret, attributes = _ask_in_child(hostile)
    assert module == "keyring.backends.SecretService"
    assert secret == SECRET.hex()
    assert attributes == {}


def test_hijacked_environment_without_a_real_keychain_gives_none(hostile):
    assert _ask_in_child(hostile) is None


@pytest.mark.parametrize("name", ["null", "fail", "chainer"])
def test_no_other_backend_is_ever_taken(name):
    environment = {"PYTHON_KEYRING_BACKEND": f"keyring.backends.{name}.Keyring"}
    assert _ask_in_child(environment) is None
