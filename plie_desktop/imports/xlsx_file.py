"""Workbooks: the first sheet, values only."""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports.sheet import FOREIGN, MOST_COLUMNS, MOST_LINES, Sheet, sheet_of


def read_xlsx(content: bytes) -> Sheet:
    """The lines of the first sheet; formulas as the values they had when it was saved.

    Raises:
        RefusedInputError: it is not a workbook.
    """
    # Slow to import, and most files are CSV.
    import openpyxl  # noqa: PLC0415 - as just said

    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions it leaves out; only values matter here.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                return sheet_of(_rows(book.worksheets[0]))
            finally:
                book.close()
    except RefusedInputError:
        raise
    except Exception as error:
        # The library lets errors of zip, XML and its own conversions through, as they come.
        raise RefusedInputError(FOREIGN) from error


def _rows(sheet: object) -> Iterator[tuple[int, list[str]]]:
    # A few cells far away would else make millions of empty ones.
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)  # type: ignore[attr-defined]  # openpyxl has no types
    empty = 0
    for number, row in enumerate(rows, 1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > MOST_LINES:
            return
        yield number, cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
