"""A day, typed in eight figures."""

import re
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.text_field import DigitField

_SEPARATORS: Final = re.compile(r"[/.\-\s]+")
_DATE_LIKE: Final = re.compile(r"[\d/.\-\s]*")
_SHOWN: Final = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_FIGURES: Final = 8


class DateField(DigitField):
    """Types JJMMAAAA or JJ/MM/AAAA, shows JJ/MM/AAAA, holds the ISO day.

    What is not a day of the calendar stays as typed and is the value as typed.
    """

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(placeholder=words.say("JJ/MM/AAAA"), parent=parent)
        widest = self.fontMetrics().horizontalAdvance("00/00/00000")
        self.setMinimumWidth(widest + 24)

    def day(self) -> date | None:
        """The day, or nothing when the text is not one."""
        found = _SHOWN.fullmatch(self.text().strip())
        if found is None:
            return None
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def value(self) -> str:
        day = self.day()
        return day.isoformat() if day else self.text().strip()

    def set_value(self, value: str) -> None:
        try:
            shown = date.fromisoformat(value).strftime("%d/%m/%Y")
        except ValueError:
            shown = value
        if shown != self.text():
            self.setText(shown)

    def is_whole(self) -> bool:
        return self.day() is not None

    def shape(self, text: str) -> str:
        if not _DATE_LIKE.fullmatch(text):
            return text
        *closed, last = _SEPARATORS.split(text)
        # A separator closes a part: 1/ is 01.
        figures = "".join(part.zfill(2) if part else "" for part in closed) + last
        if len(figures) > _FIGURES:
            return text
        parts = [part for part in (figures[:2], figures[2:4], figures[4:]) if part]
        shaped = "/".join(parts)
        is_closed = not last and len(figures) in {2, 4} and bool(closed)
        return f"{shaped}/" if is_closed else shaped
