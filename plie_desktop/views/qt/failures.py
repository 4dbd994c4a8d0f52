"""An error as the sentence a person reads."""

from plie_desktop.errors import PlieError
from plie_desktop.text import N_, Words

UNFORESEEN = N_(
    "Un imprévu a interrompu cette action. Ce qui était enregistré l’est toujours : "
    "recommencez, puis appelez le support si cela revient."
)


def in_words(error: BaseException, words: Words) -> str:
    """What happened, why, and what can be done; the details' own words are said too."""
    if not isinstance(error, PlieError):
        return words.say(UNFORESEEN)
    details = {
        name: words.say(value) if isinstance(value, str) else value
        for name, value in error.details.items()
    }
    return words.say(error.sentence, **details)
