"""From what is typed to what is kept, and back to what people read.

What cannot be understood is kept exactly as it was typed (without unseen signs): nothing a
person wrote is lost, and the rules of `problems` say what does not fit.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from plie_desktop.models.domain.answers import SEPARATOR
from plie_desktop.models.domain.dates import from_iso, read_date, shown_date
from plie_desktop.models.domain.intake_form import Field, FieldKind, Section
from plie_desktop.models.domain.phone import normalise_phone, shown_phone
from plie_desktop.models.domain.typed_text import clean, clean_lines, with_plain_digits

_DAY_AND_MONTH: Final = re.compile(r"\d{1,2}[ ./-]\d{1,2}")


def normalise(field: Field, typed: str, today: date) -> str:
    """The stored form of an answer; empty when nothing is left of it.

    A day of contact typed without its year is the last such day up to `today`.
    """
    if field.kind is FieldKind.DATE and field.section is Section.CONTACT:
        typed = _with_year(typed, today)
    return _STORED.get(field.kind, clean)(typed)


def shown(field: Field, value: str) -> str:
    """A stored answer as people read it: 12/03/1987, 06 12 34 56 78; codes stay codes."""
    return _SHOWN.get(field.kind, _as_it_is)(value)


def _with_year(typed: str, today: date) -> str:
    text = with_plain_digits(clean(typed))
    if not _DAY_AND_MONTH.fullmatch(text):
        return typed
    this_year = read_date(f"{text}/{today.year}")
    if this_year and this_year <= today:
        return this_year.isoformat()
    last_year = read_date(f"{text}/{today.year - 1}")
    return last_year.isoformat() if last_year else typed


def _date(typed: str) -> str:
    text = with_plain_digits(clean(typed))
    day = read_date(text)
    return day.isoformat() if day else text


def _shown_date(value: str) -> str:
    day = from_iso(value)
    return shown_date(day) if day else value


def _email(typed: str) -> str:
    text = clean(typed).removeprefix("mailto:")
    name, at, domain = text.rpartition("@")
    return f"{name}{at}{domain.lower()}" if at else text


def _digits(typed: str) -> str:
    text = with_plain_digits(clean(typed))
    joined = text.replace(" ", "")
    return joined if joined.isdecimal() else text


def _number(typed: str) -> str:
    text = _digits(typed)
    return str(int(text)) if re.fullmatch(r"\d{1,9}", text) else text


def _job_seeker_id(typed: str) -> str:
    return re.sub(r"[ .-]", "", with_plain_digits(clean(typed))).upper()


def _choices(typed: str) -> str:
    return SEPARATOR.join(dict.fromkeys(filter(None, map(clean, typed.split(SEPARATOR)))))


def _as_it_is(value: str) -> str:
    return value


_STORED: Final[Mapping[FieldKind, Callable[[str], str]]] = {
    FieldKind.LONG_TEXT: clean_lines,
    FieldKind.DATE: _date,
    FieldKind.PHONE: normalise_phone,
    FieldKind.EMAIL: _email,
    FieldKind.POSTCODE: _digits,
    FieldKind.INTEGER: _number,
    FieldKind.CHOICES: _choices,
    FieldKind.JOB_SEEKER_ID: _job_seeker_id,
}

_SHOWN: Final[Mapping[FieldKind, Callable[[str], str]]] = {
    FieldKind.DATE: _shown_date,
    FieldKind.PHONE: shown_phone,
}
