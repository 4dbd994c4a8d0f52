"""The one way into a file of intakes: its format is seen from what it holds, not its name."""

from pathlib import Path

from plie_desktop.imports.csv_file import read_csv
from plie_desktop.imports.sheet import Sheet, read_bytes
from plie_desktop.imports.xlsx_file import is_workbook, read_xlsx


def read_sheet(file: Path) -> Sheet:
    """Header and lines of a CSV or XLSX file.

    Raises:
        RefusedInputError: it cannot be read, is empty, too large, or of another kind.
    """
    content = read_bytes(file)
    return read_xlsx(content) if is_workbook(content) else read_csv(content)
