"""Comma- and semicolon-separated files, in the two encodings that offices produce."""

import csv
import io
from collections.abc import Iterator

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports.sheet import FOREIGN, Sheet, sheet_of
from plie_desktop.text import N_

# What no text file holds: a file of another kind under the name of a CSV.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13}


def read_csv(content: bytes) -> Sheet:
    """The lines of a CSV: `;` or `,`, UTF-8 with or without mark, or Windows-1252.

    Raises:
        RefusedInputError: it is not a text, or a quotation never ends.
    """
    text = _decoded(content)
    header = text.lstrip("\r\n").split("\n", 1)[0]
    separator = ";" if header.count(";") >= header.count(",") else ","
    return sheet_of(_rows(text, separator))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Spreadsheets write this when asked for "Unicode text".
        return _as("utf-16", content)
    if any(byte in _BINARY for byte in content):
        raise RefusedInputError(FOREIGN)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as("cp1252", content)


def _as(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise RefusedInputError(FOREIGN) from None


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        raise RefusedInputError(
            N_("La ligne {line} ne se lit pas : des guillemets ne sont pas fermés, ou de trop."),
            line=before + 1,
        ) from None
