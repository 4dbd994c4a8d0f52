"""The national number is found however it is written, and nothing else is taken for it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.models.domain.national_number import holds_national_number


def _key(body: str) -> str:
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{97 - number % 97:02d}"


# Invented: departments and orders that no register gave out.
BODIES = ["1850578006084", "2690535238115", "185052A006084", "285122B033012", "1992199352118"]


CUTS = (1, 3, 5, 7, 10, 13)


def _cut(number: str, between: str) -> str:
    places = (0, *CUTS, len(number))
    parts = [number[a:b] for a, b in itertools.pairwise(places)]
    return between.join(part for part in parts if part)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("between", [" ", ".", "-", "\u00a0", "\u202f", " . "])
def test_a_number_cut_at_its_places_is_found_with_or_without_its_key(body, between):
    assert holds_national_number(_cut(body, between))
    assert holds_national_number(_cut(body + _key(body), between))
    assert holds_national_number(_cut(body + "98", between))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    "spelt",
    [
        "{0}{k}",
        "n° {0}{k}, vu ce jour",
        "{0}",
        "carte vitale {0} ok",
        "\u200b{0}\u200b{k}",
    ],
)
def test_a_number_is_found_however_it_is_written(body, spelt):
    assert holds_national_number(spelt.format(body, k=_key(body)))


def test_digits_of_other_scripts_are_read():
    arabic = "".join(chr(0x660 + int(digit)) for digit in BODIES[0] + _key(BODIES[0]))
    assert holds_national_number(arabic)


def test_small_letters_of_corsica_are_read():
    assert holds_national_number(("185052A006084" + _key("185052A006084")).lower())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Attend une place en crèche ; « pas avant 9 h ».",
        "06 12 34 56 78",
        "06 12 34 56 78 07 11 22 33 44",
        "+225 07 12 345 678",
        "00 225 07 12 34 56 78",
        "+8613912345678",
        "né le 12/03/1987 35000 Rennes",
        "12.03.1987 35000",
        "5729945F",
        "38701234567",
        "11525|38287|14978",
        "FR76 3000 4000 0312 3456 7890 143",
        "1851578006084",
        "185057800608499",
        "0850578006084",
        "9850578006084",
        "18505780060840",
        "RM-2026-0001",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not holds_national_number(text)


@given(
    st.sampled_from("12"),
    st.integers(0, 99),
    st.integers(1, 12),
    st.sampled_from([f"{n:02d}" for n in range(1, 96)] + ["2A", "2B", "99"]),
    st.integers(0, 999_999),
    st.text("éà ,;:a-zÀ-ÿ\n", max_size=20),
    st.lists(st.sampled_from(["", "", " ", ".", "\u00a0"]), min_size=15, max_size=15),
)
def test_any_number_in_any_sentence_is_found(sex, year, month, place, rest, around, gaps):
    body = f"{sex}{year:02d}{month:02d}{place}{rest:06d}"
    spelt = "".join(sign + gap for sign, gap in zip(body + _key(body), gaps, strict=True))
    assert holds_national_number(f"{around} {spelt} {around}")


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(text):
    assert holds_national_number(text) in (True, False)
