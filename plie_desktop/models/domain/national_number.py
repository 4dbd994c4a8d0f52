"""Finds the French national number (NIR), which a PLIE may never write down.

Thirteen signs: sex 1 to 8, year, month 01-12 (20-42 and 50-99 when the civil status is not
known), place of birth with 2A and 2B for Corsica, order; then a key of two digits, which is
97 − (number mod 97), where 2A counts as 19 and 2B as 18. Source: the numbering rules quoted in
the domain study §2.4; the ban, §6.4.
"""

import re
from typing import Final

from plie_desktop.models.domain.typed_text import clean, with_plain_digits
from plie_desktop.text import N_

REFUSED: Final = N_(
    "Un numéro de sécurité sociale est écrit ici : le PLIE n’a pas le droit de le garder. "
    "Effacez-le, le reste peut être enregistré."
)

_FEWEST_SIGNS: Final = 13
_MONTH = r"(?:0[1-9]|1[0-2]|2\d|3\d|4[0-2]|[5-9]\d)"
_PLACE = r"(?:\d\d|2[AB])"
_BETWEEN = r"[ ._\u2010-\u2015-]{0,3}"

# With its key the number is proven, so it may be cut anywhere. Without, only where people cut it:
# a birth date followed by a postcode has thirteen digits too. A number in international form is
# preceded by its plus sign.
_WITH_KEY = re.compile(rf"(?<![\d+])[1-8](?:{_BETWEEN}[\dAB]){{14}}(?!\d)", re.IGNORECASE)
_SHAPE = re.compile(rf"[1-8]\d\d{_MONTH}{_PLACE}\d{{6}}(?:\d\d)?", re.IGNORECASE)
_WITHOUT_KEY = re.compile(
    rf"(?<![\d+])[1-8]{_BETWEEN}\d\d{_BETWEEN}{_MONTH}{_BETWEEN}{_PLACE}"
    rf"{_BETWEEN}\d{{3}}{_BETWEEN}\d{{3}}(?!{_BETWEEN}\d)",
    re.IGNORECASE,
)
# Cut at every one of its places it is recognised by sight, even with a slip in the key.
_GAP = _BETWEEN.replace("{0,3}", "{1,3}")
_GROUPED = re.compile(
    rf"(?<![\d+])[1-8]{_GAP}\d\d{_GAP}{_MONTH}{_GAP}{_PLACE}"
    rf"{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d\d(?!\d)",
    re.IGNORECASE,
)


def holds_national_number(text: str) -> bool:
    """Whether a national number is written somewhere in this text, key or no key."""
    if len(text) < _FEWEST_SIGNS:
        return False
    plain = with_plain_digits(clean(text))
    if _WITHOUT_KEY.search(plain) or _GROUPED.search(plain):
        return True
    start = 0
    while found := _WITH_KEY.search(plain, start):
        if _key_fits(found.group()):
            return True
        start = found.start() + 1
    return False


def _key_fits(written: str) -> bool:
    number = re.sub(r"[^0-9AB]", "", written.upper())
    if not _SHAPE.fullmatch(number):
        return False
    body = number[:13].replace("2A", "19").replace("2B", "18")
    return int(number[13:]) == 97 - int(body) % 97
