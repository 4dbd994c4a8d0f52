"""Dates as people type them, and as they read them."""

import re
from datetime import date, datetime

_NUMERIC = re.compile(r"(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
_SHORT_YEAR = re.compile(r"\d{1,2}[ ./-]+\d{1,2}[ ./-]+\d{2}|\d{6}")


def read_date(typed: str) -> date | None:
    """The day that was typed as JJ/MM/AAAA, JJMMAAAA or ISO; None when there is no such day."""
    if found := _ISO.fullmatch(typed):
        year, month, day = found.groups()
    elif found := _NUMERIC.fullmatch(typed) or _RUN.fullmatch(typed):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def has_short_year(typed: str) -> bool:
    """Whether the year was typed with two digits, so that the century is not known."""
    return _SHORT_YEAR.fullmatch(typed) is not None


def from_iso(value: str) -> date | None:
    """The day of a stored value; None when it was kept as typed."""
    try:
        return date.fromisoformat(value) if _ISO.fullmatch(value) else None
    except ValueError:
        return None


def local_moment(value: str) -> datetime | None:
    """The day and the hour of a meeting, in French time and to the minute.

    None when they cannot be read: what came from elsewhere is then shown as it was kept.
    """
    try:
        return datetime.fromisoformat(value[:16]) if _MOMENT.fullmatch(value) else None
    except ValueError:
        return None


def shown_date(day: date) -> str:
    """JJ/MM/AAAA, the same in every language of the program."""
    return f"{day:%d/%m/}{day.year:04}"


def age_on(birth: date, today: date) -> int:
    """Whole years; negative for a birth to come. Someone born on 29 February ages on 1 March."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
