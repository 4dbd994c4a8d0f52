"""The typefaces of screen and paper. Views and documents come in.

FiraGO (SIL OFL 1.1) carries Latin, Greek, Cyrillic, Arabic, Hebrew, Georgian, Thai and
Devanagari; Ubuntu is on the list of typefaces allowed in the EU co-funding block. Both come
from the package `pymupdf-fonts`, packed; they are unpacked once into the cache folder.
"""

from pathlib import Path
from typing import Final

from plie_desktop import paths

FACES: Final = {
    "FiraGO-Regular": "figo",
    "FiraGO-Bold": "figbo",
    "FiraGO-Italic": "figit",
    "FiraGO-BoldItalic": "figbi",
    "Ubuntu-Regular": "ubuntu",
    "Ubuntu-Bold": "ubuntubo",
}


def file(face: str) -> Path:
    """The TrueType file of a face, unpacked at the first call.

    Raises:
        KeyError: the face is not one of `FACES`.
        OSError: the cache folder cannot be written.
    """
    if face not in FACES:
        raise KeyError(face)
    target = paths.cache() / "fonts" / f"{face}.ttf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".part")
        partial.write_bytes(data(face))
        partial.replace(target)
    return target


def data(face: str) -> bytes:
    """The bytes of a face, straight from the package.

    Raises:
        KeyError: the face is not one of `FACES`.
    """
    import pymupdf_fonts  # noqa: PLC0415 - unpacking takes time the first window must not pay

    return bytes(pymupdf_fonts.fontbuffers[FACES[face]]())
