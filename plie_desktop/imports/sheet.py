"""A file as lines of cells, whatever program wrote it."""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from plie_desktop.errors import RefusedInputError
from plie_desktop.text import N_

LARGEST_FILE: Final = 20 * 1024 * 1024
MOST_LINES: Final = 50_000
MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 10_000

_MISSING: Final = N_("Ce fichier est introuvable. Vérifiez son nom et son dossier.")
_NO_FILE: Final = N_(
    "Ce n’est pas un fichier, mais un dossier ou un appareil. Choisissez le fichier d’accueils."
)
_FORBIDDEN: Final = N_(
    "Vous n’avez pas le droit de lire ce fichier, ou un autre programme le tient. "
    "Fermez-le ailleurs, ou demandez ce droit."
)
_UNREADABLE: Final = N_(
    "Ce fichier ne se lit pas en entier. Copiez-le sur cet ordinateur, puis importez la copie."
)
_TOO_LARGE: Final = N_("Ce fichier dépasse {most} Mo. Coupez-le en plusieurs fichiers.")
_TOO_MANY: Final = N_("Ce fichier a plus de {most} lignes. Coupez-le en plusieurs fichiers.")
_TOO_WIDE: Final = N_(
    "Ce fichier a plus de {most} colonnes. Gardez celles du modèle, puis recommencez."
)
EMPTY: Final = N_("Ce fichier est vide. Vérifiez que c’est le bon.")
FOREIGN: Final = N_(
    "Ce fichier n’est ni un CSV ni un classeur XLSX, ou il est abîmé. "
    "Demandez-le dans l’un de ces formats."
)


@dataclass(frozen=True)
class Line:
    """One line of a file; `number` is that of the first line it takes up, from 1."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Sheet:
    """The header and the lines below it; lines without any cell filled are left out."""

    header: tuple[str, ...]
    lines: tuple[Line, ...] = field(repr=False)


def read_bytes(file: Path) -> bytes:
    """The file, if it may be one of intakes.

    Raises:
        RefusedInputError: missing, no file, unreadable, empty or too large.
    """
    try:
        found = file.stat()
    except OSError as error:
        raise _refused(error, _MISSING) from error
    if not stat.S_ISREG(found.st_mode):
        raise RefusedInputError(_NO_FILE)
    if found.st_size > LARGEST_FILE:
        raise RefusedInputError(_TOO_LARGE, most=LARGEST_FILE >> 20)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _refused(error, _UNREADABLE) from error
    if not content.strip():
        raise RefusedInputError(EMPTY)
    return content


def _refused(error: OSError, otherwise: str) -> RefusedInputError:
    return RefusedInputError(_FORBIDDEN if isinstance(error, PermissionError) else otherwise)


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last one that names something."""
    last = max(place for place, cell in enumerate(cells) if cell.strip())
    if last >= MOST_COLUMNS:
        raise RefusedInputError(_TOO_WIDE, most=MOST_COLUMNS)
    return tuple(cells[: last + 1])


def sheet_of(rows: Iterator[tuple[int, Sequence[str]]]) -> Sheet:
    """Header and lines of numbered rows.

    Raises:
        RefusedInputError: there is nothing, or too much.
    """
    header: tuple[str, ...] | None = None
    lines: list[Line] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = _header(cells)
            continue
        lines.append(Line(number, tuple(cells)))
        if len(lines) > MOST_LINES:
            raise RefusedInputError(_TOO_MANY, most=MOST_LINES)
    if header is None:
        raise RefusedInputError(EMPTY)
    return Sheet(header, tuple(lines))
