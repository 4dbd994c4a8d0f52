"""What a person set for themselves on this laptop."""

from dataclasses import dataclass
from typing import Final

import msgspec

from plie_desktop import text
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.services.window_state import THEMES, WindowStateFile
from plie_desktop.store.ports import Store
from plie_desktop.text import N_

FEWEST_MINUTES: Final = 1
MOST_MINUTES: Final = 10
SMALLEST_TEXT: Final = 100
LARGEST_TEXT: Final = 200
_KEY: Final = "preferences"


@dataclass(frozen=True)
class Preferences:
    """Settings of one person.

    Attributes:
        theme: `system`, `light`, `dark` or `sun`.
        text_percent: size of texts, 100 to 200.
        language: of the screens, one of `text.LANGUAGES`.
        lock_minutes: idle minutes before the program locks itself, 1 to 10.
    """

    theme: str = "system"
    text_percent: int = 100
    language: str = "fr"
    lock_minutes: int = 5


class PreferenceService:
    """Reads and keeps preferences; looks and language are repeated outside the vault.

    The unlock page is painted before anything of the vault can be read, so it finds theme, text
    size and language in the state of the window.
    """

    def __init__(self, store: Store, window: WindowStateFile) -> None:
        self._store = store
        self._window = window

    def get(self) -> Preferences:
        """The preferences kept, or the usual ones."""
        with self._store.read() as transaction:
            raw = transaction.local.get(_KEY)
        if raw is None:
            shown = self._window.read()
            return Preferences(shown.theme, shown.text_percent, shown.language)
        try:
            kept = msgspec.json.decode(raw, type=Preferences)
            _check(kept)
        except (msgspec.MsgspecError, RefusedInputError):
            return Preferences()
        return kept

    def set(self, preferences: Preferences) -> Changes:
        """Keep these.

        Raises:
            RefusedInputError: a value is outside its bounds; nothing was kept.
        """
        _check(preferences)
        with self._store.write() as transaction:
            transaction.local.put(_KEY, msgspec.json.encode(preferences))
        self._window.remember(
            theme=preferences.theme,
            text_percent=preferences.text_percent,
            language=preferences.language,
        )
        return Changes(preferences=True)


def _check(preferences: Preferences) -> None:
    if preferences.theme not in THEMES or preferences.language not in text.LANGUAGES:
        raise RefusedInputError(N_("Ce réglage n’existe pas ici. Choisissez dans la liste."))
    if not SMALLEST_TEXT <= preferences.text_percent <= LARGEST_TEXT:
        raise RefusedInputError(
            N_("La taille du texte va de {least} à {most} %. Choisissez entre les deux."),
            least=SMALLEST_TEXT,
            most=LARGEST_TEXT,
        )
    if not FEWEST_MINUTES <= preferences.lock_minutes <= MOST_MINUTES:
        raise RefusedInputError(
            N_(
                "Le verrouillage vient après {least} à {most} minutes. Plus tard, un portable "
                "laissé ouvert ne protégerait plus les dossiers."
            ),
            least=FEWEST_MINUTES,
            most=MOST_MINUTES,
        )
