"""How the window looked last: known before unlocking, hence plain and never personal."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from plie_desktop import text
from plie_desktop.errors import PlieError
from plie_desktop.services.plain_files import write_whole

THEMES: Final = ("system", "light", "dark", "sun")
_LARGEST_FILE: Final = 16 * 1024


@dataclass(frozen=True)
class WindowState:
    """Looks and place of the window.

    Attributes:
        geometry: what the toolkit needs to put the window back, in base 64.
        theme: one of `THEMES`.
        text_percent: 100 to 200.
        language: one of `text.LANGUAGES`.
    """

    geometry: str = ""
    theme: str = "system"
    text_percent: int = 100
    language: str = "fr"


class WindowStateFile:
    """The file `<vault>.window.json` beside the vault."""

    def __init__(self, vault: Path) -> None:
        self._file = vault.with_name(f"{vault.name}.window.json")

    def read(self) -> WindowState:
        """What was kept; the usual looks where nothing readable is."""
        try:
            if not self._file.is_file() or self._file.stat().st_size > _LARGEST_FILE:
                return WindowState()
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return WindowState()
        if not isinstance(kept, dict) or not _is_sound(kept):
            return WindowState()
        return WindowState(**{name: kept[name] for name in asdict(WindowState())})

    def remember(
        self,
        *,
        geometry: str | None = None,
        theme: str | None = None,
        text_percent: int | None = None,
        language: str | None = None,
    ) -> None:
        """Keep what is given and leave the rest; looks are no reason to stop, so errors pass."""
        known = self.read()
        state = replace(
            known,
            geometry=known.geometry if geometry is None else geometry,
            theme=theme or known.theme,
            text_percent=text_percent or known.text_percent,
            language=language or known.language,
        )
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, json.dumps(asdict(state)).encode())
        except (PlieError, OSError):
            return


def _is_sound(kept: dict[str, Any]) -> bool:
    size, place = kept.get("text_percent"), kept.get("geometry")
    return (
        isinstance(place, str)
        and place.isascii()
        and kept.get("theme") in THEMES
        and isinstance(size, int)
        and 100 <= size <= 200  # noqa: PLR2004 - the bounds of the preferences
        and kept.get("language") in text.LANGUAGES
    )
