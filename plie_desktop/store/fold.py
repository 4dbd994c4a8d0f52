"""Words as they are searched: without case, accents, ligatures or punctuation.

What is indexed and what is typed are folded alike; the index itself folds case and accents too.
"""

import string
from functools import lru_cache
from typing import Any, Final

from plie_desktop import reference
from plie_desktop.models.domain.typed_text import folded

MAX_TYPED: Final = 200
"""Characters of a search that are looked at."""
MAX_TERMS: Final = 8
MAX_TERM: Final = 40

_FOLDED_BY_THE_INDEX: Final = frozenset(
    (string.printable + "àâäçéèêëîïôöùûüÿñÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÑ’").replace("_", "")
)


def terms(typed: str) -> tuple[str, ...]:
    """The words of a search. Digits typed in groups count as one: `06 12` begins a number."""
    found: list[str] = []
    joins = False
    for word in folded(typed[:MAX_TYPED]).split():
        if word.isdigit() and joins:
            found[-1] += word
        else:
            found.append(word)
        joins = word.isdigit()
    return tuple(word[:MAX_TERM] for word in found[:MAX_TERMS])


def match(typed: str) -> str:
    """The query of the index for a search, empty when nothing in it can be searched.

    Each word stands in quotes and holds letters and digits only, so that no text can be read
    as a query.
    """
    return " AND ".join(f'"{word}"*' for word in terms(typed))


def words(text: str | None) -> str:
    """A text for the index, which folds the usual letters of French by itself."""
    if not text:
        return ""
    return text if _FOLDED_BY_THE_INDEX.issuperset(text) else folded(text)


@lru_cache(maxsize=512)
def commune_words(code: str | None) -> str:
    """The name of a commune from its code."""
    return folded(reference.load("communes").label(code)) if code else ""


def register(connection: Any) -> None:  # noqa: ANN401 - the driver has no types
    """Give these foldings to SQL on one connection."""
    for name, function in (
        ("search_words", words),
        ("search_commune", commune_words),
    ):
        connection.create_function(name, 1, function, deterministic=True)
