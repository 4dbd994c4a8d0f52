"""Starts the program: the window at once, or a command.

Between the start of the process and the first paint nothing is imported that the door does not
need, so the arguments of the window are read by hand.
"""

import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    """Run with the arguments of the process."""
    given = sys.argv[1:]
    asked = _window_only(given)
    if asked is not None:
        from plie_desktop import bootstrap  # noqa: PLC0415 - the commands are not needed

        return bootstrap.open_window(*asked)
    from plie_desktop.commands.running import main as run  # noqa: PLC0415 - not for the window
    from plie_desktop.security.hardening import harden_process  # noqa: PLC0415 - as above

    harden_process()
    return run(given)


def _window_only(given: Sequence[str]) -> tuple[Path | None, str | None] | None:
    """Vault and language, when the arguments ask for the window and nothing else."""
    vault: Path | None = None
    language: str | None = None
    pairs = list(zip(given[::2], given[1::2], strict=False))
    if len(given) % 2:
        return None
    for name, value in pairs:
        if name == "--vault":
            vault = Path(value)
        elif name == "--language" and value in ("fr", "en"):
            language = value
        else:
            return None
    return vault, language


if __name__ == "__main__":
    sys.exit(main())
