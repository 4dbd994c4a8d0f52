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
        lines = _prepared(self._name)
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
        known = reference.load(self._name).find(code)
        return self._words.say(known.label) if known else ""

    def _choice(self, code: str) -> Choice:
        return Choice(code, self.label_of(code))


def warm(name: str) -> None:
    """Read and prepare a list, on any thread."""
    _prepared(name)


def choices(name: str, words: Words) -> tuple[Choice, ...]:
    """A short list as answers to pick."""
    return tuple(Choice(code.code, words.say(code.label)) for code in reference.load(name))


@lru_cache(maxsize=32)
def _prepared(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((code.code, folded(code.label)) for code in reference.load(name))
