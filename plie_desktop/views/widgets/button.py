"""Buttons."""

from typing import Final

from PySide6.QtWidgets import QPushButton, QWidget

from plie_desktop.views.qt import icons

INKS: Final = {"primary": "on_primary", "plain": "text", "danger": "danger", "quiet": "primary"}
"""Kinds of button and the palette role of their icon."""


class Button(QPushButton):
    """A button with words, and an icon where it helps.

    Kinds: `primary` (one per page: what the person came for), `plain`, `danger` (cannot be
    undone), `quiet` (lesser, without a border).
    """

    def __init__(
        self, text: str, kind: str = "plain", icon: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(_unmarked(text), parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        if icon:
            icons.dress(self, icon, INKS[kind])

    def set_words(self, text: str) -> None:
        self.setText(_unmarked(text))


class IconButton(QPushButton):
    """A square button that only shows an icon; its name is in the tooltip and for the reader."""

    def __init__(
        self, icon: str, name: str, kind: str = "quiet", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ink = INKS[kind]
        self.setProperty("kind", kind)
        self.setProperty("square", "true")
        self.setAutoDefault(False)
        self.show_as(icon, name)

    def show_as(self, icon: str, name: str) -> None:
        """Change what it shows and does, as a switch between two acts does."""
        icons.dress(self, icon, self._ink)
        self.setToolTip(name)
        self.setAccessibleName(name)


def _unmarked(text: str) -> str:
    # An ampersand of a sentence is no mnemonic.
    return text.replace("&", "&&")
