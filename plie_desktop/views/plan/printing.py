"""From pictures of pages to the printer, without any file of ours."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from plie_desktop.services.plans import PageImage

PRINT_DPI: Final = 300
SCREEN_DPI: Final = 144


def image(page: PageImage) -> QImage:
    """A page as Qt draws it; the bytes are copied."""
    row = page.width * 3
    return QImage(page.rgb, page.width, page.height, row, QImage.Format.Format_RGB888).copy()


def choose_printer(title: str, parent: QWidget) -> QPrinter | None:
    """The printer the person chose in the system's own dialog; None when they left it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    if not dialog.exec():
        return None
    return printer


def print_pages(printer: QPrinter, pages: Sequence[PageImage]) -> bool:
    """Draw every page on its own sheet; False when the printer refused."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    unit = QPageLayout.Unit.Point
    sheet = printer.pageLayout().fullRect(unit).size() * (printer.resolution() / 72)
    target = QRect(0, 0, round(sheet.width()), round(sheet.height()))
    for number, page in enumerate(pages):
        if number and not printer.newPage():
            painter.end()
            return False
        painter.drawImage(target, image(page))
    return painter.end()
