"""A PDF as pictures, from memory to memory: for the preview on screen and for the printer.

PDFium is not made for several threads at once: call from one lane only.
"""

from dataclasses import dataclass, field
from typing import Final

import pypdfium2

from plie_desktop.errors import RefusedInputError
from plie_desktop.text import N_

POINTS_PER_INCH: Final = 72


@dataclass(frozen=True)
class PageImage:
    """One page; `rgb` holds three bytes a pixel, rows from the top, without padding."""

    width: int
    height: int
    rgb: bytes = field(repr=False)


def pages(pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
    """Every page at `dpi` pixels an inch.

    Raises:
        RefusedInputError: these bytes are not a readable PDF.
    """
    document = _opened(pdf)
    try:
        return tuple(_image(page, dpi / POINTS_PER_INCH) for page in document)
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """How many pages there are.

    Raises:
        RefusedInputError: these bytes are not a readable PDF.
    """
    document = _opened(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _opened(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise RefusedInputError(
            N_("Ce document est abîmé et ne peut pas être affiché. Refaites-le depuis le dossier.")
        ) from error


def _image(page: pypdfium2.PdfPage, scale: float) -> PageImage:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    row = bitmap.width * bitmap.n_channels
    raw = memoryview(bitmap.buffer).cast("B")
    rows = (raw[at : at + row] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    image = PageImage(bitmap.width, bitmap.height, b"".join(rows))
    bitmap.close()
    return image
