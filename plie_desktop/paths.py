"""Where files live. Every room may come in.

`resource("icons", "save.svg")` is the only way to a shipped file, from a checkout and from an
installed program alike. Vaults live where the person's system keeps application data.
"""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file under `resources/`."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)


def default_vault() -> Path:
    """The folder of this person's vault when none is named."""
    import platformdirs  # noqa: PLC0415 - only asked once, and never on a server

    return Path(platformdirs.user_data_dir("plie-desktop", appauthor=False)) / "vault"


def cache() -> Path:
    """A folder for what can be made again at any time; never for personal data."""
    import platformdirs  # noqa: PLC0415 - as above

    return Path(platformdirs.user_cache_dir("plie-desktop", appauthor=False))
