"""Which steps go on paper: six open ones, the newest finished ones, and no gap out of place."""

from datetime import date, timedelta

from plie_desktop.documents.plan_steps import chosen
from plie_desktop.models.domain.plan import MAX_OPEN_STEPS
from tests.documents.papers import make_step

START = date(2026, 1, 1)


def _steps(kinds):
    """`d` done, `o` open, `g` gap; each title says its place."""
    return tuple(
        make_step(
            "" if kind == "g" else f"{kind}{at}",
            START + timedelta(days=at),
            is_done=kind == "d",
            is_gap=kind == "g",
        )
        for at, kind in enumerate(kinds)
    )


def _titles(shown):
    return [row.title or "gap" for row in shown.rows]


def test_a_short_pathway_is_shown_whole():
    shown = chosen(_steps("ddogog"), done=4, gaps=7)
    assert _titles(shown) == ["d0", "d1", "o2", "gap", "o4", "gap"]
    assert not shown.has_older
    assert not shown.has_more


def test_no_more_than_six_open_steps_are_shown():
    shown = chosen(_steps("o" * 20), done=4, gaps=7)
    assert len(shown.rows) == MAX_OPEN_STEPS
    assert shown.has_more


def test_the_newest_finished_steps_stay():
    shown = chosen(_steps("ddddo"), done=2, gaps=7)
    assert _titles(shown) == ["d2", "d3", "o4"]
    assert shown.has_older
    assert not shown.has_more


def test_a_gap_among_steps_left_out_goes_with_them():
    shown = chosen(_steps("dgddoooooogo"), done=1, gaps=7)
    assert _titles(shown) == ["d3", "o4", "o5", "o6", "o7", "o8", "o9", "gap", "o11"][:7]
    assert shown.has_more


def test_the_gap_after_the_last_step_is_never_lost():
    assert _titles(chosen(_steps("dog"), done=0, gaps=1)) == ["o1", "gap"]


def test_gaps_beyond_the_room_are_announced():
    shown = chosen(_steps("gogogogo"), done=4, gaps=2)
    assert _titles(shown).count("gap") == 2
    assert shown.has_more


def test_an_empty_pathway_has_no_rows():
    shown = chosen((), done=4, gaps=7)
    assert shown.rows == ()
    assert not shown.has_more
