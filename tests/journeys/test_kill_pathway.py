"""The window is killed in the middle of a step that nobody has saved: its words come back."""

import random

import pytest

from tests.journeys.vaults import make_practice_vault
from tests.journeys.windows import Window
from tests.support.laptops import PASSPHRASE

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ROUNDS = 3
GIVEN = {
    "name": "gaia",
    "place": "Bruz",
    "text": "Elle vient avec sa soeur. Rappeler le garage pour la date du permis, puis la mairie.",
}


class PathwayWindow(Window):
    """Somebody plans a pathway in it."""

    module = "tests.journeys.at_the_pathway"


@pytest.fixture
def base(tmp_path):
    return make_practice_vault(tmp_path / "coffre")


def check_taken_up(seen, kept: str) -> None:
    """The page shows what was kept, maybe more, with the keyboard behind its last letter."""
    assert seen["place"] == GIVEN["place"]
    assert seen["note"].startswith(kept.strip())
    assert GIVEN["text"].startswith(seen["note"])
    assert seen["field"] == "step.note"
    assert seen["focused"] == seen["note"]
    assert seen["caret"] == len(seen["note"])
    assert "Brouillon repris" in seen["said"]


@pytest.mark.timeout(60 + 30 * ROUNDS)
def test_half_a_step_outlives_kills_at_any_moment(base):
    chance = random.Random(1)
    kept = ""
    for number in range(ROUNDS):
        with PathwayWindow(
            base.folder, PASSPHRASE, "half_a_step", seed=chance.random(), **GIVEN
        ) as window:
            seen = window.wait("pathway")
            if number:
                check_taken_up(seen, kept)
            window.wait("kept")
            for _ in range(chance.randrange(12)):
                if window.next()["event"] == "written":
                    break
            told = window.kill()
        kept = [event["text"] for event in told if event["event"] == "kept"][-1]
    with PathwayWindow(base.folder, PASSPHRASE, "look_at_step", **GIVEN) as window:
        check_taken_up(window.wait("pathway"), kept)
