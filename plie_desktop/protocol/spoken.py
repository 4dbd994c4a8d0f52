"""Made-up words that can be read aloud in French and copied without a mistake.

They serve wherever people carry chance from one place to another: the passphrase a person
learns, the words two screens show during an enrolment. No word list is shipped: a word is two
syllables, each an onset and a vowel. The list is part of the protocol, because both sides must
draw the same words from the same bytes; it never changes once released.
"""

from functools import lru_cache
from typing import Final

ONSETS: Final = (
    *("b", "ch", "cr", "d", "f", "gl", "j", "l"),
    *("m", "n", "p", "r", "s", "t", "tr", "v"),
)
VOWELS: Final = ("a", "an", "e", "i", "o", "on", "ou", "u")

# What two innocent syllables can spell, in French or to a colleague of another tongue.
_UNWANTED: Final = (
    " bete bite boche chate crade crado crevu foune foutre glande lope moche mofo nichon noune "
    "pede pedo pine pute puto rape satan sida tare "
)


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """All the words, in an order that is the same everywhere."""
    syllables = [onset + vowel for onset in ONSETS for vowel in VOWELS]
    return tuple(
        first + second
        for first in syllables
        for second in syllables
        if _reads_well(first, second) and f" {first}{second} " not in _UNWANTED
    )


def _reads_well(first: str, second: str) -> bool:
    if first == second:
        return False
    # French writes a nasal before b, m, n, p in other ways: such words would be misspelt.
    return not (first.endswith("n") and second[0] in "bmnp")


def draw(numbers: bytes, count: int) -> tuple[str, ...]:
    """`count` different words chosen by `numbers`, four bytes for each.

    The remainder of 32 bits by some 15 000 words leans by less than one part in 250 000.

    Raises:
        ValueError: there are fewer than four bytes for each word.
    """
    if len(numbers) < 4 * count:
        raise ValueError("four bytes are needed for each word")
    left = list(vocabulary())
    places = (int.from_bytes(numbers[at : at + 4], "big") for at in range(0, 4 * count, 4))
    return tuple(left.pop(place % len(left)) for place in places)
