"""Words for people. Every room may come in; no toolkit is needed here.

The message id is the French sentence itself, typed with the space bar, so French needs no
catalogue at all; the other languages are read from `resources/locale/<language>.po`. A paper may
be printed in another language than the screen's, hence `Words` objects and no global.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from plie_desktop import paths

LANGUAGE_NAMES: Final = {"fr": "Français", "en": "English"}
"""Each in its own words, so that whoever speaks it finds it."""
LANGUAGES: Final = tuple(LANGUAGE_NAMES)

_HIGH_MARKS: Final = ":;!?%»"
"""French marks with a space before them."""


def N_(message: str) -> str:
    """Mark a message id for the catalogue and give it back unchanged."""
    return message


class Words:
    """Says things in one language.

    Attributes:
        language: two-letter code, one of `LANGUAGES`.
    """

    def __init__(
        self,
        language: str,
        catalogue: Mapping[str, str],
        plurals: Mapping[str, tuple[str, str]],
    ) -> None:
        self.language = language
        self._catalogue = catalogue
        self._plurals = plurals

    def say(self, message: str, **details: object) -> str:
        """The message in this language, its `{name}` places filled from `details`.

        A detail that is a tuple holds message ids: they are said one after the other.
        """
        said = self._found(message)
        if not details:
            return said
        return said.format(**{name: self._listed(one) for name, one in details.items()})

    def count(self, one: str, many: str, n: int, **details: object) -> str:
        """The message that fits the number `n`, which fills the place `{n}`."""
        singular, plural = self._plurals.get(one, (one, many))
        # French counts zero and one alike (CLDR plural rules); English only one.
        is_one = n < 2 if self.language == "fr" else n == 1  # noqa: PLR2004 - that very rule
        chosen = singular if is_one else plural
        bound = _bound(chosen) if self.language == "fr" else chosen
        return bound.format(n=self.number(n), **details)

    def number(self, n: int) -> str:
        """A whole number, its thousands parted."""
        parted = f"{n:,}"
        return parted.replace(",", "\u00a0") if self.language == "fr" else parted

    def _found(self, message: str) -> str:
        said = self._catalogue.get(message, message)
        # Before the places are filled: what people wrote keeps its own spaces.
        return _bound(said) if self.language == "fr" else said

    def _listed(self, detail: object) -> object:
        if not isinstance(detail, tuple):
            return detail
        return ", ".join(map(self._found, detail))


def _bound(sentence: str) -> str:
    """The sentence with its high marks bound to their words, so that none begins a line.

    With U+00A0 alone: neither our typeface nor every Windows console has the narrow U+202F.
    """
    for mark in _HIGH_MARKS:
        if mark in sentence:
            sentence = sentence.replace(f" {mark}", f"\u00a0{mark}")
    return sentence.replace("« ", "«\u00a0") if "«" in sentence else sentence


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """The words of a language.

    Raises:
        KeyError: the language is not in `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == "fr":
        return Words("fr", {}, {})
    catalogue, plurals = _read(paths.resource("locale", f"{language}.po"))
    return Words(language, catalogue, plurals)


def _read(file: Path) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    # Imported here: a French session, the usual one, never pays for it.
    from babel.messages.pofile import read_po  # noqa: PLC0415 - see above

    catalogue: dict[str, str] = {}
    plurals: dict[str, tuple[str, str]] = {}
    with file.open("rb") as stream:
        for message in read_po(stream):
            if not message.id or not message.string:
                continue
            if isinstance(message.id, tuple | list):
                plurals[message.id[0]] = (message.string[0], message.string[1])
            else:
                catalogue[message.id] = str(message.string)
    return catalogue, plurals
