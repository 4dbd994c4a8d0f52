"""The pages of a paper, drawn as they will be printed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import looks

WIDEST: Final = 720
"""Points beyond which a page grows no more."""


class Sheet(QWidget):
    """One page, as wide as there is room."""

    def __init__(self, image: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._scaled = QPixmap()
        self.setAccessibleName(name)
        self.setMaximumWidth(WIDEST)
        self.setMinimumWidth(280)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._image.height() / self._image.width())

    def sizeHint(self) -> QSize:
        return QSize(WIDEST, self.heightForWidth(WIDEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(self.heightForWidth(event.size().width()))
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        wanted = self.size() * ratio
        if self._scaled.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            fitted = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled = QPixmap.fromImage(fitted)
            self._scaled.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._scaled)
        # The edge of the paper, where the page around it is white too.
        painter.setPen(QColor(looks.colours().line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class Sheets(QWidget):
    """All pages, one under the other."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._sheets: list[Sheet] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addStretch()

    @property
    def pages(self) -> int:
        """How many are shown."""
        return len(self._sheets)

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Replace the pages shown."""
        for sheet in self._sheets:
            self._column.removeWidget(sheet)
            sheet.hide()
            sheet.deleteLater()
        self._sheets = [
            Sheet(image, self._words.say("Page {number}", number=number))
            for number, image in enumerate(images, 1)
        ]
        for place, sheet in enumerate(self._sheets):
            self._column.insertWidget(place, sheet)
