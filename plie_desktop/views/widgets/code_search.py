"""Finding entries of an official list while someone types."""

from functools import lru_cache

from plie_desktop import reference
from plie_desktop.models.domain.typed_text import folded
from plie_desktop.text import Words
from plie_desktop.views.widgets.choice_buttons import Choice


class CodeSearch:
    """Searches one list: entries that begin as typed first, then words inside, then parts.

    The list is read and prepared at the first search; `warm` does it beforehand.
    """

    def __init__(self, name: str, words: Words) -> None:
        self._name = name
        self._words = words

    def suggest(self, typed: str) -> tuple[Choice, ...]:
        """The entries that fit, best first; all of them in the list's order for no text."""
        wanted = folded(typed)
        lines = _prepared(self._name, self._words)
        if not wanted:
            return tuple(self._choice(code) for code, _ in lines)
        starts = [code for code, text in lines if text.startswith(wanted)]
        inside = f" {wanted}"
        words = [code for code, text in lines if inside in text and not text.startswith(wanted)]
        found = starts + words
        if not found:
            found = [code for code, text in lines if wanted in text]
        return tuple(self._choice(code) for code in found)

    def label_of(self, code: str) -> str:
        """The words of a code; empty when the list has no such code."""
        known = reference.load(self._name)
        return known.said(code, self._words) if known.find(code) else ""

    def _choice(self, code: str) -> Choice:
        return Choice(code, self.label_of(code))


def warm(name: str, words: Words) -> None:
    """Read and prepare a list, on any thread."""
    _prepared(name, words)


def choices(name: str, words: Words) -> tuple[Choice, ...]:
    """A short list as answers to pick."""
    return tuple(Choice(*line) for line in reference.load(name).lines(words))


@lru_cache(maxsize=64)
def _prepared(name: str, words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((code, folded(label)) for code, label in reference.load(name).lines(words))
