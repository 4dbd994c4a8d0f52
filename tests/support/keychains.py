"""A keychain in memory, for tests that need one and do not look at the system's."""

from plie_desktop.errors import VaultError


class MemoryKeychain:
    """Keeps what it is given; refuses everything while `is_locked`."""

    name = "memory"

    def __init__(self) -> None:
        self.is_locked = False
        self.secrets: dict[str, bytes] = {}

    def get(self, vault_id: str) -> bytes | None:
        self._refuse_if_locked()
        return self.secrets.get(vault_id)

    def put(self, vault_id: str, secret: bytes) -> None:
        self._refuse_if_locked()
        self.secrets[vault_id] = secret

    def remove(self, vault_id: str) -> None:
        self._refuse_if_locked()
        self.secrets.pop(vault_id, None)

    def _refuse_if_locked(self) -> None:
        if self.is_locked:
            raise VaultError("Le trousseau est verrouillé.")
