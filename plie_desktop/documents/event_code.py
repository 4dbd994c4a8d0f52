"""The next appointment as a QR code: an iCalendar event that any phone adds without network.

It tells the day, the place and the telephone number, nothing else: neither the person nor whom
they meet, for a calendar is seen by others. The hour is that on the paper, in no time zone
(RFC 5545, 3.3.5, form 1), and no end is made up. Model 2, level M: a fold or a stain is read over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from plie_desktop.documents.brush import Box, Brush
from plie_desktop.documents.layout import TEXT
from plie_desktop.documents.prose import ELLIPSIS, NO_BREAK_SPACE
from plie_desktop.models.domain.dates import local_moment
from plie_desktop.text import Words

# Modules of white that a reader needs around the code.
QUIET: Final = 4
# Longer words would make modules too fine for the camera of an old phone.
LONGEST_PLACE: Final = 90
LONGEST_PHONE: Final = 30
_LINE_BYTES: Final = 75


def event(starts_at: str, place: str, phone: str, words: Words, issued_on: date) -> str | None:
    """The text of the code; None for a moment that no calendar understands."""
    moment = local_moment(starts_at)
    if moment is None:
        return None
    start = f"{moment.year:04}{moment:%m%dT%H%M%S}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//plan//FR",
        "BEGIN:VEVENT",
        f"UID:{start}-plan",
        f"DTSTAMP:{issued_on.year:04}{issued_on:%m%d}T000000Z",
        f"DTSTART:{start}",
        f"SUMMARY:{_value(words.say('Rendez-vous'), LONGEST_PLACE)}",
    ]
    if place:
        lines.append(f"LOCATION:{_value(place, LONGEST_PLACE)}")
    if phone:
        lines.append(f"DESCRIPTION:{_value(phone, LONGEST_PHONE)}")
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _value(text: str, longest: int) -> str:
    """A tidied text as an iCalendar value."""
    plain = text.replace(NO_BREAK_SPACE, " ")
    shown = plain if len(plain) <= longest else plain[: longest - 1] + ELLIPSIS
    for mark in "\\;,":
        shown = shown.replace(mark, f"\\{mark}")
    return shown


def _folded(line: str) -> str:
    """The line in pieces of 75 bytes at most, none ending within a letter (RFC 5545, 3.1)."""
    pieces, used = [""], 0
    for letter in line:
        size = len(letter.encode())
        if used + size > _LINE_BYTES:
            pieces.append(" ")
            used = 1
        pieces[-1] += letter
        used += size
    return "\r\n".join(pieces)


@dataclass(frozen=True)
class EventCode:
    """The code as a block, its white border within its side."""

    text: str
    side: float

    @property
    def height(self) -> float:
        return self.side

    def paint(self, brush: Brush, x: float, top: float) -> None:
        import segno  # noqa: PLC0415 - slow to import, and no other paper needs it

        code = segno.make_qr(self.text, error="m", encoding="utf-8", boost_error=False)
        module = self.side / (len(code.matrix) + 2 * QUIET)
        places = (
            Box(
                x + (QUIET + column) * module,
                top - (QUIET + row + 1) * module,
                length * module,
                module,
            )
            for row, modules in enumerate(code.matrix)
            for column, length in _dark_runs(modules)
        )
        brush.areas(places, TEXT)


def _dark_runs(modules: bytearray) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a row, and how many there are."""
    column = 0
    for is_dark, run in groupby(modules):
        length = len(list(run))
        if is_dark:
            yield column, length
        column += length
