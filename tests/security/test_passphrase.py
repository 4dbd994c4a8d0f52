"""Suggested passphrases hold what they promise; people's own are judged without kindness."""

import random

import pytest

from plie_desktop.clock import SystemChance
from plie_desktop.protocol import spoken
from plie_desktop.security import guessing
from plie_desktop.security.passphrase import strength, suggest, suggest_long
from tests.security.conftest import LONG_PASSPHRASE, PASSPHRASE


class SeededChance:
    """Repeatable bytes, for counting."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def take(self, size):
        return self._random.randbytes(size)


@pytest.mark.parametrize(("draw", "least_bits"), [(suggest, 65), (suggest_long, 90)])
def test_suggestion_is_one_of_enough(draw, least_bits):
    ways = 1
    for place in range(draw(SystemChance()).count("-") + 1):
        ways *= len(spoken.vocabulary()) - place
    assert ways >= 2**least_bits


def test_suggestions_are_never_refused():
    for seed in range(2000):
        chance = SeededChance(seed)
        assert strength(suggest(chance), alone=False).enough
        assert strength(suggest_long(chance), alone=True).enough


def test_every_word_counts_in_full():
    poor = [word for word in spoken.vocabulary() if guessing.bits(word) != guessing.WORD_BITS]
    assert poor == []


def test_suggestions_differ():
    chance = SeededChance(1)
    assert len({suggest(chance) for _ in range(1000)}) == 1000


def test_suggestion_stands_still_when_chance_does():
    class Zeros:
        def take(self, size):
            return bytes(size)

    words = suggest_long(Zeros()).split("-")
    assert len(set(words)) == 7


def test_suggestion_for_a_keychain_does_not_do_alone():
    judged = strength(suggest(SeededChance(1)), alone=True)
    assert not judged.enough
    assert "sept mots" in judged.sentence


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "court",
        "quatorze signe",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabcabc",
        "azertyuiopqsdfghjklm",
        "mlkjhgfdsqpoiuytreza",
        "0123456789 0123456789",
        "motdepasse motdepasse motdepasse",
        "M0td3pa$$e M0td3pa$$e 2024",
        "P@ssw0rd2024!!!",
        "Bonjour Bretagne 2025",
        "Rennes35000 Rennes35200",
        "01/02/1984 et 03/04/1987",
        "Marie 12/05/1985 Rennes",
        "chien chien chien chien chien",
        "   a   b   c   d   e   f   ",
        "0612345678 0298765432",
        "!!!!!!!!!!??????????",
        "et le la les des un une de du",
    ],
)
def test_plain_passphrase_is_refused_with_a_way_on(passphrase):
    judged = strength(passphrase, alone=False)
    assert not judged.enough
    assert "proposée" in judged.sentence


@pytest.mark.parametrize(
    "passphrase",
    [
        "trottoir velours girafe compas tunnel",
        "Girafe, compas ; velours et tunnel 87 !",
        "xK9$mQ2#vT7!pL4&zR",
        "дорога берег яблоко зеркало вечер",
        PASSPHRASE,
    ],
)
def test_own_unrelated_words_are_taken(passphrase):
    assert strength(passphrase, alone=False).enough


def test_fourteen_good_characters_are_too_few():
    judged = strength("xK9$mQ2#vT7!pL", alone=False)
    assert not judged.enough
    assert "15 caractères" in judged.sentence


def test_endless_passphrase_is_refused_at_once():
    judged = strength("mot " * 1_000_000, alone=False)
    assert not judged.enough
    assert "1024" in judged.sentence


def test_the_bar_is_higher_without_a_keychain():
    assert strength(LONG_PASSPHRASE, alone=True).enough
    assert not strength(PASSPHRASE, alone=True).enough


def test_accents_case_and_composition_change_nothing():
    assert guessing.bits("Été à la plage") == guessing.bits("ete a la plage")
    assert strength("e\u0301te\u0301 " * 4, alone=False) == strength("été " * 4, alone=False)


@pytest.mark.parametrize("more", [" tunnel", "7", "!", " girafe", "-K"])
def test_one_more_piece_never_makes_it_weaker(more):
    start = "trottoir velours compas"
    assert guessing.bits(start + more) > guessing.bits(start)


def test_any_text_can_be_judged():
    rolls = random.Random(7)
    for _ in range(2000):
        text = "".join(chr(rolls.randrange(0x11000)) for _ in range(rolls.randrange(40)))
        assert strength(text, alone=False).bits >= 0
