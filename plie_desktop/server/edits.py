"""The form of an edit, whoever sends it. Only the other parts of the server come in."""

from typing import Final

from plie_desktop.models.domain.edit import Action
from plie_desktop.models.domain.records import Kind, answer_key
from plie_desktop.protocol.messages import Op

_ID_BYTES: Final = 16
_LONGEST_VALUE: Final = 1 << 17
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
    for value in op.values.values():
        # PostgreSQL keeps no zero byte in a text.
        if value is not None and (len(value) > _LONGEST_VALUE or "\0" in value):
            return False
    if op.kind == Kind.ANSWER and (op.action == Action.INSERT or "field" in op.values):
        return answer_key(op.root, op.values.get("field") or "") == op.record
    return True
