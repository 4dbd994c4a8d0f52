"""Each command: what it prints where, and the code it ends with."""

import os
from argparse import Namespace

import pytest

from plie_desktop import paths
from plie_desktop.commands.opening import opened
from plie_desktop.commands.running import main
from plie_desktop.models.domain.answers import Answer
from plie_desktop.services.door_parts import make_vault
from plie_desktop.store.examination import STRAY
from plie_desktop.text import words
from tests.support.labels import left_french
from tests.support.laptops import PASSPHRASE, tools
from tests.support.stores import BaseFile, by_hand

SAMPLE = paths.resource("samples", "intakes_rennes_60.csv")


def test_practice_tells_whose_vault_was_made(run):
    done = run("--json", "practice")
    assert done.code == 0
    assert done.document["name"] == "Camille Exemple"
    assert "inventées" in done.err


def test_practice_twice_is_refused_in_one_sentence(practice):
    done = practice("practice")
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert "existe déjà" in done.err


def test_everyone_is_listed_searched_and_read(practice):
    assert len(practice("participants", "--json").document) == 12
    (found,) = practice("--json", "participants", "search", "kenza").document
    assert found["birth_name"] == "Essai-Aubépine"
    by_number = practice("participants", "show", found["number"].lower(), "--json").document
    by_id = practice("participants", "show", found["id"], "--json").document
    assert by_number == by_id
    assert by_id["answers"]["birth_name"] == {"state": "given", "value": "Essai-Aubépine"}


def test_a_list_is_one_line_for_each_person(practice):
    done = practice("participants", "search", "essai")
    lines = done.out.splitlines()
    assert len(lines) == 12
    assert all(line.count("\t") == 5 for line in lines)
    assert done.err == ""


def test_a_file_is_read_with_its_labels(practice):
    number = practice("--json", "participants", "search", "bruyère").document[0]["number"]
    told = practice("participants", "show", number).out
    assert "Date de naissance\t" in told
    assert "Logement\tNe sait pas" in told
    assert "Personne référente\tCamille Exemple" in told


def test_a_file_is_read_in_english(practice):
    number = practice("--json", "participants", "search", "lavande").document[0]["number"]
    told = practice("--language", "en", "participants", "show", number).out
    answers = dict(line.split("\t") for line in told.splitlines() if line.count("\t") == 1)
    assert answers["Work situation"] in {"Looking for a job", "Working out a career plan"}
    assert answers["Languages spoken"].startswith("French")
    assert not [label for answer in answers.values() for label in left_french(answer)]


def test_nobody_by_that_number_is_told(practice):
    done = practice("participants", "show", "K7-0042-R")
    assert (done.code, done.out) == (1, "")
    assert "Aucun dossier" in done.err


def test_the_sample_is_imported_then_changes_nothing_then_one_file(practice, tmp_path):
    counted = ("created", "updated", "unchanged")
    first = practice("--json", "import", SAMPLE)
    assert first.code == 0
    assert [first.document[name] for name in counted] == [60, 0, 0]
    second = practice("--json", "import", SAMPLE)
    assert [second.document[name] for name in counted] == [0, 0, 60]
    changed = tmp_path / "one cell.csv"
    text = SAMPLE.read_text(encoding="utf-8").replace("06 68 65 81 66", "06 68 65 81 67")
    changed.write_text(text, encoding="utf-8")
    third = practice("--json", "import", changed)
    assert [third.document[name] for name in counted] == [0, 1, 59]


@pytest.fixture
def half_wrong(tmp_path):
    file = tmp_path / "half.csv"
    file.write_text(
        "reference;prenom;date_naissance\nA1;Lou;12/03/1987\nA2;Noa;31/02/1987\n", encoding="utf-8"
    )
    return file


def test_a_wrong_line_holds_up_the_import(practice, half_wrong):
    done = practice("import", half_wrong)
    assert done.code == 1
    assert "Ligne 3, date_naissance" in done.out
    assert "Rien n’a été enregistré" in done.err
    assert len(practice("--json", "participants").document) == 12


def test_wrong_lines_are_left_out_when_asked(practice, half_wrong, tmp_path):
    for suffix in ("csv", "json"):
        report = tmp_path / f"report.{suffix}"
        done = practice("import", half_wrong, "--skip-rejected", "--report", report)
        assert done.code == 0
        assert "date_naissance" in report.read_text(encoding="utf-8-sig")
    assert len(practice("--json", "participants").document) == 13


def test_a_rehearsal_of_an_import_writes_nothing(practice):
    done = practice("--json", "import", SAMPLE, "--dry-run")
    assert (done.code, done.document["created"], done.document["written"]) == (0, 60, False)
    assert len(practice("--json", "participants").document) == 12


def correct(vault, reference: str, **answers: str) -> None:
    """Someone corrects answers in the program."""
    with opened(
        Namespace(vault=vault, passphrase_file=vault.with_name("passphrase.txt")), words("fr")
    ) as services:
        (found,) = services.participants.find(reference)
        for key, value in answers.items():
            services.intakes.answer(found.id, key, Answer.given(value))


def test_a_correction_that_gives_way_is_counted_and_named(practice, tmp_path, vault):
    first, corrected = tmp_path / "first.csv", tmp_path / "corrected.csv"
    first.write_text("reference;nom_naissance;telephone\nA1;Zyx;0639980101\n", encoding="utf-8")
    corrected.write_text("reference;nom_naissance;telephone\nA1;Zyx;0639980102\n", encoding="utf-8")
    assert practice("import", first).code == 0
    correct(vault, "zyx", phone="0639980155")
    assert practice("--json", "import", first).document["unchanged"] == 1
    done = practice("--json", "import", corrected, "--dry-run")
    assert done.document["replaced"] == [{"line": 2, "column": "telephone"}]
    done = practice("import", corrected)
    assert done.code == 0
    assert "Corrections faites ici et remplacées\t1\n" in done.out
    assert "Ligne 2, telephone\tCette réponse a été corrigée ici" in done.out
    assert "06399801" not in done.out + done.err


def test_a_rehearsal_says_that_it_was_one(practice):
    assert "essai" in practice("import", SAMPLE, "--dry-run").err
    assert "essai" not in practice("import", SAMPLE).err


def test_a_file_of_columns_alone_is_told(practice, tmp_path):
    file = tmp_path / "columns.csv"
    file.write_text("reference;prenom\n", encoding="utf-8")
    done = practice("import", file)
    assert done.code == 0
    assert "personne" in done.err


@pytest.mark.parametrize(("count", "told"), [(2, "c0, c1."), (200, "c9, et 190 autres.")])
def test_columns_left_aside_are_named_as_long_as_one_reads_them(practice, tmp_path, count, told):
    header = ";".join(("reference", "prenom", *(f"c{number}" for number in range(count))))
    file = tmp_path / "columns.csv"
    file.write_text(f"{header}\nA1;Lou\n", encoding="utf-8")
    assert practice("import", file).err.endswith(f"{told}\n")


def test_help_of_the_import_says_that_an_empty_cell_erases_nothing(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["import", "--help"])
    assert ended.value.code == 0
    assert "n’efface rien" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "introuvable"),
        (b"", "vide"),
        (b"\x89PNG\r\n\x00", "ni un CSV"),
        (b"a;b\n1;2\n", "accueils"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_in_one_sentence(practice, tmp_path, content, said):
    file = tmp_path / "file.csv"
    if content is not None:
        file.write_bytes(content)
    done = practice("import", file)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_plan_is_written_in_the_language_of_the_paper(practice, tmp_path, language):
    number = practice("--json", "participants", "search", "bruyère").document[0]["number"]
    target = tmp_path / "mon plan.pdf"
    done = practice("--json", "plan", number, "--out", target, "--language", language)
    assert done.code == 0
    assert done.document["number"] == f"{number}-P1"
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("paper", "pages", "label"),
    [("a4", 2, "A4, à signer"), ("pocket", 1, "De poche"), ("easy", 2, "Facile à lire")],
)
def test_a_plan_is_written_on_the_paper_asked_for(practice, tmp_path, paper, pages, label):
    number = practice("--json", "participants", "search", "bruyère").document[0]["number"]
    target = tmp_path / "plan.pdf"
    told = practice("--json", "plan", number, "--out", target, "--paper", paper).document
    assert (told["paper"], told["number"]) == (paper, f"{number}-P1")
    assert told["bytes"] == target.stat().st_size
    assert pages <= told["pages"] <= 3
    lines = practice("plan", number, "--out", target, "--paper", paper).out.splitlines()
    assert f"Pages\t{told['pages']}" in lines
    assert any(line.startswith(f"Papier\t{label}") for line in lines)


def test_a_plan_that_cannot_be_written_is_told(practice, tmp_path):
    number = practice("--json", "participants", "search", "bruyère").document[0]["number"]
    done = practice("plan", number, "--out", tmp_path / "nulle part" / "plan.pdf")
    assert done.code == 1
    assert "autre dossier" in done.err


def test_the_language_of_a_paper_is_not_that_of_the_messages(practice, tmp_path):
    number = practice("--json", "participants", "search", "bruyère").document[0]["number"]
    lost = tmp_path / "nulle part" / "plan.pdf"
    done = practice("plan", number, "--out", lost, "--language", "en")
    assert "autre dossier" in done.err


def test_practice_has_no_headquarters(practice):
    done = practice("--json", "sync")
    assert done.code == 1
    assert done.document["error"] == "ServerRefusedError"
    assert "entraînement" in done.err


def test_the_doctor_finds_a_sound_vault(practice):
    done = practice("doctor", "--json")
    assert done.code == 0
    assert done.document["is_sound"]
    assert done.document["participants"] == 12
    assert "sain" in done.err


def test_the_doctor_tells_of_a_change_made_by_hand_and_calls_it_no_damage(practice, vault):
    found = make_vault(vault, tools(), needs_keychain=False)
    keys = found.open(PASSPHRASE)
    with by_hand(BaseFile(found.database_path, keys.database, keys.salt)) as connection:
        connection.execute("UPDATE participant SET sex = 'F'")
    done = practice("doctor", "--json")
    assert done.document["findings"] == [STRAY]
    assert done.document["is_sound"]
    assert done.code == 0


def test_sentences_come_in_the_language_asked_for(practice):
    french, english = practice("practice").err, practice("--language", "en", "practice").err
    assert french != english
    assert "existe déjà" in french


@pytest.mark.postgres
def test_a_laptop_enrols_and_exchanges(run, headquarters):
    enrolled = run(
        "--json", "enrol", "--server", headquarters.url, "--code", headquarters.code(),
        "--name", "Portable 1",
    )  # fmt: skip
    assert enrolled.code == 0
    assert enrolled.document["name"] == "Anna Le Goff"
    assert len(enrolled.document["words"]) == 6
    assert run("import", SAMPLE).code == 0
    sent = run("--json", "sync")
    assert sent.code == 0
    assert sent.document["sent"] > 1000
    assert sent.document["waiting"] == 0
    assert "Envoi au siège" in sent.err
    assert run("--json", "sync").document["sent"] == 0


@pytest.mark.postgres
def test_a_wrong_code_leaves_no_vault(run, headquarters, vault):
    done = run("enrol", "--server", headquarters.url, "--code", "0000-00000-0000")
    assert (done.code, done.out) == (1, "")
    assert not vault.exists()
    assert not list(vault.parent.glob("coffre*unfinished"))


def test_an_address_in_clear_is_refused(run, vault):
    done = run("enrol", "--server", "http://siege.example", "--code", "0000-00000-0000")
    assert done.code == 1
    assert "https://" in done.err
    assert not vault.exists()


# Passphrases


def test_a_wrong_passphrase_is_told(practice, passphrase_file):
    passphrase_file.write_text("une autre phrase de passe bien longue", encoding="utf-8")
    done = practice("--json", "participants")
    assert done.code == 1
    assert done.document["error"] == "WrongPassphraseError"


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\xfa"])
def test_a_passphrase_file_that_holds_none_is_told(practice, passphrase_file, content):
    passphrase_file.unlink()
    if content is not None:
        passphrase_file.write_bytes(content)
    done = practice("participants")
    assert (done.code, done.out) == (1, "")
    assert "phrase de passe" in done.err


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
def test_a_passphrase_file_without_end_is_not_read_to_it(practice, passphrase_file):
    passphrase_file.unlink()
    passphrase_file.symlink_to("/dev/zero")
    done = practice("participants")
    assert (done.code, done.out) == (1, "")
    assert "ne contient pas de phrase de passe" in done.err


def test_without_a_file_and_without_a_person_there_is_no_passphrase(vault, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["--vault", str(vault), "participants"]) == 1
    assert "--passphrase-file" in capsys.readouterr().err


def test_no_vault_is_told(run, vault):
    done = run("participants")
    assert done.code == 1
    assert "pas de coffre" in done.err
    assert not vault.exists()


# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["import"],
        ["enrol", "--server", "https://siege.example"],
        ["plan", "K7-0042-R"],
        ["plan", "K7-0042-R", "--out", "x.pdf", "--paper", "a3"],
        ["--language", "de", "participants"],
        ["participants", "search"],
        ["participants", "hunt", "x"],
        ["--vau", "x", "participants"],
        ["sync", "--nonsense"],
    ],
)
def test_wrong_usage_ends_with_two_and_one_sentence(run, arguments):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "--help" in done.err
    assert "Traceback" not in done.err


def test_help_is_help(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(name in told for name in ("import", "participants", "sync", "doctor", "enrol"))


def test_a_defect_is_told_without_trace_and_logged_without_words(practice, monkeypatch, vault):
    def burst(*_args, **_more):
        raise RuntimeError("Fatima BENALI 0612345678")

    monkeypatch.setattr("plie_desktop.services.participants.ParticipantService.ids", burst)
    done = practice("participants")
    assert (done.code, done.out) == (1, "")
    assert "BENALI" not in done.err
    assert "Traceback" not in done.err
    log = vault.with_name(f"{vault.name}.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "people.py" in log
    assert "BENALI" not in log
