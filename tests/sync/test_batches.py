"""Edits to requests, replies to pages; what comes from outside is looked at cell by cell."""

from dataclasses import replace
from uuid import UUID

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.models.domain.edit import Action, Edit
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.sync_page import Verdict
from plie_desktop.protocol.messages import (
    USUAL_OPS,
    Block,
    ExchangeReply,
    ExchangeRequest,
    FrameError,
    Outcome,
    Refusal,
    decode,
    encode,
)
from plie_desktop.sync.batches import (
    BYTES_AN_OP,
    Standing,
    build_request,
    read_reply,
    rows_in,
    take_batch,
    write_op,
)

ROOT = UUID(int=7)
STANDING = Standing(db=bytes(16), epoch=2, cursor=b"c", clock=9)


def edit(dseq: int, tx: int, value: str = "x") -> Edit:
    return Edit(
        dseq, tx, Kind.PARTICIPANT, ROOT, ROOT, Action.UPDATE, 3, dseq << 16, {"street": value}
    )


def reply(**changes) -> ExchangeReply:
    return ExchangeReply(**{"protocol": "1.0", "epoch": 2, "last": 5, **changes})


def test_a_request_carries_the_edits_as_they_are():
    request = build_request(
        STANDING, 4, [write_op(edit(4, 1, "2 rue du Bosphore")), write_op(edit(5, 2))], 1024
    )
    seen = decode(encode(request), ExchangeRequest)
    assert (seen.first, seen.epoch, seen.cursor, seen.want) == (4, 2, b"c", 1024)
    assert [op.values for op in seen.ops] == [{"street": "2 rue du Bosphore"}, {"street": "x"}]
    assert seen.ops[0].record == ROOT.bytes


def test_a_batch_holds_at_most_what_a_request_may():
    assert len(take_batch([edit(n, n) for n in range(1, 900)])) == USUAL_OPS
    assert take_batch([]) == ()


def test_a_fast_line_gets_larger_batches():
    assert len(take_batch([edit(n, n) for n in range(1, 900)], 2 * USUAL_OPS)) == 899


def test_a_batch_of_long_texts_is_cut_by_its_size():
    taken = take_batch([edit(n, n, "é" * 10_000) for n in range(1, 100)])
    most = USUAL_OPS * BYTES_AN_OP
    size = sum(len("é" * 10_000) * 2 for _ in taken)
    assert most / 2 < size <= most


def test_an_edit_larger_than_a_batch_goes_alone():
    assert len(take_batch([edit(1, 1, "x" * 2 * USUAL_OPS * BYTES_AN_OP), edit(2, 2)])) == 1


def test_a_save_is_not_cut_in_two_when_it_need_not_be():
    edits = [edit(n, n) for n in range(1, 401)] + [edit(n, 999) for n in range(401, 701)]
    assert [one.dseq for one in take_batch(edits)][-1] == 400


def test_a_save_larger_than_a_batch_is_cut_all_the_same():
    edits = [edit(n, 1) for n in range(1, 1200)]
    assert len(take_batch(edits)) == USUAL_OPS


def test_a_large_save_is_cut_between_two_files():
    edits = [replace(edit(n, 1), root_id=UUID(int=1 + n // 22)) for n in range(1, 1200)]
    taken = take_batch(edits)
    assert USUAL_OPS - 22 < len(taken) <= USUAL_OPS
    assert taken[-1].root_id != edits[len(taken)].root_id


@given(st.lists(st.integers(1, 5), min_size=1, max_size=40))
def test_a_batch_is_always_a_beginning_and_never_empty(sizes):
    numbers = iter(range(1, 10_000))
    edits = [edit(next(numbers), tx) for tx, size in enumerate(sizes) for _ in range(size * 60)]
    taken = take_batch(edits)
    assert taken == tuple(edits[: len(taken)])
    assert 0 < len(taken) <= USUAL_OPS


def test_a_reply_becomes_a_page():
    row = [9, ROOT.bytes, ROOT.bytes, "Lou", None]
    page = read_reply(
        reply(
            outcomes=[Outcome(4, 2, b"ref", {"street": "y"})],
            blocks=[Block("participant", ["first_name", "sex"], True, [row])],
            evict=[ROOT.bytes],
            cursor=b"d",
        )
    )
    assert page.verdicts[0].verdict is Verdict.CONFLICT
    assert page.blocks[0].kind is Kind.PARTICIPANT
    assert page.evict == (ROOT,)
    assert rows_in(page) == 1


def test_kinds_of_a_newer_version_are_left_out():
    page = read_reply(reply(blocks=[Block("weather", ["sun"], True, [[1, b"", b"", "x"]])]))
    assert page.blocks == ()


@pytest.mark.parametrize(
    "row",
    [
        [9, ROOT.bytes, ROOT.bytes],
        [9, ROOT.bytes, ROOT.bytes, "a", "b"],
        ["9", ROOT.bytes, ROOT.bytes, "a"],
        [9, b"short", ROOT.bytes, "a"],
        [9, ROOT.bytes, str(ROOT), "a"],
        [9, ROOT.bytes, ROOT.bytes, 4],
        [9, ROOT.bytes, ROOT.bytes, b"a"],
        [True, ROOT.bytes, ROOT.bytes, "a"],
        [],
    ],
)
def test_a_row_that_is_not_one_is_refused(row):
    with pytest.raises(FrameError):
        read_reply(reply(blocks=[Block("participant", ["first_name"], True, [row])]))


@pytest.mark.parametrize(
    "changes", [{"outcomes": [Outcome(4, 99)]}, {"evict": [b"x"]}, {"erase": [bytes(15)]}]
)
def test_what_no_headquarters_says_is_refused(changes):
    with pytest.raises(FrameError):
        read_reply(reply(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"epoch": 1 << 63},
        {"epoch": -1},
        {"last": -1},
        {"durable": 1 << 63},
        {"clock": 1 << 63},
        {"outcomes": [Outcome(1 << 63, 1)]},
        {"cursor": bytes(5000)},
        {"message": "a" * 2000},
    ],
)
def test_a_reply_that_no_base_could_keep_is_no_reply(changes):
    with pytest.raises(FrameError):
        decode(encode(reply(**changes)), ExchangeReply)


@pytest.mark.parametrize("said", [("x" * 2000, 0), ("x", -1), ("x", 1 << 63)])
def test_a_refusal_without_measure_is_no_refusal(said):
    with pytest.raises(FrameError):
        decode(encode(Refusal("gap", *said)), Refusal)


def test_a_message_nested_without_end_is_no_message():
    known = msgspec.msgpack.encode({"p": "1.0", "epoch": 1, "last": 1})
    unknown = msgspec.msgpack.encode("later") + b"\x91" * 100_000 + b"\xc0"
    body = zstandard.compress(b"\x84" + known[1:] + unknown)
    with pytest.raises(FrameError):
        decode(body, ExchangeReply)


@pytest.mark.parametrize("version", [-1, 1 << 63])
def test_a_row_with_a_version_no_base_could_keep_is_refused(version):
    row = (version, bytes(16), bytes(16), "x")
    with pytest.raises(FrameError):
        read_reply(reply(blocks=[Block("participant", ["street"], True, [row])]))
