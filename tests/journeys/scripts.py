"""A script at headquarters that works on one vault."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.shell import Done, run
from tests.journeys.vaults import Base
from tests.support.laptops import PASSPHRASE


@dataclass(frozen=True)
class Script:
    """Runs commands on a vault and looks at its files."""

    base: Base
    phrase: Path

    def __call__(self, *arguments: object, phrase: Path | None = None) -> Done:
        given = ("--vault", self.base.folder, "--passphrase-file", phrase or self.phrase)
        return run(*given, *arguments)

    def rows(self) -> dict[str, list[tuple]]:
        """What the base holds."""
        return self.base.rows(self.phrase.with_name("copie"))

    def files(self) -> dict[str, bytes]:
        """Every file of the vault but the one that only says who holds it."""
        return {
            str(file.relative_to(self.base.folder)): file.read_bytes()
            for file in sorted(self.base.folder.rglob("*"))
            if file.is_file() and file.suffix != ".lock"
        }


def script_on(folder: Path, original: Base, vault: Path | None = None) -> Script:
    """A script on a copy of a vault, in `folder` unless another place is named."""
    phrase = folder / "phrase"
    phrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    place = vault or folder / "coffre"
    shutil.copytree(original.folder, place)
    return Script(Base(place, original.key), phrase)
