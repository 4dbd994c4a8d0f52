"""The made-up words are the same on both sides for ever, and can be told apart."""

import hashlib

import pytest

from plie_desktop.protocol import spoken


def test_list_of_words_has_not_changed_since_it_was_released():
    """Two versions that differ here would show other words on the two screens."""
    assert len(spoken.vocabulary()) == 15216
    digest = hashlib.sha256("\n".join(spoken.vocabulary()).encode()).hexdigest()
    assert digest == "c409fff27ae51ad61b1344c3f3fd9297f2ee1177c518922315ca2349f73f45f0"


def test_every_word_is_its_own():
    assert len(set(spoken.vocabulary())) == len(spoken.vocabulary())


def test_words_are_plain_letters_of_a_length_to_remember():
    assert all(word.isascii() and word.islower() and word.isalpha() for word in spoken.vocabulary())
    assert {len(word) for word in spoken.vocabulary()} <= set(range(4, 9))


@pytest.mark.parametrize("word", ["bite", "pute", "sida", "nichon", "banbo", "lolo"])
def test_word_nobody_wants_to_read_aloud_is_left_out(word):
    assert word not in spoken.vocabulary()


def test_same_numbers_draw_the_same_words():
    assert spoken.draw(bytes(range(24)), 6) == spoken.draw(bytes(range(24)), 6)


def test_no_word_is_drawn_twice():
    assert len(set(spoken.draw(bytes(400), 100))) == 100


def test_every_number_counts():
    drawn = {spoken.draw(bytes([0, 0, high, low]), 1) for high in range(8) for low in range(256)}
    assert len(drawn) == 2048


def test_too_few_numbers_are_refused():
    with pytest.raises(ValueError, match="four bytes"):
        spoken.draw(bytes(23), 6)
