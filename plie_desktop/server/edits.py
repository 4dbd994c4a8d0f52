"""The form of an edit, whoever sends it. Only the other parts of the server come in."""

from typing import Final
from uuid import UUID

from plie_desktop.models.domain.edit import Action
from plie_desktop.models.domain.records import Kind, answer_id
from plie_desktop.protocol.messages import Op

_ID_BYTES: Final = 16
_LONGEST_VALUE: Final = 1 << 17
_OP_BYTES: Final = 128
"""What an edit counts beside its values."""
_KINDS: Final = frozenset(Kind)
_ACTIONS: Final = frozenset(Action)


def is_well_formed(op: Op) -> bool:
    """Whether an edit says something that a record can hold."""
    if op.kind not in _KINDS or op.action not in _ACTIONS:
        return False
    if len(op.record) != _ID_BYTES or len(op.root) != _ID_BYTES:
        return False
    if op.kind == Kind.PARTICIPANT and op.record != op.root:
        return False
    if not all(value is None or _can_be_kept(value) for value in op.values.values()):
        return False
    if op.kind == Kind.ANSWER and (op.action == Action.INSERT or "field" in op.values):
        question = op.values.get("field") or ""
        return answer_id(UUID(bytes=op.root), question).bytes == op.record
    return True


def _can_be_kept(value: str) -> bool:
    # PostgreSQL keeps no zero byte in a text.
    return len(value) <= _LONGEST_VALUE and "\0" not in value


def size_of(op: Op) -> int:
    """The bytes that an edit adds to its file."""
    return _OP_BYTES + sum(len(value.encode()) for value in op.values.values() if value)
