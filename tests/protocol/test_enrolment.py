"""An invitation code proves itself without travelling."""

import random

import pytest

from plie_desktop.clock import SystemChance
from plie_desktop.protocol import enrolment
from plie_desktop.protocol.enrolment import (
    code_hint,
    code_key,
    is_proof,
    is_server_proof,
    new_code,
    normalise_code,
    proof,
    server_proof,
    transcript,
    words,
)

CODE = "7M3K-9QZ2B-XW4T"
PUBLIC = bytes(range(32))
NONCE = "bm9uY2Ugb2YgMTYgYnl0ZXM"
MEETING = transcript("7M3K", PUBLIC, "Portable de l’antenne Nord", NONCE)


@pytest.fixture(scope="module")
def key():
    return code_key(CODE)


class TestCode:
    def test_code_is_thirteen_letters_in_three_groups(self):
        code = new_code(SystemChance())
        assert [len(group) for group in code.split("-")] == [4, 5, 4]
        assert set(code) <= set(enrolment.ALPHABET) | {"-"}

    def test_every_bit_of_chance_but_seven_counts(self):
        """Thirteen letters carry 65 of the 72 bits drawn."""

        class Given:
            def __init__(self, number):
                self.number = number

            def take(self, size):
                return self.number.to_bytes(size, "big")

        codes = {new_code(Given(1 << bit)) for bit in range(65)}
        assert len(codes) == 65
        assert new_code(Given(0)) not in codes

    def test_codes_differ(self):
        assert len({new_code(SystemChance()) for _ in range(1000)}) == 1000

    @pytest.mark.parametrize(
        "typed",
        [
            CODE,
            CODE.lower(),
            "7m3k9qz2bxw4t",
            " 7M3K 9QZ2B XW4T\n",
            "7M3K–9QZ2B–XW4T",
            "7-M-3-K-9-Q-Z-2-B-X-W-4-T",
            "7M3K\u20119QZ2B\u2011XW4T",
        ],
    )
    def test_code_is_read_however_it_is_typed(self, typed):
        assert normalise_code(typed) == CODE

    def test_letters_that_look_like_figures_are_read_as_figures(self):
        assert normalise_code("OoIi-LlABC-DEFG") == "0011-11ABC-DEFG"

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "7M3K",
            CODE + "A",
            CODE[:-1],
            "7M3U-9QZ2B-XW4T",
            "7M3é-9QZ2B-XW4T",
            "7M3ß-9QZ2B-XW4",
            "7M3ſ-9QZ2B-XW4T",
            "٣M3K-9QZ2B-XW4T",
        ],
    )
    def test_what_is_no_code_is_refused(self, typed):
        with pytest.raises(ValueError, match="13 letters"):
            normalise_code(typed)

    def test_hint_is_the_first_group(self):
        assert code_hint(CODE.lower()) == "7M3K"

    def test_key_depends_on_the_whole_code_and_on_nothing_else(self, key):
        assert code_key(CODE.lower()) == key
        assert len(key) == 32
        assert code_key("7M3K-9QZ2B-XW4V") != key
        assert code_key("8M3K-9QZ2B-XW4T") != key


class TestProofs:
    def test_both_sides_agree(self, key):
        assert is_proof(key, MEETING, proof(key, MEETING))
        assert is_server_proof(key, MEETING, b"answer", server_proof(key, MEETING, b"answer"))

    def test_other_code_proves_nothing(self, key):
        other = code_key("7M3K-9QZ2B-XW4V")
        assert not is_proof(key, MEETING, proof(other, MEETING))
        assert not is_server_proof(key, MEETING, b"", server_proof(other, MEETING, b""))

    @pytest.mark.parametrize(
        "meeting",
        [
            transcript("7M3J", PUBLIC, "Portable de l’antenne Nord", NONCE),
            transcript("7M3K", PUBLIC[::-1], "Portable de l’antenne Nord", NONCE),
            transcript("7M3K", PUBLIC, "Portable de l’antenne Sud", NONCE),
            transcript("7M3K", PUBLIC, "Portable de l’antenne Nord", NONCE[::-1]),
            transcript("7M3K", PUBLIC, "Portable de l’antenne Nord", NONCE, b"more"),
            transcript("7M3K", PUBLIC, "Portable de l’antenne Nord", NONCE, b""),
        ],
    )
    def test_other_meeting_is_not_proven_and_shows_other_words(self, key, meeting):
        assert not is_proof(key, meeting, proof(key, MEETING))
        assert words(meeting) != words(MEETING)

    def test_parts_cannot_be_shifted_into_each_other(self):
        assert transcript("AB", b"C", "D", "E") != transcript("A", b"BC", "D", "E")
        assert transcript("A", b"", "BC", "D") != transcript("A", b"", "B", "CD")
        assert transcript("A", b"", "", "", b"x", b"") != transcript("A", b"", "", "", b"", b"x")

    def test_laptop_s_proof_cannot_be_sent_back_to_it(self, key):
        assert not is_server_proof(key, MEETING, b"", proof(key, MEETING))

    def test_answer_is_part_of_headquarters_proof(self, key):
        given = server_proof(key, MEETING, b"person 1")
        assert not is_server_proof(key, MEETING, b"person 2", given)

    @pytest.mark.parametrize("given", [b"", b"x", bytes(32), bytes(1000)])
    def test_nonsense_proves_nothing(self, key, given):
        assert not is_proof(key, MEETING, given)
        assert not is_server_proof(key, MEETING, b"", given)

    def test_code_is_in_nothing_that_travels(self, key):
        rest = CODE.replace("-", "")[4:].encode()
        for sent in (MEETING, proof(key, MEETING), server_proof(key, MEETING, b"")):
            assert rest not in sent
            assert key not in sent

    def test_any_device_name_can_be_written_down(self, key):
        rolls = random.Random(3)
        for _ in range(200):
            name = "".join(chr(rolls.randrange(0x11000)) for _ in range(20))
            meeting = transcript("7M3K", PUBLIC, name, NONCE)
            assert is_proof(key, meeting, proof(key, meeting))


class TestWords:
    def test_six_different_words(self):
        assert len(set(words(MEETING))) == 6

    def test_words_have_not_changed_since_they_were_released(self):
        assert " ".join(words(MEETING)) == "dantan soufa croufi glavan ranfo jiglou"
