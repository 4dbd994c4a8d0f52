"""Our line icons, tinted with the colours in use.

An icon is a file of `resources/icons`, named as the action. It never stands alone: a word is
beside it, or in its tooltip and accessible name.
"""

from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from plie_desktop import paths
from plie_desktop.views.qt import looks

SIZE: Final = 20
_GAP: Final = 4
_NAME, _ROLE, _EXTENT = "plie-icon", "plie-icon-role", "plie-icon-size"


def pixmap(name: str, role: str = "text", size: int = SIZE) -> QPixmap:
    """An icon as a square picture of `size` points, in the colour of a palette role.

    Raises:
        FileNotFoundError: there is no such icon.
        AttributeError: there is no such role.
    """
    return _drawn(name, getattr(looks.colours(), role), QSize(size, size))


def icon(name: str, role: str = "text", size: int = SIZE) -> QIcon:
    """The same for a button or a row; paler where it cannot be used.

    It keeps the colours of the moment; use `dress` for what stays on screen.
    """
    colours = looks.colours()
    return _icon(name, getattr(colours, role), colours.on_disabled, QSize(size, size))


def dress(
    widget: QAbstractButton | QLabel, name: str, role: str = "text", size: int = SIZE
) -> None:
    """Give a button or a label an icon that follows the theme; an empty name takes it away."""
    widget.setProperty(_NAME, name)
    widget.setProperty(_ROLE, role)
    widget.setProperty(_EXTENT, size)
    _draw_on(widget)


def redress(app: QApplication) -> None:
    """Draw every icon given by `dress` in the colours in use."""
    for widget in app.allWidgets():
        if widget.property(_NAME) is not None:
            _draw_on(widget)


def _draw_on(widget: QWidget) -> None:
    name, role, size = (widget.property(key) for key in (_NAME, _ROLE, _EXTENT))
    size = looks.scaled(size)
    if isinstance(widget, QAbstractButton):
        # The style leaves too little room between icon and words.
        extent = QSize(size + (_GAP if widget.text() else 0), size)
        colours = looks.colours()
        ink = getattr(colours, role)
        widget.setIcon(_icon(name, ink, colours.on_disabled, extent) if name else QIcon())
        widget.setIconSize(extent)
    elif isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, role, size) if name else QPixmap())


def _icon(name: str, ink: str, pale: str, extent: QSize) -> QIcon:
    made = QIcon(_drawn(name, ink, extent))
    made.addPixmap(_drawn(name, pale, extent), QIcon.Mode.Disabled)
    return made


def _drawn(name: str, colour: str, extent: QSize) -> QPixmap:
    """The icon at the left of a picture of `extent` points, as high as it."""
    source = paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    picture = QPixmap(round(extent.width() * ratio), round(extent.height() * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, picture.height(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
