"""Pages: bounded, closed, resumable, and without a hole while others write."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack

from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.protocol.messages import EXCHANGE_PATH, encode


def write_files(laptop, count, **values) -> list[bytes]:
    random_ = random.Random(1)
    roots = []
    for number in range(count):
        root = laptop.person(
            first_name=f"Name {random_.random()}", street=f"{random_.random()}", **values
        )
        laptop.reply_to(root, "origin", f"{random_.random()}")
        laptop.reply_to(root, "comment", f"{number} {random_.random()}")
        roots.append(root)
    return roots


def test_pages_are_about_as_large_as_asked_and_hold_whole_files(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    write_files(anna, 400)
    anna.sync()
    bruno.want = 8 << 10
    sizes = []
    while True:
        reply = bruno.exchange()
        sizes.append(len(encode(reply)))
        per_root = {}
        for block in reply.blocks:
            for row in block.rows:
                per_root[row[2]] = per_root.get(row[2], 0) + 1
        assert {count for root, count in per_root.items() if root not in staff(reply)} <= {3}
        bruno.apply(reply)
        if not reply.more:
            break
    assert len(bruno.of_kind(Kind.PARTICIPANT)) == 400
    assert len(sizes) > 4
    assert max(sizes) < 2 * (8 << 10)


def staff(reply) -> set[bytes]:
    return {row[1] for block in reply.blocks if block.kind == Kind.STAFF for row in block.rows}


def test_rows_come_whole_with_all_columns_then_only_with_what_changed(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    (root,) = write_files(anna, 1, phone="1")
    anna.sync()
    (reply,) = bruno.sync()
    whole = {block.kind: block for block in reply.blocks}
    assert all(block.is_whole for block in reply.blocks)
    assert whole["participant"].columns == list(KINDS[Kind.PARTICIPANT].column_names)
    anna.change(root, phone="2", email="a@b.fr")
    anna.sync()
    (reply,) = bruno.sync()
    (block,) = reply.blocks
    assert (block.kind, block.columns, block.is_whole) == ("participant", ["email", "phone"], False)
    assert block.rows[0][1:] == (root, root, "a@b.fr", "2")


def test_what_others_refer_to_comes_first(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    write_files(anna, 2)
    anna.sync()
    (reply,) = bruno.sync()
    assert [block.kind for block in reply.blocks] == ["participant", "answer", "staff"]


def test_interrupted_first_reading_goes_on_where_it_was(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    write_files(anna, 60)
    anna.sync()
    bruno.want = 2 << 10
    received = 0
    for _ in range(100):
        reply = bruno.exchange()
        bruno.exchange()  # asked again, the answer was lost
        bruno.apply(reply)
        received += sum(len(block.rows) for block in reply.blocks)
        if not reply.more:
            break
    assert received == 60 * 3 + 2
    assert len(bruno.of_kind(Kind.PARTICIPANT)) == 60


def test_file_that_changes_during_a_long_reading_is_not_lost(hq):
    """It moves ahead in the walk; what was older in it must come too."""
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    roots = write_files(anna, 30)
    anna.sync()
    bruno.want = 1
    bruno.apply(bruno.exchange())
    for root in roots:
        anna.change(root, phone="changed")
    anna.sync()
    for _ in range(200):
        reply = bruno.exchange()
        bruno.apply(reply)
        if not reply.more:
            break
    assert {bruno.values(root)["phone"] for root in roots} == {"changed"}
    assert all("first_name" in bruno.values(root) for root in roots)
    assert len(bruno.of_kind(Kind.ANSWER)) == 60


def test_who_asks_for_no_page_gets_none_and_keeps_their_place(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    write_files(anna, 1)
    anna.sync()
    reply = bruno.exchange(want=0)
    assert (reply.blocks, reply.cursor, reply.more) == ([], b"", True)
    bruno.sync()
    assert bruno.exchange(want=0).cursor == bruno.cursor
    assert not bruno.exchange(want=0).more


def test_lost_cursor_is_no_disaster(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person(phone="1")
    anna.sync()
    bruno.sync()
    bruno.change(root, email="b@c.fr")
    bruno.sync()
    anna.change(root, phone="2")
    anna.sync()
    bruno.cursor = b""
    bruno.sync()
    assert bruno.values(root) == {"birth_name": "Martin", "phone": "2", "email": "b@c.fr"}


def test_exchange_with_nothing_to_say_is_small(hq):
    laptop = hq.laptop()
    laptop.sync()
    body = encode(laptop.request())
    headers = laptop.signed(EXCHANGE_PATH, body, laptop.first_nonce())
    reply = laptop.client.post(EXCHANGE_PATH, content=body, headers=headers)
    request_line = len(f"POST {EXCHANGE_PATH} HTTP/1.1\r\n")
    said = request_line + sum(len(n) + len(v) + 4 for n, v in reply.request.headers.items())
    heard = 17 + sum(len(n) + len(v) + 4 for n, v in reply.headers.items())
    assert said + len(body) + heard + len(reply.content) < 1200


def write_at_random(laptop, seed, shared) -> None:
    random_ = random.Random(seed)
    laptop.sync()
    for number in range(12):
        laptop.person(first_name=f"{seed}-{number}")
        if random_.random() < 0.8:
            laptop.apply(laptop.exchange(want=random_.choice([0, 600])))
    # Only at the end do they meet in one file: its lock would have made them take turns.
    laptop.change(shared, phone=f"{seed}")
    laptop.sync()


def read_until(done, laptop) -> None:
    laptop.want = 500
    while not done.is_set():
        laptop.apply(laptop.exchange())


def test_no_version_is_missed_while_eight_laptops_write(hq):
    """Readers follow the counter while it moves; at the end nothing is missing anywhere."""
    writers = [hq.laptop(f"Writer {number}") for number in range(8)]
    readers = [hq.laptop("Reader 1"), hq.laptop("Reader 2", Role.COORD, ("*",))]
    shared = writers[0].person(phone="0")
    writers[0].sync()
    everyone = (*writers, *readers)
    done = threading.Event()
    with ExitStack() as stack, ThreadPoolExecutor(len(everyone)) as threads:
        for laptop in everyone:
            laptop.client = stack.enter_context(hq.another_client())
        reading = [threads.submit(read_until, done, laptop) for laptop in readers]
        writing = [
            threads.submit(write_at_random, laptop, seed, shared)
            for seed, laptop in enumerate(writers)
        ]
        wait(writing)
        done.set()
        for future in (*writing, *reading):
            future.result()
        for laptop in everyone:
            laptop.sync()
    names = {f"{seed}-{number}" for seed in range(8) for number in range(12)}
    for laptop in everyone:
        found = {row.get("first_name") for row in laptop.of_kind(Kind.PARTICIPANT).values()}
        assert found - {None} == names
    assert len({laptop.values(shared)["phone"] for laptop in everyone}) == 1


def test_scope_that_changes_while_the_next_one_is_read_is_not_forgotten(hq):
    anna, bruno = hq.laptop("Anna", scopes=("a",)), hq.laptop("Bruno", scopes=("b",))
    cora = hq.laptop("Cora", Role.COORD, ("*",))
    (first, *_), (*_, last) = write_files(anna, 5), write_files(bruno, 20)
    anna.sync()
    bruno.sync()
    cora.want = 600
    while not cora.of_kind(Kind.PARTICIPANT).keys() & bruno.rows.keys():
        cora.apply(cora.exchange())
    assert last not in cora.rows
    anna.change(first, phone="meanwhile")
    anna.sync()
    cora.sync()
    assert cora.values(first)["phone"] == "meanwhile"
    assert last in cora.rows


def test_whole_company_reads_whole_scopes(hq):
    """Each of several scopes is walked, in pages that end in the middle of them."""
    laptops = [hq.laptop(f"Person {n}", scopes=(f"scope-{n}",)) for n in range(4)]
    for laptop in laptops:
        write_files(laptop, 12)
        laptop.sync()
    cora = hq.laptop("Cora", Role.COORD, ("*",))
    cora.want = 1 << 10
    cora.sync()
    assert len(cora.of_kind(Kind.PARTICIPANT)) == 48
