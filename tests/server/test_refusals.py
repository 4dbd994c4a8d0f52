"""What is not right is refused with a reason that a laptop can read, and changes nothing."""

import time
from datetime import timedelta

import msgspec
import psycopg
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.records import Kind
from plie_desktop.protocol.messages import (
    ENROL_PATH,
    EXCHANGE_PATH,
    KEY_HEADER,
    MAX_FRAME,
    MAX_OPS,
    NONCE_HEADER,
    NONCE_PATH,
    ExchangeReply,
    Op,
    OutcomeCode,
    Refusal,
    decode,
    encode,
)
from plie_desktop.server.settings import Settings
from plie_desktop.server.store import devices
from plie_desktop.server.store.database import Database
from tests.support.headquarters import Laptop, RefusedError, headquarters


def refusal_of(reply) -> tuple[int, str]:
    said = decode(reply.content, Refusal)
    assert said.sentence
    return reply.status_code, said.code


def send(laptop, body, **changed):
    headers = laptop.signed(EXCHANGE_PATH, body, laptop.first_nonce()) | changed
    return laptop.client.post(EXCHANGE_PATH, content=body, headers=headers)


@pytest.mark.parametrize(
    "body", [b"", b"hello", zstandard.compress(b"hello"), zstandard.compress(b"\x80")]
)
def test_what_is_no_message_is_refused(hq, body):
    assert refusal_of(send(hq.laptop(), body)) == (400, "frame")


def test_unsigned_request_is_refused(hq):
    laptop = hq.laptop()
    reply = laptop.client.post(EXCHANGE_PATH, content=encode(laptop.request()))
    assert refusal_of(reply) == (401, "signature")


@pytest.mark.parametrize("header", ["Signature", "Content-Digest", "X-Nonce"])
def test_request_without_one_of_its_marks_is_refused(hq, header):
    laptop = hq.laptop()
    body = encode(laptop.request())
    headers = laptop.signed(EXCHANGE_PATH, body, laptop.first_nonce())
    del headers[header]
    reply = laptop.client.post(EXCHANGE_PATH, content=body, headers=headers)
    assert refusal_of(reply) == (401, "signature")


def test_one_changed_byte_is_noticed(hq):
    laptop = hq.laptop()
    laptop.person()
    body = encode(laptop.request())
    headers = laptop.signed(EXCHANGE_PATH, body, laptop.first_nonce())
    reply = laptop.client.post(EXCHANGE_PATH, content=body + b" ", headers=headers)
    assert refusal_of(reply) == (401, "signature")


def test_unknown_key_and_wrong_key_are_told_the_same(hq):
    known, stranger = hq.laptop(), Laptop(hq.client, hq.clock)
    forged = Laptop(hq.client, hq.clock, private=stranger.private, public=known.public)
    assert refusal_of(send(stranger, encode(stranger.request()))) == (401, "signature")
    body = encode(known.request())
    # Signed by the stranger, with the name of the known key put in its place.
    headers = forged.signed(EXCHANGE_PATH, body, known.first_nonce())
    name = known.signed(EXCHANGE_PATH, body, "x" * 22)["Signature-Input"].split('keyid="')[1][:16]
    own = headers["Signature-Input"].split('keyid="')[1][:16]
    headers["Signature-Input"] = headers["Signature-Input"].replace(own, name)
    reply = known.client.post(EXCHANGE_PATH, content=body, headers=headers)
    assert refusal_of(reply) == (401, "signature")


def test_captured_request_cannot_be_played_again(hq, ask):
    laptop = hq.laptop()
    laptop.person()
    body = encode(laptop.request())
    headers = laptop.signed(EXCHANGE_PATH, body, laptop.first_nonce())
    assert laptop.client.post(EXCHANGE_PATH, content=body, headers=headers).status_code == 200
    before = ask("SELECT * FROM feed")
    reply = laptop.client.post(EXCHANGE_PATH, content=body, headers=headers)
    assert refusal_of(reply) == (409, "nonce")
    assert ask("SELECT * FROM feed") == before
    assert reply.headers[NONCE_HEADER]


def test_nonce_grows_old(hq):
    laptop = hq.laptop()
    nonce = laptop.first_nonce()
    hq.clock.move_to(hq.clock.now() + timedelta(minutes=10, seconds=1))
    with pytest.raises(RefusedError) as refused:
        laptop.post(EXCHANGE_PATH, encode(laptop.request()), ExchangeReply, nonce)
    assert (refused.value.status, refused.value.refusal.code) == (409, "nonce")
    laptop.sync()


def test_nonce_of_another_laptop_is_of_no_use(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    with pytest.raises(RefusedError) as refused:
        anna.post(EXCHANGE_PATH, encode(anna.request()), ExchangeReply, bruno.first_nonce())
    assert refused.value.refusal.code == "nonce"


def test_nonces_are_given_to_unknown_keys_alike(hq):
    known, stranger = hq.laptop(), Laptop(hq.client, hq.clock)
    replies = [
        hq.client.post(NONCE_PATH, headers={KEY_HEADER: key})
        for key in (known.signed("/", b"", "x" * 22)["Signature-Input"].split('"')[-4], "0" * 16)
    ]
    assert {(reply.status_code, len(reply.headers[NONCE_HEADER])) for reply in replies} == {
        (204, 22)
    }
    assert len(stranger.first_nonce()) == 22


def test_who_knocks_too_often_is_asked_to_wait(fresh_database):
    with headquarters(fresh_database(), Settings(connections=2, knocks_per_minute=3)) as hq:
        replies = [hq.client.post(NONCE_PATH, headers={KEY_HEADER: "0" * 16}) for _ in range(4)]
        assert [reply.status_code for reply in replies] == [204, 204, 204, 429]
        assert refusal_of(replies[-1]) == (429, "busy")
        hq.clock.move_to(hq.clock.now() + timedelta(minutes=1))
        assert hq.client.post(NONCE_PATH, headers={KEY_HEADER: "0" * 16}).status_code == 204


def test_revoked_laptop_is_told_so_and_gives_nothing_away(hq, ask):
    laptop = hq.laptop()
    laptop.sync()
    laptop.person()
    database = Database(hq.url, 1)
    database.open()
    with database.write() as connection:
        assert devices.revoke(connection, laptop.grant.device, hq.clock.now())
    database.close()
    with pytest.raises(RefusedError) as refused:
        laptop.sync()
    assert (refused.value.status, refused.value.refusal.code) == (403, "revoked")
    assert ask("SELECT count(*) FROM journal") == [(0,)]


def test_too_large_and_too_many_are_refused(hq):
    laptop = hq.laptop()
    assert refusal_of(send(laptop, b"x" * (MAX_FRAME + 1))) == (413, "too-big")
    root = laptop.person()
    for number in range(MAX_OPS):
        laptop.change(root, phone=str(number))
    body = encode(laptop.request(ops=[op for _, op in laptop.outbox]))
    assert refusal_of(send(laptop, body)) == (413, "too-big")
    laptop.nonce = ""
    laptop.sync()
    assert laptop.last == MAX_OPS + 1


def test_message_that_inflates_beyond_measure_is_refused(hq):
    bomb = zstandard.compress(b"\0" * (64 << 20))
    assert refusal_of(send(hq.laptop(), bomb)) == (400, "frame")


def test_another_major_protocol_is_refused(hq):
    laptop = hq.laptop()
    with pytest.raises(RefusedError) as refused:
        laptop.exchange(protocol="2.0")
    assert (refused.value.status, refused.value.refusal.code) == (426, "too-old")


@pytest.mark.parametrize("changed", [{"db": b"short"}, {"first": 0}, {"first": 1 << 60}])
def test_numbers_that_none_can_say_are_refused(hq, changed):
    with pytest.raises(RefusedError) as refused:
        hq.laptop().exchange(**changed)
    assert (refused.value.status, refused.value.refusal.code) == (400, "frame")


def test_cursor_that_is_not_ours_is_refused_and_the_edits_stay(hq, ask):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    anna.sync()
    bruno.sync()
    anna.person()
    for cursor in (b"nonsense", bruno.cursor, anna.cursor[:-1] + b"\x01"):
        with pytest.raises(RefusedError) as refused:
            anna.exchange(cursor=cursor)
        assert (refused.value.status, refused.value.refusal.code) == (410, "cursor")
    assert ask("SELECT count(*) FROM journal") == [(0,)]
    anna.sync()
    assert ask("SELECT count(*) FROM journal") == [(1,)]


def nested(depth: int) -> bytes:
    """A message that is one but for something unknown inside, as deep as that."""
    return b"\x81" + msgspec.msgpack.encode("later") + b"\x91" * depth + b"\xc0"


@pytest.mark.parametrize("path", [EXCHANGE_PATH, ENROL_PATH])
def test_message_nested_without_end_is_refused_at_every_door(hq, path):
    laptop = hq.laptop()
    body = zstandard.compress(nested(1_000_000))
    headers = laptop.signed(path, body, laptop.first_nonce())
    reply = laptop.client.post(path, content=body, headers=headers)
    assert refusal_of(reply) == (400, "frame")


@pytest.mark.parametrize("field", ["ops", "dig"])
def test_crowd_in_a_message_is_not_counted_through(hq, field):
    op = [1, "x", b"", b"", "u", 0, 0, {}]
    crowd = [op] * 20_000 if field == "ops" else {str(n): b"" for n in range(20_000)}
    message = {"p": "1.0", "sv": 1, "db": bytes(16), field: crowd}
    body = zstandard.compress(msgspec.msgpack.encode(message))
    assert refusal_of(send(hq.laptop(), body)) == (400, "frame")


def test_door_with_a_slash_too_many_is_no_door(hq):
    reply = hq.client.post(f"{EXCHANGE_PATH}/", follow_redirects=False)
    assert refusal_of(reply) == (404, "frame")


@pytest.mark.parametrize("path", ["/", "/sync/v1/nothing", "/docs", "/openapi.json"])
def test_there_is_no_other_door(hq, path):
    reply = hq.client.get(path)
    assert reply.status_code == 404
    assert decode(reply.content, Refusal).code == "frame"


ids = st.one_of(st.binary(max_size=20), st.sampled_from(["own", "foreign", "new", "staff"]))
ops = st.builds(
    Op,
    tx=st.integers(-(2**63), 2**64 - 1),
    kind=st.one_of(st.sampled_from([kind.value for kind in Kind]), st.text(max_size=5)),
    record=ids,
    root=ids,
    action=st.sampled_from(["i", "u", "d", ""]),
    base=st.integers(-(2**63), 2**64 - 1),
    hlc=st.integers(-(2**63), 2**64 - 1),
    values=st.dictionaries(
        st.one_of(st.sampled_from(["phone", "field", "state", "name"]), st.text(max_size=4)),
        st.one_of(st.none(), st.text(max_size=8)),
        max_size=4,
    ),
)


@pytest.fixture(scope="module")
def stage(lasting_hq):
    """A laptop that sends anything, and a file of another team."""
    laptop = lasting_hq.laptop("Anna", scopes=("maurepas",))
    other = lasting_hq.laptop("Bruno", scopes=("blosne",))
    foreign = other.person(first_name="Binta", phone="1")
    other.sync()
    own = laptop.person()
    laptop.sync()
    return laptop, other, {"own": own, "foreign": foreign, "staff": laptop.grant.staff}


STRAYS = """
SELECT 'record', id::text FROM record WHERE root_id NOT IN (SELECT root_id FROM root)
UNION ALL SELECT 'journal', dseq::text FROM journal
WHERE base_no NOT IN (SELECT no FROM device_base)
"""


@pytest.fixture(scope="module")
def strays(lasting_hq):
    """Plain SQL on the database, which checks neither of these references row by row."""
    with psycopg.connect(lasting_hq.url, autocommit=True) as connection:
        yield connection


@settings(max_examples=150, deadline=None)
@given(batch=st.lists(ops, min_size=1, max_size=6))
def test_nonsense_in_edits_is_parked_and_reaches_no_other_team(stage, strays, batch):
    laptop, other, known = stage

    def placed(name):
        return known.get(name, b"\x01" * 16) if isinstance(name, str) else name

    sent = [
        msgspec.structs.replace(op, record=placed(op.record), root=placed(op.root)) for op in batch
    ]
    reply = laptop.exchange(ops=sent, first=laptop.last + 1)
    assert reply.last == laptop.last + len(sent)
    laptop.last, laptop.cursor = reply.last, reply.cursor
    codes = {one.dseq: one.code for one in reply.outcomes}
    for number, op in enumerate(sent, reply.last - len(sent) + 1):
        if op.root == known["foreign"] or op.record == known["foreign"]:
            assert codes[number] == OutcomeCode.PARKED
    for answer in other.sync():
        assert not answer.blocks
    assert strays.execute(STRAYS).fetchall() == []


@settings(max_examples=100, deadline=None)
@given(
    thing=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.text(), st.binary()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(
                st.sampled_from(["p", "sv", "db", "d0", "ops", "cur", "want", "epoch"]), inner
            ),
        ),
    )
)
def test_any_signed_nonsense_is_answered_below_500(stage, thing):
    laptop = stage[0]
    body = zstandard.compress(msgspec.msgpack.encode(thing))
    assert send(laptop, body).status_code < 500


def test_restarted_database_is_found_again(hq, ask):
    laptop = hq.laptop()
    laptop.sync()
    ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    laptop.person()
    laptop.sync()
    assert laptop.last == 1


@pytest.fixture
def hasty_hq(database_url):
    with headquarters(database_url, Settings(patience=0.5)) as running:
        yield running


def test_missing_database_is_told_as_passing(hasty_hq, postgres_url):
    hq = hasty_hq
    laptop = hq.laptop()
    laptop.sync()
    name = conninfo_to_dict(hq.url)["dbname"]
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        body = encode(laptop.request())
        headers = laptop.signed(EXCHANGE_PATH, body, laptop.nonce)
        reply = laptop.client.post(EXCHANGE_PATH, content=body, headers=headers)
        assert refusal_of(reply) == (503, "busy")
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    _sync_as_soon_as_it_can(laptop)


def _sync_as_soon_as_it_can(laptop):
    # The pool tries again at its own rhythm, and a laptop asks again as it would in a street.
    for _ in range(300):
        try:
            laptop.sync()
        except RefusedError as refused:
            if refused.status != 503:
                raise
            time.sleep(0.1)
        else:
            return
    pytest.fail("headquarters did not come back")


def test_nothing_personal_reaches_the_log(hq, caplog):
    caplog.set_level("DEBUG")
    marker = "Xylophone-Quetzal"
    anna, bruno = hq.laptop(marker, Role.COORD, ("*",)), hq.laptop(f"{marker}-2")
    root = anna.person(birth_name=marker, phone=marker)
    anna.sync()
    bruno.sync()
    bruno.change(root, birth_name=f"{marker}0")
    anna.change(root, birth_name=f"{marker}1")
    anna.reply_to(root, marker, f"{marker}\0")
    for laptop in (anna, bruno, anna):
        laptop.sync()
    send(anna, marker.encode())
    assert "exchange" in caplog.text
    assert marker not in caplog.text
