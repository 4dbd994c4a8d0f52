"""Who may write what: the rules that need no look at the values.

Only the other parts of the server come in.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from plie_desktop.models.domain.access import (
    ASSIGNMENT,
    EVERY_SCOPE,
    REFERENCE_SCOPE,
    Role,
    may_assign,
    may_write,
)
from plie_desktop.models.domain.records import KINDS, Kind

NEW_FILES_SCOPE: Final = "siege"
"""Where a file goes that is made by someone who holds all scopes."""


_BY_DEVICES: Final = {
    kind: declared.decidable if declared.written_by_server else frozenset(declared.column_names)
    for kind, declared in KINDS.items()
}


def scope_of_new_root(granted: Sequence[str]) -> str | None:
    """The scope of a file made on a laptop with these grants."""
    if EVERY_SCOPE in granted:
        return NEW_FILES_SCOPE
    return granted[0] if granted else None


def reaches(granted: Sequence[str], scope: str) -> bool:
    """Whether a laptop with these grants writes in the files of a scope."""
    return scope != REFERENCE_SCOPE and (EVERY_SCOPE in granted or scope in granted)


def may_write_columns(role: Role, kind: Kind, columns: Iterable[str]) -> bool:
    """Whether this role writes these columns of this kind; an unknown column is nobody's."""
    if not may_write(role, kind):
        return False
    allowed = _BY_DEVICES[kind]
    if kind is Kind.PARTICIPANT and not may_assign(role):
        allowed -= ASSIGNMENT
    return allowed.issuperset(columns)
