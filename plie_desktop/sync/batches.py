"""Waiting edits to a request, a reply to a page: pure, no network and no base.

What comes from outside is checked here down to the last cell, so that the store never meets a
row that is not one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from plie_desktop.models.domain.edit import Edit
from plie_desktop.models.domain.records import SCHEMA_VERSION, Kind
from plie_desktop.models.domain.sync_page import EditVerdict, RowBlock, SyncPage, Verdict
from plie_desktop.protocol.messages import (
    LARGEST_NUMBER,
    PROTOCOL,
    USUAL_OPS,
    Block,
    ExchangeReply,
    ExchangeRequest,
    FrameError,
    Op,
    Outcome,
)

BYTES_AN_OP: Final = 512
"""Bytes of values before compression that a batch may hold for each edit it may hold."""
ID_BYTES: Final = 16
_CELLS_BEFORE_VALUES: Final = 3
_OP_OVERHEAD: Final = 64
_TEXT: Final = frozenset({str, type(None)})


@dataclass(frozen=True)
class Standing:
    """Where this base stands towards headquarters.

    Attributes:
        db: random id of the base, 16 bytes.
        epoch: server incarnation last spoken to, 0 at first.
        cursor: opaque, as received.
        clock: hybrid logical clock.
    """

    db: bytes
    epoch: int
    cursor: bytes
    clock: int


def take_batch(edits: Sequence[Edit], most: int = USUAL_OPS) -> tuple[Edit, ...]:
    """The first edits that fit one request of at most so many.

    A save is not cut in two when a batch of at least half the size can end before it; nor is,
    in a larger save, what it holds of one file.
    """
    count, size = 0, 0
    for edit in edits[:most]:
        size += _size(edit)
        if count and size > most * BYTES_AN_OP:
            break
        count += 1
    return tuple(edits[: _whole(edits, count)])


def write_op(edit: Edit) -> Op:
    """An edit as it travels."""
    return Op(
        tx=edit.tx,
        kind=edit.kind.value,
        record=edit.record_id.bytes,
        root=edit.root_id.bytes,
        action=edit.action.value,
        base=edit.base,
        hlc=edit.hlc,
        values=dict(edit.values),
    )


def build_request(standing: Standing, first: int, ops: list[Op], want: int) -> ExchangeRequest:
    """The request that sends these edits and asks for the next page.

    Args:
        standing: of this base.
        first: number of the first edit, or of the next one when there is none.
        ops: edits as `write_op` writes them, contiguous from `first`.
        want: compressed bytes wanted in the page, 0 for none.
    """
    return ExchangeRequest(
        protocol=PROTOCOL,
        schema=SCHEMA_VERSION,
        db=standing.db,
        epoch=standing.epoch,
        first=first,
        ops=ops,
        cursor=standing.cursor,
        want=want,
        clock=standing.clock,
    )


def read_reply(reply: ExchangeReply) -> SyncPage:
    """What the store applies of a reply.

    Kinds of records this version does not know are left out: headquarters sends them whole to
    the version that does.

    Raises:
        FrameError: a cell is not what its place holds.
    """
    return SyncPage(
        epoch=reply.epoch,
        last=reply.last,
        durable=reply.durable,
        verdicts=tuple(_verdict(outcome) for outcome in reply.outcomes),
        blocks=tuple(_block(block) for block in reply.blocks if block.kind in set(Kind)),
        evict=tuple(_id(root) for root in reply.evict),
        erase=tuple(_id(root) for root in reply.erase),
        cursor=reply.cursor,
        clock=reply.clock,
    )


def rows_in(page: SyncPage) -> int:
    """How many records a page brings."""
    return sum(len(block.rows) for block in page.blocks)


def _whole(edits: Sequence[Edit], count: int) -> int:
    """Where to end a batch of at most `count` edits."""
    if count == len(edits):
        return count
    following = edits[count]
    for belongs in (
        lambda edit: edit.tx == following.tx,
        lambda edit: (edit.tx, edit.root_id) == (following.tx, following.root_id),
    ):
        end = count
        while end and belongs(edits[end - 1]):
            end -= 1
        if end and end >= count // 2:
            return end
    return count


def _size(edit: Edit) -> int:
    size = _OP_OVERHEAD
    for name, value in edit.values.items():
        size += len(name)
        if value:
            size += len(value) if value.isascii() else len(value.encode())
    return size


def _verdict(outcome: Outcome) -> EditVerdict:
    try:
        verdict = Verdict(outcome.code)
    except ValueError:
        raise FrameError("verdict") from None
    return EditVerdict(outcome.dseq, verdict, outcome.ref, outcome.values)


def _block(block: Block) -> RowBlock:
    if not _are_rows(block.rows, len(block.columns)):
        raise FrameError("row")
    return RowBlock(Kind(block.kind), tuple(block.columns), block.is_whole, block.rows)


def _are_rows(rows: Sequence[Sequence[Any]], values: int) -> bool:
    """Whether each row is a version, two ids, and so many texts or gaps; looked at by column."""
    if set(map(len, rows)) - {_CELLS_BEFORE_VALUES + values}:
        return False
    if not rows:
        return True
    versions, records, roots, *texts = zip(*rows, strict=True)
    ids = (*records, *roots)
    return (
        set(map(type, versions)) == {int}
        and min(versions) >= 0
        and max(versions) <= LARGEST_NUMBER
        and set(map(type, ids)) == {bytes}
        and set(map(len, ids)) == {ID_BYTES}
        and all(_TEXT.issuperset(map(type, column)) for column in texts)
    )


def _id(raw: bytes) -> UUID:
    if len(raw) != ID_BYTES:
        raise FrameError("id")
    return UUID(bytes=raw)
