"""Keys of what stays on this laptop about one file. Services come in."""

from uuid import UUID


def file_key(participant_id: UUID, name: str) -> str:
    """The key of a `Local` value about one file."""
    return f"file/{participant_id}/{name}"


def draft_key(participant_id: UUID, place: str) -> str:
    """The key of a `Local` value that is being typed about one file."""
    return file_key(participant_id, f"draft/{place}")
