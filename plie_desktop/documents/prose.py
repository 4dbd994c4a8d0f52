"""A person's words on the way to paper: tidied, then broken into lines.

What was typed is what is printed: there is no markup here, so nothing can be mistaken for it.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Final

from plie_desktop.documents.layout import REGULAR, Style, measure, typefaces

UNPRINTABLE: Final = "▯"
ELLIPSIS: Final = "…"
NO_BREAK_SPACE: Final = "\u00a0"

LETTERS_PER_LINE: Final = 200
# No paper gives one text more lines than this, so what lies beyond LONGEST is always announced.
MOST_LINES: Final = 8
LONGEST: Final = LETTERS_PER_LINE * (MOST_LINES + 1)
# A compound shorter than this stays whole: broken words are hard for people who read slowly.
LONG_COMPOUND: Final = 15

_GLUED = re.compile(r" +(?=[?!:;»%€](?:\s|$))|(?<=«) +")
_NO_BREAK_SPACES = frozenset("\u00a0\u202f\u2007")
_VARIATION_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


class _Printable(dict[int, str]):
    """For `str.translate`: what each letter becomes on paper, worked out once per letter."""

    def __missing__(self, code: int) -> str:
        printed = self[code] = _printed(code)
        return printed


def _printed(code: int) -> str:
    letter = chr(code)
    if letter in _NO_BREAK_SPACES:
        return NO_BREAK_SPACE
    if letter.isspace():
        return " "
    # Controls, direction overrides and joiners have no shape of their own and may mislead.
    if unicodedata.category(letter) in {"Cc", "Cf"} or code in _VARIATION_SELECTORS:
        return ""
    return letter if code in typefaces()[REGULAR].letters else UNPRINTABLE


_PRINTABLE = _Printable()


def tidy(text: str) -> str:
    """The text as it can be drawn: composed letters, single spaces, a box for what has no shape.

    Text longer than any paper shows is shortened here; `break_lines` then always finds it too
    long and says so.
    """
    drawn = unicodedata.normalize("NFC", text).translate(_PRINTABLE)
    return " ".join(filter(None, drawn.split(" ")))[:LONGEST]


@dataclass(frozen=True)
class Broken:
    """A text in lines; `is_cut` when the lines do not hold all of it."""

    lines: tuple[str, ...]
    is_cut: bool


def break_lines(text: str, style: Style, width: float, limit: int) -> Broken:
    """At most `limit` lines (no more than MOST_LINES) of a tidied text, each within `width`."""
    if text and len(text) < LETTERS_PER_LINE and measure(text, style) <= width:
        return Broken((text,), is_cut=False)
    glued = _GLUED.sub(NO_BREAK_SPACE, text)
    lines = list(islice(_lines(glued, style, width), limit + 1))
    if len(lines) <= limit:
        return Broken(tuple(lines), is_cut=False)
    return Broken((*lines[: limit - 1], _shortened(lines[limit - 1], style, width)), is_cut=True)


def fit_line(text: str, style: Style, width: float) -> str:
    """The tidied text on one line, its end replaced by an ellipsis when it is too wide."""
    return "".join(break_lines(text, style, width, 1).lines)


def _lines(text: str, style: Style, width: float) -> Iterator[str]:
    space = measure(" ", style)
    line = ""
    used = 0.0
    for typed in text.split(" "):
        word = typed
        while word:
            gap = space if line else 0.0
            span = measure(word, style)
            fits = used + gap + span <= width and len(line) + len(word) < LETTERS_PER_LINE
            if fits:
                line = f"{line} {word}" if line else word
                used += gap + span
                break
            head = _head(word, style, width - used - gap, is_forced=not line)
            yield f"{line} {head}" if line and head else line or head
            word = word[len(head) :]
            line, used = "", 0.0
    if line:
        yield line


def _head(word: str, style: Style, room: float, *, is_forced: bool) -> str:
    """The part of a word that still goes on the line; empty unless breaking it is right."""
    if not is_forced and len(word) < LONG_COMPOUND:
        return ""
    advances = typefaces()[style.face].advances
    reach = accumulate(map(advances.__getitem__, word[: LETTERS_PER_LINE - 1]))
    count = bisect_right(list(reach), room * 1000 / style.size)
    seam = max(word.rfind(mark, 0, count) for mark in "-/@_") + 1
    if seam:
        return word[:seam]
    return word[: max(1, count)] if is_forced else ""


def _shortened(line: str, style: Style, width: float) -> str:
    kept = line
    while kept and measure(kept + ELLIPSIS, style) > width:
        kept = kept[:-1]
    return kept.rstrip(" \u00a0.,;:") + ELLIPSIS
