"""An hour of the day, typed in four figures."""

import re
from typing import Final

from PySide6.QtWidgets import QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.text_field import DigitField

_LIKE: Final = re.compile(r"\d{0,2}\s*[hH:]?\s*\d{0,2}")
_SHOWN: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_HOURS: Final = 2


class HourField(DigitField):
    """Types 1430, 14h30 or 14:30, shows and holds 14:30; anything else stays as typed."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(placeholder=words.say("HH:MM"), parent=parent)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("HH:MM0") + 24)

    def is_whole(self) -> bool:
        return _SHOWN.fullmatch(self.text()) is not None

    def shape(self, text: str) -> str:
        if not _LIKE.fullmatch(text):
            return text
        hours, mark, minutes = _parted(text)
        if mark:
            return f"{hours.zfill(2)}:{minutes}" if hours else text
        figures = hours + minutes
        return figures if len(figures) <= _HOURS else f"{figures[:_HOURS]}:{figures[_HOURS:]}"


def _parted(text: str) -> tuple[str, str, str]:
    hours, mark, minutes = re.sub(r"\s", "", text).lower().replace("h", ":").partition(":")
    return (hours, mark, minutes) if mark else (hours[:_HOURS], "", hours[_HOURS:])
