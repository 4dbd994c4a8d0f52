"""Typed words become lines: as they were typed, within their width, and never cut in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.documents.layout import BOLD, REGULAR, Style, measure
from plie_desktop.documents.prose import (
    ELLIPSIS,
    LONGEST,
    MOST_LINES,
    UNPRINTABLE,
    break_lines,
    fit_line,
    tidy,
)

STYLE = Style(REGULAR, 11)
anything = st.text(st.characters(exclude_categories=()), max_size=400)


def test_markup_stays_what_was_typed():
    typed = '<b>gras</b> & <para> &amp; <img src="file:///etc/passwd"/> </i'
    assert tidy(typed) == typed


def test_accents_typed_in_two_parts_become_one_letter():
    assert tidy("He\u0301loi\u0308se") == "Héloïse"


def test_controls_and_direction_overrides_leave_no_trace():
    assert tidy("a\x00b\x07c\x1bd\u202ee\u2066f\u200bg\u00adh\ufeffi") == "abcdefghi"


def test_line_ends_and_tabs_become_single_spaces():
    assert tidy("  un\r\n\r\ndeux\ttrois\u2028quatre  ") == "un deux trois quatre"


def test_thin_no_break_space_stays_unbreakable():
    assert tidy("10\u202f000 €") == "10\u00a0000 €"


@pytest.mark.parametrize("letter", ["😀", "漢", "\ud800", "\ue000", "\U0010ffff"])
def test_letter_without_shape_becomes_a_box(letter):
    assert tidy(f"a{letter}b") == f"a{UNPRINTABLE}b"


def test_arabic_letters_have_shapes():
    assert tidy("محمد") == "محمد"


def test_lines_hold_all_words_in_order():
    text = "Travailler comme agent d’entretien dans une école, près de chez moi."
    broken = break_lines(text, STYLE, 120, MOST_LINES)
    assert " ".join(broken.lines) == text
    assert len(broken.lines) > 2
    assert not broken.is_cut


def test_text_beyond_the_last_line_is_announced():
    broken = break_lines("mot " * 50, STYLE, 100, 2)
    assert len(broken.lines) == 2
    assert broken.lines[-1].endswith(ELLIPSIS)
    assert broken.is_cut


def test_high_punctuation_never_begins_a_line():
    for width in range(30, 140, 5):
        lines = break_lines("Pourquoi cela ? Parce que : voilà !", STYLE, width, MOST_LINES).lines
        assert not any(line[0] in "?:!" for line in lines)


def test_long_compound_breaks_after_its_hyphen():
    lines = break_lines("jean-christophe.de-kersauson@exemple.fr", STYLE, 150, 3).lines
    assert all(line.endswith(("-", "@")) for line in lines[:-1])


def test_short_compound_stays_whole():
    assert "peut-être" in break_lines("il viendra peut-être", STYLE, 70, 3).lines


def test_one_huge_word_fills_its_lines_and_no_more():
    broken = break_lines(tidy("a" * 100_000), STYLE, 200, 3)
    assert len(broken.lines) == 3
    assert broken.is_cut
    assert all(measure(line, STYLE) <= 200 for line in broken.lines)


def test_letters_without_width_do_not_gather_without_end():
    broken = break_lines(tidy("e" + "\u0331" * 5_000), STYLE, 400, MOST_LINES)
    assert max(map(len, broken.lines)) <= 200
    assert broken.is_cut


def test_what_tidying_shortens_is_always_announced():
    for letters in ("i" * 90_000, "i " * 90_000, "\u0331 " * 90_000, "\u0331" * 90_000):
        shortened = tidy(letters)
        assert len(shortened) <= LONGEST
        assert break_lines(shortened, Style(REGULAR, 6), 5_000, MOST_LINES).is_cut


def test_fitted_line_is_no_wider_than_its_place():
    line = fit_line("Marie-Antoinette Kouassi-Lambert de La Villemarqué", STYLE, 120)
    assert measure(line, STYLE) <= 120
    assert line.endswith(ELLIPSIS)


def test_nothing_to_say_takes_no_line():
    assert break_lines(tidy(" \x00\n"), STYLE, 100, 3).lines == ()


@given(anything, st.floats(40, 500), st.integers(1, MOST_LINES), st.sampled_from([REGULAR, BOLD]))
def test_any_text_breaks_within_its_width(typed, width, limit, face):
    style = Style(face, 12)
    text = tidy(typed)
    broken = break_lines(text, style, width, limit)
    assert len(broken.lines) <= limit
    assert all(measure(line, style) <= width + 1e-6 for line in broken.lines)
    if not broken.is_cut:
        assert "".join("".join(broken.lines).split()) == "".join(text.split())


@given(anything)
def test_tidying_twice_changes_nothing(typed):
    once = tidy(typed)
    assert tidy(once) == once
