"""A telephone number, shown in pairs."""

import re
from typing import Final

from PySide6.QtWidgets import QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.text_field import DigitField

_FIGURES_AND_SPACES: Final = re.compile(r"[\d .]*")
_NATIONAL: Final = 10


class PhoneField(DigitField):
    """Shows 06 12 34 56 78, holds 0612345678.

    Numbers that do not begin with 0 (foreign ones) stay as typed.
    """

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(placeholder=words.say("06 12 34 56 78"), parent=parent)

    def value(self) -> str:
        text = self.text().strip()
        return _figures(text) if _is_national(text) else text

    def set_value(self, value: str) -> None:
        if value != self.value():
            self.setText(self.shape(value))

    def is_whole(self) -> bool:
        return _is_national(self.text()) and len(_figures(self.text())) == _NATIONAL

    def shape(self, text: str) -> str:
        if not _is_national(text):
            return text
        figures = _figures(text)
        pairs = [figures[at : at + 2] for at in range(0, len(figures), 2)]
        # A space just typed may begin a remark.
        space = " " if text.endswith(" ") and len(figures) % 2 == 0 else ""
        return " ".join(pairs) + space


def _is_national(text: str) -> bool:
    return text.strip().startswith("0") and bool(_FIGURES_AND_SPACES.fullmatch(text))


def _figures(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
