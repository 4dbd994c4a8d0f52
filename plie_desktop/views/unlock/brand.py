"""The name of the program and its mark, a young fern, on the band beside the door."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.label import Label

NAME: Final = "PLIE Desktop"
WIDTH: Final = 348
MARK: Final = 132


class Brand(QFrame):
    """A calm band: who made the door, and what it keeps."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(WIDTH)
        mark = QLabel()
        mark.setAccessibleName(NAME)
        icons.dress(mark, "brand", "rail_text", MARK)
        name = Label(NAME, "display")
        motto = Label(
            words.say("Accueillir, accompagner, ne rien perdre : même sans réseau."), wrap=True
        )
        promise = Label(
            words.say(
                "Tout ce qui est écrit ici reste chiffré sur ce portable. "
                "Sans la phrase de passe, personne ne peut le lire."
            ),
            "help",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 32, 36, 32)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(name)
        column.addWidget(motto)
        column.addStretch(3)
        column.addWidget(promise)
        for told in (name, motto, promise):
            told.setAlignment(Qt.AlignmentFlag.AlignCenter)
