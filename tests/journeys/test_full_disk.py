"""The disk is full, may only be read, or the base is gone: told in one sentence, nothing lost."""

import pytest

from plie_desktop import paths
from plie_desktop.security.file_names import DATABASE
from plie_desktop.store import ballast
from tests.journeys.scripts import script_on
from tests.journeys.shell import is_one_line, run
from tests.journeys.windows import Window
from tests.support.laptops import PASSPHRASE

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SAMPLE = paths.resource("samples", "intakes_rennes_60.csv")
TEXT = "12 rue des Vergers bis"
SPARE = (0, 1 << 16, 1 << 18)
"""Room left: none to open the vault, enough to open it, enough to begin writing."""


@pytest.fixture
def on_disk(small_disk, original, tmp_path):
    """A script whose vault is on the small disk, its passphrase and the copies elsewhere."""
    return script_on(tmp_path, original, small_disk.folder / "coffre")


def test_an_import_on_a_full_disk_leaves_the_vault_as_it_was(on_disk, small_disk):
    before = on_disk.rows()
    for spare in SPARE:
        small_disk.fill(spare)
        assert on_disk("import", SAMPLE).is_refused
        small_disk.free()
        assert on_disk.rows() == before
    done = on_disk("import", SAMPLE, "--json")
    assert done.document["created"] == 60


def test_no_vault_and_no_plan_is_begun_on_a_full_disk(on_disk, small_disk, tmp_path):
    number = on_disk("participants", "--json").document[0]["number"]
    elsewhere = script_on(_folder(tmp_path / "ailleurs"), on_disk.base)
    small_disk.fill()
    place = small_disk.folder / "neuf"
    assert run("--vault", place, "--passphrase-file", on_disk.phrase, "practice").is_refused
    paper = small_disk.folder / "plan.pdf"
    assert elsewhere("plan", number, "--out", paper).is_refused
    left = {file.name for file in small_disk.folder.iterdir()}
    assert not left & {"neuf", "neuf.unfinished", "plan.pdf"}
    assert not [name for name in left if name.startswith(".")]


def test_a_disk_to_be_read_only_is_told(on_disk, small_disk):
    before = on_disk.files()
    small_disk.close()
    try:
        place = small_disk.folder / "neuf"
        assert on_disk("import", SAMPLE).is_refused
        assert run("--vault", place, "--passphrase-file", on_disk.phrase, "practice").is_refused
    finally:
        small_disk.open()
    assert on_disk.files() == before


def in_trouble(vault, trouble, begin, end):
    """Somebody types while the base cannot be written; what they saw, and what is kept."""
    with Window(vault, PASSPHRASE, "in_trouble", text=TEXT, trouble=str(trouble)) as window:
        completed = window.wait("completed")
        begin()
        trouble.touch()
        seen = window.wait("trouble")
        end()
        trouble.unlink()
        kept = window.wait("kept")
    assert seen["text"] == kept["text"] == TEXT
    assert is_one_line(seen["sentence"])
    assert seen["saved"].startswith("Pas encore enregistré")
    assert kept["sentence"] == ""
    return completed["participant"]


def test_the_window_on_a_full_disk_keeps_what_is_typed_until_there_is_room(
    on_disk, small_disk, tmp_path
):
    vault = on_disk.base.folder
    trouble = tmp_path / "trouble"
    participant = in_trouble(vault, trouble, small_disk.fill, small_disk.free)
    answers = on_disk.base.read(tmp_path / "relu").answers
    assert answers[participant, "birth_name"] == "Le Goff"
    assert answers[participant, "street"] == TEXT


@pytest.mark.parametrize("elsewhere", [False, True], ids=["on the page", "after leaving it"])
def test_a_lock_on_a_full_disk_loses_nothing_and_can_be_undone_there(
    original, roomy_disk, tmp_path, elsewhere
):
    vault = script_on(tmp_path, original, roomy_disk.folder / "coffre").base
    trouble = tmp_path / "trouble"
    given = {"first": "Enora", "text": TEXT, "trouble": str(trouble), "elsewhere": elsewhere}
    given |= {"comes_back": True, "ballast": ballast.SIZE}
    with Window(vault.folder, PASSPHRASE, "lock_in_trouble", **given) as window:
        window.wait("completed")
        roomy_disk.fill()
        trouble.touch()
        window.wait("trouble")
        locked = window.wait("locking")
        window.order(scene="look")
        # Still on the full disk: the person unlocks and is where they were.
        inside = window.wait("inside")
        window.wait("over")
    answers = vault.read(tmp_path / "relu").answers
    participant = locked["participant"]
    assert answers[participant, "birth_name"] == "Le Goff"
    assert answers[participant, "first_name"] == "Enora"
    if not elsewhere:
        assert answers[participant, "street"] == TEXT
        assert (inside["field"], inside["focused"]) == ("street", TEXT)


def test_room_is_kept_aside_again_once_there_is_some(original, roomy_disk, tmp_path):
    vault = script_on(tmp_path, original, roomy_disk.folder / "coffre").base
    aside = vault.folder / ballast.NAME
    with Window(vault.folder, PASSPHRASE, "look", ballast=ballast.SIZE) as window:
        window.wait("over")
        assert aside.stat().st_size == ballast.SIZE
    aside.unlink()
    roomy_disk.fill(ballast.SIZE)
    with Window(vault.folder, PASSPHRASE, "look", ballast=ballast.SIZE) as window:
        window.wait("over")
        assert not aside.exists()
    roomy_disk.free()
    with Window(vault.folder, PASSPHRASE, "look", ballast=ballast.SIZE) as window:
        window.wait("over")
        assert aside.exists()


def test_the_window_keeps_what_is_typed_while_its_base_is_gone(script, tmp_path):
    base, aside = script.base.folder / DATABASE, tmp_path / "ailleurs.db"
    participant = in_trouble(
        script.base.folder,
        tmp_path / "trouble",
        begin=lambda: base.rename(aside),
        end=lambda: aside.rename(base),
    )
    answers = script.base.read(tmp_path / "relu").answers
    assert answers[participant, "street"] == TEXT


def _folder(place):
    place.mkdir()
    return place
