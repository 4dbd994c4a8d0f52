"""The one way into a file of intakes: its format is seen from what it holds, not its name."""

from pathlib import Path
from typing import Final

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports.archive import entries, is_archive, is_workbook, only_csv
from plie_desktop.imports.csv_file import read_csv
from plie_desktop.imports.sheet import Sheet, read_bytes
from plie_desktop.imports.xlsx_file import read_xlsx
from plie_desktop.text import N_

# An office document of before 2007, or one of today behind a passphrase.
_OLD_DOCUMENT: Final = bytes.fromhex("d0cf11e0a1b11ae1")


def read_sheet(file: Path) -> Sheet:
    """Header and lines of a CSV, of the one CSV in a ZIP, or of an XLSX file.

    Raises:
        RefusedInputError: it cannot be read, is empty, too large, or of another kind.
    """
    content = read_bytes(file)
    if content.startswith(_OLD_DOCUMENT):
        raise RefusedInputError(
            N_(
                "Ce classeur est d’un ancien format, ou protégé par un mot de passe. "
                "Enregistrez-le en XLSX, sans mot de passe."
            )
        )
    if not is_archive(content):
        return read_csv(content)
    held = entries(content)
    return read_xlsx(content) if is_workbook(held) else read_csv(only_csv(content, held))
