"""Bad input at the command line: one clear sentence, exit 1, nothing half done, nothing lost."""

import csv
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from plie_desktop import paths
from plie_desktop.security.file_names import DATABASE, KEY_FILES
from tests.journeys.shell import ROOT, Done, run
from tests.journeys.vaults import make_practice_vault

pytestmark = [pytest.mark.journey, pytest.mark.slow]

SAMPLE = paths.resource("samples", "intakes_rennes_60.csv")
HEADER = (
    "reference;date_contact;information_rgpd;nom_naissance;prenom;date_naissance;telephone;"
    "code_postal;commune;commentaire\n"
)
LINE = "R1;02/03/2026;oui;Martin;Léa;12/03/1987;0639980042;35000;Rennes;rien à signaler\n"
NATIONAL_NUMBER = "2 87 03 35 238 123 87"


# The passphrase


def test_without_its_passphrase_a_vault_says_so_and_stays_as_it_is(shared, tmp_path):
    (tmp_path / "fausse").write_text("une autre phrase que la bonne\n", encoding="utf-8")
    (tmp_path / "vide").touch()
    (tmp_path / "binaire").write_bytes(b"\xff\xfe\x00\x01" * 50)
    before = shared.files()
    for name in ("fausse", "vide", "binaire", "absente", "."):
        assert shared("participants", phrase=tmp_path / name).is_refused, name
    assert run("--vault", shared.base.folder, "participants").is_refused
    assert shared.files() == before


# The file of intakes


def zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


FILES = {
    "nothing": b"",
    "blank lines": b" \r\n\r\n",
    "a foreign table": b"nom;age\nMartin;39\n",
    "a sentence": "Bonjour, voici la liste demandée.".encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "a broken workbook": b"PK\x03\x04" + bytes(range(256)),
    "an old workbook": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),
    "an archive of nothing": zipped({}),
    "an archive of two tables": zipped({"a.csv": HEADER + LINE, "b.csv": HEADER + LINE}),
    "an archive of a table without end": zipped({"a.csv": HEADER + "\n" * (21 << 20)}),
    "a table with holes": (HEADER + LINE).encode() + bytes(100),
    "a cell without end": (HEADER + LINE).encode() + b"x" * 200_000,
    "a quotation without end": (HEADER + 'R1;"02/03/2026;oui;Martin\n').encode(),
    "the same column twice": HEADER.replace("prenom", "nom_naissance").encode(),
    "a national number above": HEADER.replace("commentaire", NATIONAL_NUMBER).encode(),
}
CELLS = {
    "date_naissance": "31/02/1990",
    "date_contact": "2026-13-01",
    "code_postal": "35400",
    "information_rgpd": "peut-être",
    "reference": "",
    "nom_naissance": NATIONAL_NUMBER,
    "commentaire": f"son numéro est le {NATIONAL_NUMBER}, à garder",
}


def test_a_file_that_is_none_of_ours_is_refused_whole(shared, tmp_path):
    before = shared.rows()
    for name, content in FILES.items():
        file = tmp_path / "fichier.csv"
        file.write_bytes(content)
        assert shared("import", file).is_refused, name
        assert file.read_bytes() == content
    for file in (tmp_path / "absent.csv", tmp_path):
        assert shared("import", file).is_refused
    assert shared.rows() == before


@pytest.fixture
def held() -> tuple[str, ...]:
    """What goes before a command so that root is held to the rights of a file, as others are."""
    if os.name != "posix":
        pytest.skip("Windows keeps rights in another way")
    if os.geteuid() != 0:
        return ()
    words = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if not shutil.which(words[0]) or subprocess.run([*words, "true"], check=False).returncode:
        pytest.skip("root reads every file, and cannot be held to less here")
    return words


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_file_that_may_not_be_read_is_refused(shared, tmp_path, held, closed):
    before = shared.rows()
    file = tmp_path / "dossier" / "fichier.csv"
    file.parent.mkdir()
    file.write_text(HEADER + LINE, encoding="utf-8")
    place = file if closed == "file" else file.parent
    place.chmod(0)
    done = subprocess.run(
        [
            *(*held, sys.executable, "-m", "plie_desktop", "--vault", shared.base.folder),
            *("--passphrase-file", shared.phrase, "import", file),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ROOT,
        text=True,
        check=False,
    )
    place.chmod(0o700)
    assert Done(done.returncode, done.stdout, done.stderr).is_refused
    assert "droit" in done.stderr
    assert shared.rows() == before


def test_a_cell_that_cannot_be_taken_holds_up_the_file_and_is_named(shared, tmp_path):
    before = shared.rows()
    names = HEADER.strip().split(";")
    for column, cell in CELLS.items():
        cells = LINE.strip().replace("R1", "R2").split(";")
        cells[names.index(column)] = cell
        file = tmp_path / "fichier.csv"
        file.write_text(HEADER + LINE + ";".join(cells) + "\n", encoding="utf-8")
        done = shared("import", file, "--json")
        rejected = done.document["rejected"]
        assert done.code == 1
        assert done.err.startswith("Rien n’a été enregistré.")
        assert [(one["line"], one["column"]) for one in rejected] == [(3, column)]
        assert not cell or cell not in done.out
    assert shared.rows() == before


def test_a_report_that_cannot_be_written_holds_up_the_import(shared, tmp_path):
    before = shared.rows()
    file = tmp_path / "fichier.csv"
    file.write_text(HEADER + LINE, encoding="utf-8")
    places = (
        tmp_path / "compte-rendu.txt",
        tmp_path / "nulle part" / "compte-rendu.csv",
        shared.base.folder / "compte-rendu.csv",
        file,
    )
    for place in places:
        assert shared("import", file, "--report", place).is_refused
    assert file.read_text(encoding="utf-8") == HEADER + LINE
    assert shared.rows() == before


def test_the_sample_is_created_then_unchanged_then_one_is_updated(script, tmp_path):
    figures = ("created", "updated", "unchanged")
    changed = tmp_path / "corrigé.csv"
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    rows[7][rows[0].index("adresse")] = "48 boulevard de Bulgarie"
    with changed.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    done = [script("import", file, "--json") for file in (SAMPLE, SAMPLE, changed)]
    assert [one.code for one in done] == [0, 0, 0]
    counted = [tuple(one.document[name] for name in figures) for one in done]
    assert counted == [(60, 0, 0), (0, 0, 60), (0, 1, 59)]


# The files of the vault


def cut(share: float):
    def damage(folder: Path) -> None:
        whole = (folder / DATABASE).read_bytes()
        (folder / DATABASE).write_bytes(whole[: int(len(whole) * share)])

    return damage


def cut_between_pages(folder: Path) -> None:
    whole = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(whole[: len(whole) // 8192 * 4096])


def plain(folder: Path) -> None:
    (folder / DATABASE).unlink()
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("CREATE TABLE participant (id)")
    connection.commit()
    connection.close()


def written(name: str, content: bytes):
    return lambda folder: (folder / name).write_bytes(content)


def no_keys(folder: Path) -> None:
    for name in KEY_FILES:
        (folder / name).unlink()


def keys(content: bytes):
    def damage(folder: Path) -> None:
        for name in KEY_FILES:
            (folder / name).write_bytes(content)

    return damage


def one_bit(folder: Path) -> None:
    whole = bytearray((folder / DATABASE).read_bytes())
    whole[4096 + 100] ^= 1
    (folder / DATABASE).write_bytes(whole)


DAMAGES = {
    "no base": lambda folder: (folder / DATABASE).unlink(),
    "a base of no bytes": written(DATABASE, b""),
    "a base of few bytes": written(DATABASE, b"SQLite"),
    "a base cut inside a page": cut(0.4567),
    "a base cut between pages": cut_between_pages,
    "one wrong bit": one_bit,
    "a plain base": plain,
    "noise": written(DATABASE, bytes(range(256)) * 160),
    "no keys": no_keys,
    "empty keys": keys(b""),
    "keys that are none": keys(b'{"v":1}'),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_vault_is_told_and_left_as_it_is(script, damage):
    DAMAGES[damage](script.base.folder)
    before = script.files()
    assert script("import", SAMPLE).is_refused
    assert script.files() == before


def test_the_base_of_another_vault_is_not_opened(script, tmp_path):
    other = make_practice_vault(tmp_path / "autre")
    shutil.copy(other.folder / DATABASE, script.base.folder)
    before = script.files()
    assert script("participants").is_refused
    assert script.files() == before


def test_one_copy_of_the_keys_is_enough_and_the_other_is_made_again(script):
    before = script.files()
    for name in KEY_FILES:
        (script.base.folder / name).unlink()
        assert script("participants").code == 0
        assert script.files()[name] == before[name]


def test_no_vault_is_made_where_one_stands_or_something_else_does(script, tmp_path):
    before = script.files()
    assert script("practice").is_refused
    assert script.files() == before
    other = tmp_path / "photos"
    other.mkdir()
    (other / "vacances.jpg").write_bytes(b"jpg")
    assert run("--vault", other, "--passphrase-file", script.phrase, "practice").is_refused
    assert [file.name for file in other.iterdir()] == ["vacances.jpg"]


def test_a_plan_never_takes_the_place_of_the_base(shared):
    before = shared.rows()
    number = shared("participants", "--json").document[0]["number"]
    for place in (DATABASE, "plan.pdf"):
        assert shared("plan", number, "--out", shared.base.folder / place).is_refused
    assert shared("plan", "K7-0001-Z", "--out", shared.phrase.with_name("p.pdf")).is_refused
    assert shared.rows() == before


# Usage

USAGES = (
    ("nonsense",),
    ("import",),
    ("import", "one.csv", "two.csv"),
    ("participants", "search"),
    ("plan", "K7-0001-Z"),
    ("enrol", "--server", "https://siege.example.org"),
    ("--vault",),
    ("--language", "klingon", "doctor"),
)


@pytest.mark.parametrize("arguments", USAGES, ids=" ".join)
def test_wrong_usage_ends_with_two(arguments):
    done = run(*arguments)
    assert done.code == 2
    assert not done.out
    assert "Traceback" not in done.err
    assert done.err.rstrip().endswith("«\u00a0--help\u00a0» dit comment l’écrire.")
