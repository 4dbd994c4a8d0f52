"""What the files of a vault are called. Told apart from what reads them, which is slow to load."""

from typing import Final

KEY_FILES: Final = ("vault.keys", "vault.keys.b")
DATABASE: Final = "vault.db"
