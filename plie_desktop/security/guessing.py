"""Estimates how hard a passphrase is to guess, in bits.

A text is cut into runs of letters, digits and other signs. A run counts for what a guesser
with word lists would pay: a word at most `WORD_BITS`, a year, a date, a row of keys or a well
known password next to nothing, a repeated piece one bit. It is a bound for people's own
phrases, kinder to long sentences than a corpus would be; what `passphrase.suggest` draws is
measured exactly.
"""

import itertools
import re
import unicodedata
from typing import Final

WORD_BITS: Final = 13.0
"""A word out of 8 192: what one more unrelated word is worth."""

_LETTER_BITS: Final = 2.2
_STRAY_LETTER_BITS: Final = 4.7
_DIGIT_BITS: Final = 3.3
_MOST_DIGIT_BITS: Final = 20.0
_SIGN_BITS: Final = 4.0
_MOST_SIGN_BITS: Final = 8.0
_CHANGE_BITS: Final = 1.0
_AGAIN_BITS: Final = 1.0
_KNOWN_BITS: Final = 3.0
_YEAR_BITS: Final = 6.0
_DATE_BITS: Final = 12.0

_WINDOW: Final = 4
_SEPARATORS: Final = frozenset(" \t-_.,;:'’")
_VOWELS: Final = frozenset("aeiouy")
_LEET: Final = str.maketrans("0134578@$€!", "oieastbasei")
_KNOWN: Final = (
    "motdepasse password passphrase secret azerty qwerty bonjour bonsoir bienvenue welcome "
    "letmein iloveyou jetaime princesse soleil administrateur "
    "admin bretagne rennes marseille insertion participant referent printemps automne janvier "
    "fevrier septembre octobre novembre decembre"
)
_ROWS: Final = (
    "azertyuiop qsdfghjklm wxcvbn qwertyuiop asdfghjkl zxcvbnm "
    "abcdefghijklmnopqrstuvwxyz 01234567890"
)


def bits(passphrase: str) -> float:
    """The estimate for a passphrase already in NFKC."""
    text = _folded(passphrase)
    text, total = _without_known(text)
    seen: set[str] = set()
    previous = ""
    for kind, run in _runs(text):
        if kind == "separator":
            previous = ""
            continue
        if previous:
            total += _CHANGE_BITS
        total += _AGAIN_BITS if run in seen else _run_bits(kind, run)
        seen.add(run)
        previous = kind
    return total


def _folded(text: str) -> str:
    """Without case and accents: a guesser tries those first."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _without_known(text: str) -> tuple[str, float]:
    """The text with well known passwords and rows of keys cut out, and the bits they are worth."""
    total = 0.0
    plain = text.translate(_LEET)
    for known in _KNOWN.split():
        while (at := plain.find(known)) >= 0:
            text = f"{text[:at]} {text[at + len(known) :]}"
            plain = f"{plain[:at]} {plain[at + len(known) :]}"
            total += _KNOWN_BITS
    in_row = [False] * len(text)
    for at in range(len(text) - _WINDOW + 1):
        window = text[at : at + _WINDOW]
        if " " not in window and (window in _ROWS or window[::-1] in _ROWS):
            in_row[at : at + _WINDOW] = [True] * _WINDOW
    kept = []
    for is_row, signs in itertools.groupby(zip(in_row, text, strict=True), lambda pair: pair[0]):
        if is_row:
            total += _KNOWN_BITS
            kept.append(" ")
        else:
            kept.extend(sign for _, sign in signs)
    return "".join(kept), total


def _runs(text: str) -> list[tuple[str, str]]:
    return [(kind, "".join(signs)) for kind, signs in itertools.groupby(text, _kind)]


def _kind(sign: str) -> str:
    if sign in _SEPARATORS or sign.isspace():
        return "separator"
    if sign.isalpha():
        return "letters"
    return "digits" if sign.isdecimal() else "signs"


def _run_bits(kind: str, run: str) -> float:
    period = (run + run).find(run, 1)
    if period < len(run):
        return _run_bits(kind, run[:period]) + _AGAIN_BITS
    if kind == "letters":
        return _word_bits(run)
    if kind == "digits":
        return _number_bits(run)
    return min(_SIGN_BITS * len(set(run)), _MOST_SIGN_BITS)


def _word_bits(run: str) -> float:
    is_latin = run.isascii()
    if len(run) == 1 or (is_latin and not _VOWELS.intersection(run)):
        return _STRAY_LETTER_BITS * len(run)
    if len(run) < _WINDOW and is_latin:
        return _LETTER_BITS * len(run)
    return WORD_BITS


def _number_bits(run: str) -> float:
    if re.fullmatch(r"(?:19|20)\d\d", run):
        return _YEAR_BITS
    if re.fullmatch(r"[0-3]\d[01]\d(?:19|20)?\d\d", run):
        return _DATE_BITS
    return min(_DIGIT_BITS * len(run), _MOST_DIGIT_BITS)
