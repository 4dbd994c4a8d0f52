"""Nonces and cursors are known again, and by nobody else's hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.server.marks import Cursor, Cursors, Nonces
from plie_desktop.server.refusal import RequestRefusedError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIFE = timedelta(minutes=10)
KEY = "0123456789abcdef"


def test_nonce_tells_when_it_was_given():
    nonces = Nonces(b"secret", LIFE)
    nonce = nonces.issue(KEY, NOW)
    assert nonces.moment(KEY, nonce, NOW + LIFE) == int(NOW.timestamp() * 1_000_000)


def test_next_nonce_is_always_later_than_the_last_one_used():
    nonces = Nonces(b"secret", LIFE)
    floor = int((NOW + timedelta(hours=1)).timestamp() * 1_000_000)
    assert nonces.moment(KEY, nonces.issue(KEY, NOW, floor), NOW) == floor + 1


@pytest.mark.parametrize(
    ("secret", "key", "later"),
    [(b"other", KEY, 0), (b"secret", "f" * 16, 0), (b"secret", KEY, 601)],
)
def test_nonce_of_another_key_or_hour_is_refused(secret, key, later):
    nonce = Nonces(b"secret", LIFE).issue(KEY, NOW)
    with pytest.raises(RequestRefusedError):
        Nonces(secret, LIFE).moment(key, nonce, NOW + timedelta(seconds=later))


@given(st.text(max_size=30))
def test_anything_else_is_no_nonce(text):
    with pytest.raises(RequestRefusedError):
        Nonces(b"secret", LIFE).moment(KEY, text, NOW)


def test_cursor_is_read_back_as_it_was_written():
    cursor = Cursor(2, 3, 4, 5, "maurepas", 6, b"r" * 16, 7, 8)
    cursors = Cursors(b"secret")
    assert cursors.read(9, cursors.write(9, cursor)) == cursor
    assert cursors.read(9, b"") is None


@given(st.integers(0, 40), st.integers(1, 255))
def test_changed_cursor_is_refused(place, flip):
    cursors = Cursors(b"secret")
    written = bytearray(cursors.write(9, Cursor(1, 1, 4, 5, "maurepas", 6, b"r" * 16)))
    written[place] ^= flip
    with pytest.raises(RequestRefusedError):
        cursors.read(9, bytes(written))


def test_cursor_of_another_laptop_is_refused():
    cursors = Cursors(b"secret")
    with pytest.raises(RequestRefusedError):
        cursors.read(8, cursors.write(9, Cursor(1, 1, 4)))
