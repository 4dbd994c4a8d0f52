"""The window is killed while someone types: every completed answer is there afterwards."""

import os
import random
import time

import pytest

from tests.journeys.traces import traces
from tests.journeys.vaults import Found, make_practice_vault
from tests.journeys.windows import Window
from tests.support.laptops import PASSPHRASE

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ROUNDS = int(os.environ.get("PLIE_KILL_ROUNDS", "12"))
SEED = int(os.environ.get("PLIE_KILL_SEED", "1"))
FIELDS = {
    "first_contact_place": "Marché # du Blosne",
    "information_given": "1",
    "birth_name": "Le Goff-#",
    "first_name": "Maëlle #",
    "birth_date": "12031987",
    "phone": "0639980042",
    "postcode": "35000",
    "street": "12 rue des # bis",
    "usage_name": "d’#",
    "email": "#@example.org",
}
"""What is typed in each question; # is another word each time."""
RESHAPED = {"information_given", "birth_date", "phone"}
"""Questions whose answer is kept in another form than it is typed."""
MOST_EVENTS = 60
"""A window lives at most so many keys and answers after it was unlocked …"""
MOST_MILLISECONDS = 120
"""… and so long after the last of them."""
SHORTEST = 6
"""Letters of a text that is not found in encrypted bytes by chance."""
KILLED_AT_THE_DOOR = 0.15
"""Share of windows that do not come to be unlocked."""


class Told:
    """What the windows told up to their ends, hence what must be in the base.

    Attributes:
        completed: (participant, question) → value that the page said was kept.
        typed: the same of what was being typed when the last window was killed.
        trail: where the keyboard was since the question that was completed last; it is in one
            of these places when the next window opens.
    """

    def __init__(self) -> None:
        self.completed: dict[tuple[str, str], str] = {}
        self.typed: dict[tuple[str, str], str] = {}
        self.trail: list[tuple[str, str]] = []

    def hear(self, events) -> None:
        """Take in the whole life of one window."""
        self.typed.clear()
        for event in events:
            place = event.get("participant", ""), event.get("field", "")
            if event["event"] in ("at", "inside"):
                self.trail.append(place)
            elif event["event"] == "typing":
                self.typed[place] = event["text"]
            elif event["event"] == "completed":
                self.completed[place] = event["value"]
                self.typed.pop(place, None)
                while self.trail and self.trail[0] != place:
                    self.trail.pop(0)
                self.trail.append((place[0], event["then_at"]))

    def check(self, found: Found) -> None:
        """The base holds it, and the edits that will go to headquarters tell the same."""
        assert found.is_sound
        assert self.completed.items() <= found.answers.items()
        assert self.completed.items() <= found.waiting.items()
        for place, text in self.typed.items():
            kept = found.answers.get(place, "")
            assert place[1] in RESHAPED or text.startswith(kept)

    def check_opened(self, inside) -> None:
        """The window opens where the person was, and shows what they had answered."""
        if not self.completed:
            return
        assert inside["place"] == "intake"
        opened = inside["participant"]
        mine = {key: value for (who, key), value in self.completed.items() if who == opened}
        assert mine.items() <= inside["answers"].items()
        begun_only = opened not in {who for who, _ in self.trail}
        assert begun_only or (opened, inside["field"]) in self.trail


def live(window: Window, told: Told, chance: random.Random) -> None:
    """Let a window be for a while."""
    window.wait("door")
    if chance.random() > KILLED_AT_THE_DOOR:
        told.check_opened(window.wait("inside"))
        for _ in range(chance.randrange(MOST_EVENTS)):
            window.next()
    time.sleep(chance.randrange(MOST_MILLISECONDS) / 1000)


@pytest.mark.timeout(60 + 20 * ROUNDS)
def test_nothing_completed_is_lost_however_often_the_window_is_killed(tmp_path):
    chance = random.Random(SEED)
    base = make_practice_vault(tmp_path / "coffre")
    told = Told()
    for _ in range(ROUNDS):
        with Window(
            base.folder, PASSPHRASE, "intakes", fields=FIELDS, seed=chance.random()
        ) as window:
            live(window, told, chance)
            told.hear(window.kill())
        told.check(base.read(tmp_path / "copie"))
    with Window(base.folder, PASSPHRASE, "look", fields=FIELDS) as window:
        told.check_opened(window.wait("inside"))
    assert len(told.completed) > ROUNDS // 2
    # What the kills left lying about, the log and the state of the window tell nothing either.
    left = [file for file in tmp_path.rglob("*") if file.is_file()]
    words = {value for (_, key), value in told.completed.items() if key not in RESHAPED}
    assert {"vault.db", "vault.db-wal", "coffre.log"} <= {file.name for file in left}
    assert not traces(left, {word for word in words if len(word) > SHORTEST})


def test_someone_who_never_rests_loses_the_last_moment_only(tmp_path):
    base = make_practice_vault(tmp_path / "coffre")
    text = "elle cherche un travail pas trop loin " * 4
    with Window(base.folder, PASSPHRASE, "without_rest", text=text) as window:
        participant = window.wait("begun")["participant"]
        window.wait("written")
        window.kill()
    kept = base.read(tmp_path / "copie").answers.get((participant, "comment"), "")
    assert kept
    assert (text * 2).startswith(kept)
    with Window(base.folder, PASSPHRASE, "look") as window:
        inside = window.wait("inside")
    assert (inside["participant"], inside["field"]) == (participant, "comment")
