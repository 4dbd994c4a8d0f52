"""Days, hours and telephone numbers the way people say them."""

import re
from datetime import date, datetime
from typing import Final

from babel.dates import format_date, format_time

from plie_desktop.models.domain.dates import local_moment
from plie_desktop.text import Words

_LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}
_FRENCH_NUMBER = re.compile(r"(?:\+33|0033|0)([1-9])((?:\d{2}){4})")


def _day(moment: date, pattern: str, words: Words) -> str:
    said = format_date(moment, pattern, locale=_LOCALES[words.language])
    if words.language == "fr" and moment.day == 1:
        return re.sub(r"\b1(?=\u00a0|$)", "1er", said, count=1)
    return said


def long_day(moment: date, words: Words) -> str:
    """`mardi 3 mars 2026`."""
    return _day(moment, "EEEE d\u00a0MMMM\u00a0y", words)


def short_day(moment: date, words: Words) -> str:
    """`3 mars 2026`."""
    return _day(moment, "d\u00a0MMMM\u00a0y", words)


def hour(moment: datetime, words: Words) -> str:
    """`10 h` or `10 h 30`."""
    if words.language != "fr":
        return format_time(moment, "h:mm\u00a0a", locale=_LOCALES[words.language])
    minutes = f"\u00a0{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}\u00a0h{minutes}"


def near_day(moment: date, this_year: int, words: Words) -> str:
    """`mardi 3 mars`, with its year when it is not this one."""
    if moment.year != this_year:
        return long_day(moment, words)
    return _day(moment, "EEEE d\u00a0MMMM", words)


def moment_parts(starts_at: str, words: Words, this_year: int | None = None) -> tuple[str, str]:
    """The day and the hour of an ISO moment; what cannot be read comes back as it is, hourless.

    The year is said unless it is `this_year`.
    """
    moment = local_moment(starts_at)
    if moment is None:
        return starts_at, ""
    day = moment.date()
    said = long_day(day, words) if this_year is None else near_day(day, this_year, words)
    return said, words.say("à {hour}", hour=hour(moment, words))


def period(first: date, last: date | None, words: Words) -> str:
    """`du 3 mars au 12 avril 2026`, `le 3 mars 2026` or `à partir du 3 mars 2026`.

    Month and year are not said twice; a line may only end before the last day.
    """
    if last is None:
        return words.say("à partir du {first}", first=short_day(first, words))
    end = short_day(last, words)
    if last == first:
        return _glued(words.say("le {day}", day=end), end)
    pattern = "d\u00a0MMMM\u00a0y"
    if first.year == last.year:
        pattern = "d" if first.month == last.month else "d\u00a0MMMM"
    start = _day(first, pattern, words)
    return _glued(words.say("du {first} au {last}", first=start, last=end), start, end)


def _glued(said: str, *days: str) -> str:
    """Each day on one line with the word before it."""
    for day in days:
        said = said.replace(f" {day}", f"\u00a0{day}")
    return said


def phone_in_pairs(typed: str) -> str:
    """A French number in pairs, `06 12 34 56 78`; any other number as it was typed."""
    digits = re.sub(r"[\s.\-()]", "", typed).replace("+330", "+33")
    number = _FRENCH_NUMBER.fullmatch(digits)
    if number is None:
        return typed
    pairs = re.findall("..", f"0{number[1]}{number[2]}")
    return "\u00a0".join(pairs)
