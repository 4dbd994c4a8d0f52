"""Pauses and sizes of pages, without any clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.protocol.messages import MAX_OPS, MAX_PAGE_BYTES, PAGE_BYTES, USUAL_OPS
from plie_desktop.sync.schedule import (
    LONGEST_PAUSE,
    SMALLEST_BATCH,
    SMALLEST_PAGE,
    after_stall,
    next_batch,
    next_page,
    pause,
)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_pause_never_exceeds_five_minutes_and_never_is_nothing(failures, chance):
    assert 0 < pause(failures, chance) <= LONGEST_PAUSE


def test_pauses_grow_with_failures():
    longest = [pause(failures, 1.0) for failures in range(1, 12)]
    assert longest == sorted(longest)
    assert longest[0] == pytest.approx(2.0)
    assert longest[-1] == LONGEST_PAUSE


def test_laptops_spread_after_an_outage():
    assert pause(8, 0.0) < 1
    assert pause(8, 0.5) == pytest.approx(pause(8, 1.0) / 2, rel=0.01)


def test_a_fast_line_soon_gets_the_largest_pages():
    want, pages = PAGE_BYTES, 0
    while want < MAX_PAGE_BYTES:
        want, pages = next_page(want, 0.2, was_full=True), pages + 1
    assert pages == 4


@pytest.mark.parametrize(
    ("seconds", "was_full", "expected"),
    [
        (0.2, True, 2 * PAGE_BYTES),
        (1.5, True, 2 * PAGE_BYTES),
        (3.0, True, PAGE_BYTES),
        (5.0, True, PAGE_BYTES // 2),
        (0.2, False, PAGE_BYTES),
        (5.0, False, PAGE_BYTES // 2),
    ],
)
def test_pages_aim_at_two_to_four_seconds(seconds, was_full, expected):
    assert next_page(PAGE_BYTES, seconds, was_full=was_full) == expected


@given(st.integers(SMALLEST_PAGE, MAX_PAGE_BYTES), st.floats(0, 1000), st.booleans())
def test_a_page_stays_within_its_bounds(want, seconds, was_full):
    assert SMALLEST_PAGE <= next_page(want, seconds, was_full=was_full) <= MAX_PAGE_BYTES
    assert SMALLEST_PAGE <= after_stall(want) <= want


@pytest.mark.parametrize(
    ("seconds", "was_full", "expected"),
    [
        (0.2, True, 2 * USUAL_OPS),
        (0.2, False, USUAL_OPS),
        (2.0, True, USUAL_OPS),
        (5.0, True, USUAL_OPS // 2),
    ],
)
def test_batches_grow_only_on_a_fast_line(seconds, was_full, expected):
    assert next_batch(USUAL_OPS, seconds, was_full=was_full) == expected


@given(st.integers(SMALLEST_BATCH, MAX_OPS), st.floats(0, 1000), st.booleans())
def test_a_batch_stays_within_its_bounds(most, seconds, was_full):
    assert SMALLEST_BATCH <= next_batch(most, seconds, was_full=was_full) <= MAX_OPS
