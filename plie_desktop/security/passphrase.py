"""Passphrases: suggests good ones, judges a person's own.

The bars follow CNIL's 2022 recommendation on passwords: 50 bits where tries are limited, 80
where they are not, each with a margin. A passphrase that guards the vault alone, on a computer
without a keychain, can be guessed at without limit by whoever holds the file.
"""

from dataclasses import dataclass
from typing import Final

from plie_desktop.clock import Chance
from plie_desktop.protocol import spoken
from plie_desktop.security import guessing
from plie_desktop.security.kdf import normalised
from plie_desktop.text import N_

SHORTEST: Final = 15
LONGEST: Final = 1024
BITS_WITH_KEYCHAIN: Final = 64.0
BITS_ALONE: Final = 90.0

_WORDS: Final = 5
_WORDS_ALONE: Final = 7

_TOO_SHORT: Final = N_(
    "Cette phrase de passe a moins de 15 caractères : une machine la devinerait vite. "
    "Ajoutez des mots sans lien entre eux, ou prenez celle qui est proposée."
)
_TOO_LONG: Final = N_(
    "Cette phrase de passe a plus de 1024 caractères. Gardez-en le début, ou prenez celle qui "
    "est proposée."
)
_TOO_PLAIN: Final = N_(
    "Cette phrase de passe se devine vite : répétitions, suites de touches, dates ou mots trop "
    "courants. Choisissez plusieurs mots sans lien entre eux, ou prenez celle qui est proposée."
)
_TOO_WEAK: Final = N_(
    "Cette phrase de passe tiendrait peu de temps face à une machine. Ajoutez un ou deux mots "
    "sans lien avec les autres, ou prenez celle qui est proposée."
)
_TOO_WEAK_ALONE: Final = N_(
    "Cet ordinateur n’a pas de trousseau de clés, la phrase de passe y protège seule les "
    "dossiers. Il en faut une plus longue, d’environ sept mots sans lien entre eux."
)
_GOOD: Final = N_("Cette phrase de passe protège bien les dossiers.")


@dataclass(frozen=True)
class Strength:
    """How well a passphrase protects.

    Attributes:
        bits: estimate; each more doubles a guesser's work.
        enough: whether it may be used.
        sentence: French message id, what it is worth and what to do.
    """

    bits: float
    enough: bool
    sentence: str


def suggest(chance: Chance) -> str:
    """A passphrase of five words (69 bits), for a computer with a keychain."""
    return "-".join(spoken.draw(chance.take(4 * _WORDS), _WORDS))


def suggest_long(chance: Chance) -> str:
    """A passphrase of seven words (97 bits), for a computer without a keychain."""
    return "-".join(spoken.draw(chance.take(4 * _WORDS_ALONE), _WORDS_ALONE))


def strength(passphrase: str, *, alone: bool) -> Strength:
    """What a passphrase is worth; `alone` where no keychain holds a second secret."""
    text = normalised(passphrase)
    if len(text) > LONGEST:
        return Strength(0.0, enough=False, sentence=_TOO_LONG)
    worth = guessing.bits(text)
    bar = BITS_ALONE if alone else BITS_WITH_KEYCHAIN
    if len(text) < SHORTEST:
        return Strength(worth, enough=False, sentence=_TOO_SHORT)
    if worth >= bar:
        return Strength(worth, enough=True, sentence=_GOOD)
    if worth < BITS_WITH_KEYCHAIN / 2:
        return Strength(worth, enough=False, sentence=_TOO_PLAIN)
    return Strength(worth, enough=False, sentence=_TOO_WEAK_ALONE if alone else _TOO_WEAK)
