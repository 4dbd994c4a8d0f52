"""Texts looked for in raw bytes: whatever is found there was not encrypted."""

from collections.abc import Iterable
from pathlib import Path


def spellings(text: str) -> tuple[bytes, ...]:
    """A text as programs keep it."""
    return text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-32-le")


def traces(files: Iterable[Path], wanted: Iterable[str]) -> dict[str, set[str]]:
    """Files that hold one of these texts, in whatever case, with what they hold."""
    forms = {
        spelling: text
        for text in wanted
        for form in (text, text.upper(), text.casefold())
        for spelling in spellings(form)
    }
    found: dict[str, set[str]] = {}
    for file in files:
        content = file.read_bytes()
        held = {text for spelling, text in forms.items() if spelling in content}
        if held:
            found[str(file)] = held
    return found
