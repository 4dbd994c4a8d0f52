"""Numbers given to participants, read aloud and printed: `K7-0042-R`.

The prefix is the laptop's, so that two laptops never give the same number without asking anyone.
The last character is the check character of ISO/IEC 7064, MOD 37,36, over prefix and counter: it
finds every single wrong character and nearly every pair of neighbours exchanged.
"""

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIZE: Final = len(_ALPHABET)

UNENROLLED: Final = "P0"
"""Prefix of a laptop that headquarters has not given one yet."""


def participant_number(prefix: str, counter: int) -> str:
    """The number of the `counter`-th file begun on the laptop with that prefix."""
    prefix = "".join(sign for sign in prefix.upper() if sign in _ALPHABET) or UNENROLLED
    return f"{prefix}-{counter:04d}-{check_character(f'{prefix}{counter:04d}')}"


def check_character(text: str) -> str:
    """The check character of a text of digits and capital letters."""
    product = _SIZE
    for sign in text:
        rest = (product + _ALPHABET.index(sign)) % _SIZE or _SIZE
        product = rest * 2 % (_SIZE + 1)
    return _ALPHABET[(_SIZE + 1 - product) % _SIZE]
