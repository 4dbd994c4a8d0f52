"""Where a person can go. Features ask with `Go`; the shell moves.

Features do not know each other, so a presenter receives one `Go` and names a destination.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    """The pages of the window."""

    UNLOCK = "unlock"
    TODAY = "today"
    INTAKE = "intake"
    PARTICIPANTS = "participants"
    PARTICIPANT_FILE = "participant-file"
    PATHWAY = "pathway"
    PLAN = "plan"
    SYNCHRONISATION = "synchronisation"
    PREFERENCES = "preferences"


@dataclass(frozen=True)
class Destination:
    """A page, the file shown on it, and the very spot where the person was.

    Attributes:
        place: the page.
        participant_id: whose file, where the page is about one person.
        field: key of the field that takes the keyboard; empty for the page's first.
        cursor: place of the cursor in that field, in characters.
    """

    place: Place
    participant_id: UUID | None = None
    field: str = ""
    cursor: int = 0


Go = Callable[[Destination], None]
