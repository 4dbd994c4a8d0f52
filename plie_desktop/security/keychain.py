"""The second half of the vault's lock: a secret kept by the system's keychain.

The keychain is a weak factor by itself, since any program of the same person reads it. It makes
a copied disk useless without the session it came from. Only the system's own keychains count:
the class is chosen here by name, so that no variable, configuration file or plug-in can put
another in its place, and what is written is read back before it is believed.
"""

import base64
import binascii
import importlib
import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from plie_desktop.errors import VaultError
from plie_desktop.text import N_

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "plie-desktop"
PATIENCE_SECONDS: Final = 30.0
"""How long a keychain may take, its own question to the person included."""

_ALLOWED: Final = {
    "win32": ("keyring.backends.Windows", "WinVaultKeyring", "Windows"),
    "darwin": ("keyring.backends.macOS", "Keyring", "macOS"),
    "linux": ("keyring.backends.SecretService", "Keyring", "Secret Service"),
}
_NEVER_KEPT: Final = "probe"

_SILENT: Final = N_(
    "Le trousseau de clés de cet ordinateur ne répond pas ou reste verrouillé. Rouvrez votre "
    "session, puis recommencez."
)
_FORGETFUL: Final = N_(
    "Le trousseau de clés de cet ordinateur n’a pas gardé le secret du coffre. Recommencez, ou "
    "choisissez une phrase de passe plus longue qui s’en passe."
)

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Keychain(Protocol):
    """Keeps one small secret for each vault, within the person's session.

    Attributes:
        name: what it is called, for support.
    """

    name: str

    def get(self, vault_id: str) -> bytes | None:
        """The secret as it was put; none where there is none.

        Raises:
            VaultError: the keychain is locked or does not answer.
        """
        ...

    def put(self, vault_id: str, secret: bytes) -> None:
        """Keep a secret, in place of any before it, and prove it by reading it back.

        Raises:
            VaultError: the keychain is locked, does not answer, or has not kept it.
        """
        ...

    def remove(self, vault_id: str) -> None:
        """Forget a secret; nothing happens where there is none.

        Raises:
            VaultError: the keychain is locked or does not answer.
        """
        ...


class SystemKeychain:
    """A keychain of the operating system, reached through one class of `keyring`."""

    def __init__(
        self, backend: "KeyringBackend", name: str, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self.name = name
        self._backend = backend
        self._patience = patience_seconds

    def get(self, vault_id: str) -> bytes | None:
        kept = self._ask(lambda: self._backend.get_password(SERVICE, vault_id))
        return None if kept is None else _secret(kept)

    def put(self, vault_id: str, secret: bytes) -> None:
        text = base64.b64encode(secret).decode("ascii")
        self._ask(lambda: self._backend.set_password(SERVICE, vault_id, text))
        if self.get(vault_id) != secret:
            raise VaultError(_FORGETFUL)

    def remove(self, vault_id: str) -> None:
        if self.get(vault_id) is not None:
            self._ask(lambda: self._backend.delete_password(SERVICE, vault_id))

    def _ask(self, question: Callable[[], _T]) -> _T:
        return _answer(question, self._patience)


def system_keychain(patience_seconds: float = PATIENCE_SECONDS) -> SystemKeychain | None:
    """The keychain of this session; none where there is none, or it stays locked or silent.

    The system may ask the person to unlock it: this is for a background lane.
    """
    found = _ALLOWED.get(sys.platform)
    if found is None:
        return None
    module, class_name, name = found
    try:
        return _answer(
            lambda: _opened(module, class_name, name, patience_seconds), patience_seconds
        )
    except VaultError:
        return None


def _opened(module: str, class_name: str, name: str, patience_seconds: float) -> SystemKeychain:
    cls: type[KeyringBackend] = getattr(importlib.import_module(module), class_name)
    _ = cls.priority  # Raises where the system lacks what the class needs.
    # Not called: the constructor would take attributes from KEYRING_PROPERTY_* variables.
    backend = cls.__new__(cls)
    if sys.platform == "win32":
        # The default roams with the profile to other computers of the domain.
        backend.persist = "local machine"
    elif sys.platform == "darwin":
        # Else a variable, KEYCHAIN_PATH, would choose the file.
        backend.keychain = None
    backend.get_password(SERVICE, _NEVER_KEPT)
    return SystemKeychain(backend, name, patience_seconds)


def _answer(question: Callable[[], _T], patience_seconds: float) -> _T:
    """What the system says, unless it takes too long; the thread left behind holds nothing up.

    Raises:
        VaultError: it refuses, fails or stays silent.
    """
    answer: Future[_T] = Future()

    def ask() -> None:
        try:
            answer.set_result(question())
        except Exception as error:  # noqa: BLE001 - three systems' libraries, no common ancestor
            answer.set_exception(error)

    threading.Thread(target=ask, name="keychain", daemon=True).start()
    try:
        return answer.result(patience_seconds)
    except Exception as error:
        # Only the kind: what a library says may hold the entry's name.
        _log.info("the keychain refuses: %s", type(error).__name__)
        raise VaultError(_SILENT) from error


def _secret(kept: str) -> bytes:
    """The bytes of an entry; of an entry that is not ours, bytes that open nothing."""
    try:
        return base64.b64decode(kept, validate=True)
    except (ValueError, binascii.Error):
        return b""
