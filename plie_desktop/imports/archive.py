"""Archives: a workbook is one, a CSV may be sent in one. Bounded before anything is inflated."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports.sheet import FOREIGN, LARGEST_FILE
from plie_desktop.text import N_

LARGEST_INFLATED: Final = 200 * 1024 * 1024
MOST_ENTRIES: Final = 5_000

# Of the rarer ones, some ask for gigabytes of memory to begin with.
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCKED: Final = 1
_ENTRY: Final = b"PK\x01\x02"
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(OverflowError, ValueError, OSError),
)
"""What the library lets through when an archive is not what it says."""

_TOO_LARGE: Final = N_(
    "Une fois ouvert, ce fichier dépasse {most} Mo. Coupez-le en plusieurs fichiers."
)
_CLOSED: Final = N_(
    "Ce fichier ne s’ouvre pas : il est abîmé, ou protégé par un mot de passe. "
    "Demandez-le de nouveau, sans mot de passe."
)
_NOT_ONE: Final = N_(
    "Cette archive ZIP doit contenir un seul fichier CSV. Sortez-en le bon, puis importez-le."
)


def is_archive(content: bytes) -> bool:
    """Whether these bytes begin like a zip archive."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def entries(content: bytes) -> tuple[zipfile.ZipInfo, ...]:
    """What an archive holds.

    Raises:
        RefusedInputError: it does not open, or inflates to too much.
    """
    if content.count(_ENTRY) > MOST_ENTRIES:
        raise RefusedInputError(_NOT_ONE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = tuple(archive.infolist())
    except _BROKEN:
        raise RefusedInputError(_CLOSED) from None
    if sum(entry.file_size for entry in found) > LARGEST_INFLATED:
        raise RefusedInputError(_TOO_LARGE, most=LARGEST_INFLATED >> 20)
    return found


def is_workbook(held: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether an archive is a workbook of the kind that is read here.

    Raises:
        RefusedInputError: it is a document of another office program.
    """
    names = {entry.filename for entry in held}
    if "mimetype" in names:
        raise RefusedInputError(FOREIGN)
    return "[Content_Types].xml" in names


def only_csv(content: bytes, held: Sequence[zipfile.ZipInfo]) -> bytes:
    """The one CSV of an archive.

    Raises:
        RefusedInputError: there is none or more than one, it is too large, or does not open.
    """
    found = [entry for entry in held if _is_csv(PurePosixPath(entry.filename))]
    if len(found) != 1 or found[0].is_dir():
        raise RefusedInputError(_NOT_ONE)
    (entry,) = found
    if entry.flag_bits & _LOCKED or entry.compress_type not in _METHODS:
        raise RefusedInputError(_CLOSED)
    if entry.file_size > LARGEST_FILE:
        raise RefusedInputError(_TOO_LARGE, most=LARGEST_FILE >> 20)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # Never more than the size it gives, which is within the bound.
            return archive.read(entry)
    except _BROKEN:
        raise RefusedInputError(_CLOSED) from None


def _is_csv(path: PurePosixPath) -> bool:
    """By its name; what a Mac adds to its archives is hidden under names with a dot."""
    return path.suffix.lower() == ".csv" and not path.name.startswith(".")
