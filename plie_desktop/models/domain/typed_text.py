"""What people type or paste, cleaned of what nobody sees."""

import re
import unicodedata

# Zero-width signs, marks of direction, soft hyphen and byte order mark: they come with a paste,
# nobody sees them, and they make two equal names differ.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def clean(text: str) -> str:
    """One line without unseen signs, doubled spaces or spaces at its ends (NFC)."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str) -> str:
    """As `clean`, but the line ends the person typed stay."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    text = _CONTROLS.sub(" ", _UNSEEN.sub("", text).replace("\t", " "))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def with_plain_digits(text: str) -> str:
    """Digits of every script as 0 to 9: Arabic and Persian keyboards write their own."""
    return "".join(
        str(unicodedata.decimal(sign)) if not sign.isascii() and sign.isdecimal() else sign
        for sign in text
    )


def folded(text: str) -> str:
    """For comparing names and labels: without case, accents, hyphens and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", clean(text).casefold())
    letters = "".join(
        sign if sign.isalnum() else " " for sign in decomposed if not unicodedata.combining(sign)
    )
    return " ".join(letters.replace("œ", "oe").replace("æ", "ae").replace("ı", "i").split())
