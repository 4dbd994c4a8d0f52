"""What a write touched, so that the screens concerned read again."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Changes:
    """The things a service has just written.

    Attributes:
        participants: files of which anything changed (identity, answers, steps, interviews).
        sync: the outbox, the conflicts or the last exchange changed.
        preferences: a preference changed.
    """

    participants: frozenset[UUID] = field(default_factory=frozenset)
    sync: bool = False
    preferences: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.participants | other.participants,
            self.sync or other.sync,
            self.preferences or other.preferences,
        )
