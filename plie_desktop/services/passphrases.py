"""The passphrase of a vault: one is proposed, judged, put in the place of the one before.

The door needs this before the first paint, so what it takes is imported when it happens.
"""

from pathlib import Path
from typing import Final

from plie_desktop.errors import RefusedInputError, WrongPassphraseError
from plie_desktop.services.door_parts import DoorTools, PassphraseStrength, make_vault
from plie_desktop.text import N_

_NOT_THE_CURRENT_ONE: Final = N_(
    "Ce n’est pas la phrase de passe actuelle, rien n’est changé. Vérifiez les majuscules et la "
    "disposition du clavier, puis recommencez."
)
_THE_SAME: Final = N_(
    "La nouvelle phrase de passe est celle d’avant, rien n’est changé. Choisissez-en une autre, "
    "ou prenez celle qui est proposée."
)


class PassphraseService:
    """What a person can do about the passphrase of one folder's vault. Slow: for a lane."""

    def __init__(self, folder: Path, tools: DoorTools) -> None:
        self._folder = folder
        self._tools = tools

    def has_keychain(self) -> bool:
        """Whether a keychain guards the vault with the passphrase, or will guard a new one.

        Raises:
            VaultError: the keys of the vault cannot be read.
        """
        vault = make_vault(self._folder, self._tools, needs_keychain=False)
        if vault.exists():
            return vault.needs_device_secret()
        return self._tools.keychain() is not None

    def suggest(self) -> str:
        """A good passphrase, easy to copy and to say."""
        from plie_desktop.security import passphrase as judged  # noqa: PLC0415 - after the first paint

        if self.has_keychain():
            return judged.suggest(self._tools.chance)
        return judged.suggest_long(self._tools.chance)

    def strength(self, passphrase: str) -> PassphraseStrength:
        """How well a passphrase would protect the vault on this computer."""
        from plie_desktop.security import passphrase as judged  # noqa: PLC0415 - as above

        found = judged.strength(passphrase, alone=not self.has_keychain())
        return PassphraseStrength(found.bits, found.enough, found.sentence)

    def change(self, current: str, new: str) -> None:
        """Put a passphrase in the place of the current one; the base stays as it is, and open.

        Raises:
            WrongPassphraseError: the current one is another.
            RefusedInputError: the new one is too weak, or no other than the current one.
            VaultError: nothing could be written. The current one stays in each of these cases.
        """
        from plie_desktop.security.kdf import normalised  # noqa: PLC0415 - as above

        if normalised(new) == normalised(current):
            raise RefusedInputError(_THE_SAME)
        vault = make_vault(self._folder, self._tools, needs_keychain=self.has_keychain())
        try:
            vault.change_passphrase(current, new)
        except WrongPassphraseError as refusal:
            raise WrongPassphraseError(_NOT_THE_CURRENT_ONE) from refusal
