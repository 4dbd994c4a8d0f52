"""Files of cells between separators, in the encodings that offices produce."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports.sheet import FOREIGN, Sheet, sheet_of
from plie_desktop.text import N_

# From the likeliest on; tabs are what spreadsheets write when asked for "Unicode text".
_SEPARATORS: Final = (";", ",", "\t")
# A first line by which some spreadsheets tell each other the separator.
_NAMED: Final = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)

# What no text file holds: a file of another kind under the name of a CSV.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13}


def read_csv(content: bytes) -> Sheet:
    """The lines of a CSV: `;`, `,` or tabs, UTF-8 with or without mark, UTF-16 or Windows-1252.

    Raises:
        RefusedInputError: it is not a text, or a quotation never ends.
    """
    text = _decoded(content)
    named = _NAMED.match(text)
    if named:
        return sheet_of(_rows(text[named.end() :], named[1], before=1))
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return sheet_of(_rows(text, max(_SEPARATORS, key=header.count)))


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
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


def _rows(text: str, separator: str, before: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Cells by the number of the first line they take up, `before` lines having been read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    first = before + 1
    try:
        for cells in reader:
            yield first, cells
            first = before + reader.line_num + 1
    except csv.Error:
        raise RefusedInputError(
            N_(
                "La ligne {line} ne se lit pas : une cellule est trop longue, ou ses guillemets ne "
                "vont pas par deux. Corrigez-la."
            ),
            line=first,
        ) from None
