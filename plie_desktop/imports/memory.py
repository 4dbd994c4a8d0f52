"""What files last said of one person, question by question: enough to see what changes next time.

Each answer is kept as a short digest whose key is the person's own id: it can be recognised, not
read, and two people who answer alike leave nothing alike.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final
from uuid import UUID
from zlib import crc32

from plie_desktop.models.domain.answers import Answer

_NAME: Final = 4
_DIGEST: Final = 6
"""A change goes unseen once in 2^48."""


class Memory:
    """What was last said of one participant."""

    def __init__(self, participant_id: UUID, kept: bytes = b"") -> None:
        """Take up what `after` gave; nothing for someone of whom no file spoke yet."""
        self._start = blake2b(key=participant_id.bytes, digest_size=_DIGEST)
        width = _NAME + _DIGEST
        cells = (kept[at : at + width] for at in range(0, len(kept), width))
        self._cells = {cell[:_NAME]: cell[_NAME:] for cell in cells}

    def is_last(self, key: str, answer: Answer | None) -> bool:
        """Whether this is what was last said to a question; None: nothing ever was."""
        return self._cells.get(_name(key)) == (self._digest(answer) if answer else None)

    def after(self, answers: Mapping[str, Answer]) -> bytes:
        """What to keep once these were said; a question left out keeps what was said before."""
        said = {_name(key): self._digest(answer) for key, answer in answers.items()}
        return b"".join(name + cell for name, cell in sorted((self._cells | said).items()))

    def _digest(self, answer: Answer) -> bytes:
        digest = self._start.copy()
        digest.update(f"{answer.state.value} {answer.value}".encode())
        return digest.digest()


def _name(key: str) -> bytes:
    return crc32(key.encode()).to_bytes(_NAME, "big")
