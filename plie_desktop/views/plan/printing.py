"""From pictures of pages to the printer, without any file of ours."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from plie_desktop.errors import RefusedInputError
from plie_desktop.services.plans import PageImage
from plie_desktop.tasks import Cancel
from plie_desktop.text import N_

PRINT_DPI: Final = 300
SCREEN_DPI: Final = 180
"""Enough for the widest page of the preview on a screen of two dots a point."""
_POINTS_PER_INCH: Final = 72

ChoosePrinter = Callable[[str, int, QWidget], QPrinter | None]
"""Asks which printer; receives the title and number of pages of the paper, and the page."""


def image(page: PageImage) -> QImage:
    """A page as Qt draws it; the bytes are copied."""
    row = page.width * 3
    return QImage(page.rgb, page.width, page.height, row, QImage.Format.Format_RGB888).copy()


def choose_printer(title: str, pages: int, parent: QWidget) -> QPrinter | None:
    """The printer the person chose in the system's own dialog; None when they left it.

    Raises:
        RefusedInputError: this laptop has no printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise RefusedInputError(
            N_(
                "Ce portable n’a pas d’imprimante. Branchez-en une, ou enregistrez le plan en PDF "
                "pour l’imprimer ailleurs."
            )
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    # A file that is not protected is written by the button that says so, and nowhere else.
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    return printer if dialog.exec() else None


def print_pages(
    printer: QPrinter, draw: Callable[[int], Sequence[PageImage]], cancel: Cancel
) -> bool:
    """Draw the pages asked for, each on its own sheet. For the document lane.

    Args:
        printer: as it was chosen.
        draw: gives every page at a number of dots per inch.
        cancel: looked at before each sheet.

    Returns:
        Whether the printer took them.

    Raises:
        CancelledError: the person asked to stop; what has left may still come out.
    """
    cancel.check()
    pages = _asked_for(printer, draw(PRINT_DPI))
    painter = QPainter()
    with _spool_in_memory():
        if not painter.begin(printer):
            return False
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        try:
            for number, page in enumerate(pages):
                cancel.check()
                if number and not printer.newPage():
                    return False
                painter.drawImage(_on_sheet(printer, page), image(page))
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
    return printer.printerState() is not QPrinter.PrinterState.Error


def _asked_for(printer: QPrinter, pages: Sequence[PageImage]) -> Sequence[PageImage]:
    """All pages, or those of the range given in the dialog."""
    first, last = printer.fromPage(), printer.toPage()
    return pages[first - 1 : last] if first else pages


def _on_sheet(printer: QPrinter, page: PageImage) -> QRectF:
    """Where a page goes: as large as the sheet lets it be, in its own proportions, centred."""
    dots = printer.resolution() / _POINTS_PER_INCH
    sheet = printer.pageLayout().fullRect(QPageLayout.Unit.Point).size() * dots
    fitted = QSizeF(page.width, page.height).scaled(sheet, Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (sheet.width() - fitted.width()) / 2, (sheet.height() - fitted.height()) / 2
    return QRectF(left, top, fitted.width(), fitted.height())


@contextmanager
def _spool_in_memory() -> Iterator[None]:
    """Keep what Qt hands to CUPS off the disk.

    CUPS takes a file by its name (`cupsTempFd`, which heeds TMPDIR). The runtime folder of a
    session lives in memory and is read by its owner alone. Windows and macOS have their own way.
    """
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not sys.platform.startswith("linux") or not os.access(folder, os.W_OK):
        yield
        return
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
