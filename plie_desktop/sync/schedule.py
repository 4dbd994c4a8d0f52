"""When to try again, and how large the next page and the next batch should be: pure.

Figures: sync.md B11. Full jitter spreads the laptops of a whole team after an outage.
"""

from typing import Final

from plie_desktop.protocol.messages import MAX_OPS, MAX_PAGE_BYTES, PAGE_BYTES

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 300.0
USUAL_PAUSE: Final = 300.0
SMALLEST_PAGE: Final = 8 << 10
SMALLEST_BATCH: Final = 50
_FAST: Final = 1.0
_GOOD: Final = 2.0
_SLOW: Final = 4.0


def pause(failures: int, chance: float) -> float:
    """Seconds before the next try.

    Args:
        failures: tries that failed in a row; with none, the usual rhythm.
        chance: from 0 to 1, drawn anew each time.
    """
    if not failures:
        return USUAL_PAUSE * (0.5 + chance / 2)
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures, 16))
    return FIRST_PAUSE / 2 + chance * (longest - FIRST_PAUSE / 2)


def next_page(want: int, seconds: float, *, was_full: bool) -> int:
    """Bytes to ask for after a page of `want` took so long, aiming at 2 to 4 seconds a page.

    A page that was not full says nothing about the line, unless it was slow.
    """
    if seconds > _SLOW:
        return max(SMALLEST_PAGE, want // 2)
    if not was_full or seconds >= _GOOD:
        return want
    larger = want * 2 if seconds < _FAST else want + PAGE_BYTES
    return min(MAX_PAGE_BYTES, larger)


def next_batch(most: int, seconds: float, *, was_full: bool) -> int:
    """Edits to send at once after a batch of at most `most` took so long."""
    if seconds > _SLOW:
        return max(SMALLEST_BATCH, most // 2)
    return min(MAX_OPS, most * 2) if was_full and seconds < _FAST else most


def after_stall(want: int) -> int:
    """Bytes to ask for after a line that went silent."""
    return max(SMALLEST_PAGE, want // 2)
