"""Phone numbers: several may be given, each kept without spaces.

A French number is kept as its ten digits, whatever way it was typed; any other as `+` and its
digits (E.164). Source: domain study §2.4 and §2.2 field 15.
"""

import re
from typing import Final

from plie_desktop.models.domain.answers import SEPARATOR
from plie_desktop.models.domain.typed_text import clean, with_plain_digits

FRENCH_DIGITS: Final = 10
MOST_DIGITS: Final = 15
FEWEST_FOREIGN_DIGITS: Final = 8

_BETWEEN_NUMBERS = re.compile(r"\s*(?:[|/;,]|\bou\b|\bet\b)\s*", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[ .()_\u2010-\u2015-]")
_FRENCH = re.compile(r"0[1-9]\d{8}")
_FOREIGN = re.compile(rf"\+[1-9]\d{{{FEWEST_FOREIGN_DIGITS - 1},{MOST_DIGITS - 1}}}")
_FRENCH_ABROAD = re.compile(r"(?:\+|00)33\(?0?\)?([1-9]\d{8})")


def normalise_phone(typed: str) -> str:
    """The numbers in their stored form, joined by `|`; what is no number stays as typed."""
    text = with_plain_digits(clean(typed))
    parts = [_one(part) for part in _BETWEEN_NUMBERS.split(text) if part]
    if not all(map(_is_number, parts)):
        return text
    return SEPARATOR.join(dict.fromkeys(parts))


def _one(typed: str) -> str:
    digits = _PUNCTUATION.sub("", typed)
    if not _is_number(digits):
        return typed
    if french := _FRENCH_ABROAD.fullmatch(digits):
        return "0" + french.group(1)
    return "+" + digits[2:] if digits.startswith("00") else digits


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\+?[0-9]+", text) is not None


def phone_numbers(value: str) -> tuple[str, ...]:
    """The numbers of a stored value, one by one."""
    return tuple(value.split(SEPARATOR)) if value else ()


def shown_phone(value: str) -> str:
    """As it is read aloud in France: digits in pairs."""
    numbers = phone_numbers(value)
    return " / ".join(map(_in_pairs, numbers)) if all(map(_is_number, numbers)) else value


def _in_pairs(number: str) -> str:
    if number.isdecimal() and len(number) == FRENCH_DIGITS:
        return " ".join(number[at : at + 2] for at in range(0, FRENCH_DIGITS, 2))
    return number


def is_french(number: str) -> bool:
    return _FRENCH.fullmatch(number) is not None


def is_foreign(number: str) -> bool:
    return _FOREIGN.fullmatch(number) is not None
