"""What the story did and verified, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plie_desktop.text import N_, Words

_YES: Final = N_("vu")
_NO: Final = N_("NON")
_WIDEST: Final = 28


@dataclass(frozen=True)
class Fact:
    """One line of the table.

    Attributes:
        what: French message id of what was done.
        seen: the figure or the word that was read back.
        is_right: whether it is what it should be.
    """

    what: str
    seen: str
    is_right: bool


def table(facts: Sequence[Fact], words: Words) -> str:
    """The facts in columns."""
    rows = [(words.say(f.what), f.seen, words.say(_YES if f.is_right else _NO)) for f in facts]
    first = max(len(row[0]) for row in rows)
    second = min(_WIDEST, max(len(row[1]) for row in rows))
    return "\n".join(f"{what:<{first}}  {seen:<{second}}  {mark}" for what, seen, mark in rows)
