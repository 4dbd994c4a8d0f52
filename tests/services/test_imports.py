"""A file of intakes is taken whole or not at all, and twice is the same as once."""

import csv
import io
import zipfile

import openpyxl
import pytest

from plie_desktop import paths
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.answers import UNKNOWN
from plie_desktop.models.domain.participant import FileState

SAMPLE = paths.resource("samples", "intakes_rennes_60.csv")


@pytest.fixture
def imports(desk):
    return desk.services.imports


@pytest.fixture
def write(tmp_path):
    def made(*rows, name="file.csv"):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=";").writerows(rows)
        path = tmp_path / name
        path.write_text(out.getvalue(), encoding="utf-8")
        return path

    return made


def counts(report):
    return report.created, report.updated, report.unchanged, len(report.rejected)


def found(desk, reference):
    with desk.store.read() as transaction:
        participant_id = transaction.participants.by_reference(reference)
    return desk.services.participants.file(participant_id)


def test_the_sample_passes_whole_then_changes_nothing(desk, imports):
    first = imports.run(SAMPLE)
    assert counts(first) == (60, 0, 0, 0)
    assert first.is_written
    assert len(first.changes.participants) == 60
    assert first.unknown_columns == ()
    waiting = desk.services.synchronisation.status().waiting

    second = imports.run(SAMPLE)
    assert counts(second) == (0, 0, 60, 0)
    assert second.changes.participants == frozenset()
    assert desk.services.synchronisation.status().waiting == waiting

    file = found(desk, "RM-2026-0009")
    assert file.line.display_name == "Thị Hương NGUYỄN"
    assert file.line.state is FileState.TO_COMMISSION
    assert file.intake.answers["disability"].value == "non"
    assert file.intake.value("jobs") == "10305|20044"


def test_one_corrected_cell_updates_one_file(desk, imports, tmp_path):
    imports.run(SAMPLE)
    corrected = tmp_path / "corrected.csv"
    text = SAMPLE.read_text(encoding="utf-8").replace("06 83 09 12 54", "06 83 09 12 55")
    corrected.write_text(text, encoding="utf-8")
    assert counts(imports.run(corrected)) == (0, 1, 59, 0)
    assert found(desk, "RM-2026-0001").intake.value("phone") == "0683091255"


def test_a_workbook_and_the_text_it_was_made_of_are_the_same_file(imports, tmp_path):
    book = openpyxl.Workbook()
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream, delimiter=";"):
            book.active.append(row)
    book.save(tmp_path / "sample.xlsx")
    assert counts(imports.run(tmp_path / "sample.xlsx")) == (60, 0, 0, 0)
    assert counts(imports.run(SAMPLE)) == (0, 0, 60, 0)


def test_a_zipped_file_is_the_same_file(imports, tmp_path):
    with zipfile.ZipFile(tmp_path / "sample.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(SAMPLE, "envoi/accueils.csv")
    assert counts(imports.run(tmp_path / "sample.zip")) == (60, 0, 0, 0)
    assert counts(imports.run(SAMPLE)) == (0, 0, 60, 0)


def test_one_wrong_line_holds_up_all(desk, imports, write):
    before = desk.services.participants.count()
    file = write(
        ("reference", "prenom", "date_naissance"),
        ("A1", "Lou", "12/03/1987"),
        ("A2", "Noa", "31/02/1987"),
    )
    report = imports.run(file)
    assert counts(report) == (0, 0, 0, 1)
    assert not report.is_written
    (line,) = report.rejected
    assert (line.line_number, line.column) == (3, "date_naissance")
    assert desk.services.participants.count() == before


def test_right_lines_are_taken_without_the_others_when_asked(desk, imports, write):
    file = write(
        ("reference", "prenom", "date_naissance"),
        ("A1", "Lou", "12/03/1987"),
        ("A2", "Noa", "31/02/1987"),
    )
    assert counts(imports.run(file, skip_rejected=True)) == (1, 0, 0, 1)
    assert found(desk, "A1").intake.value("first_name") == "Lou"


def test_a_rehearsal_counts_and_writes_nothing(desk, imports):
    before = desk.services.participants.count()
    report = imports.run(SAMPLE, dry_run=True)
    assert counts(report) == (60, 0, 0, 0)
    assert not report.is_written
    assert desk.services.participants.count() == before


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("code_postal", "44000", "code postal"),
        ("code_postal", "3500", "tableur"),
        ("date_naissance", "30/02/1987", "calendrier"),
        ("date_naissance", "12/03/2050", "avenir"),
        ("date_contact", "02/03", "calendrier"),
        ("information_rgpd", "non", "information"),
        ("commentaire", "vu 1850578006084", "sécurité sociale"),
        ("identifiant_ft", "123", "identifiant"),
        ("origine", "ailleurs", "liste"),
        ("commentaire", "x" * 1001, "caractères"),
        ("nom_usage", "x" * 101, "caractères"),
    ],
)
def test_a_line_is_turned_away_with_its_cell_and_its_reason(imports, write, column, cell, said):
    file = write(("reference", "commune", column), ("A1", "35238", cell))
    (line,) = imports.run(file).rejected
    assert (line.line_number, line.column) == (2, column)
    assert said in line.sentence.format(**line.details)


def test_a_reference_used_twice_is_turned_away(imports, write):
    report = imports.run(
        write(("reference", "prenom"), ("A1", "Lou"), ("A2", "Noa"), ("A1", "Zoé"))
    )
    (line,) = report.rejected
    assert (line.line_number, line.details["line"]) == (4, 2)


def test_an_unusual_answer_is_taken_all_the_same(desk, imports, write):
    file = write(("reference", "telephone", "commune"), ("A1", "683091254", "Fougères"))
    assert counts(imports.run(file)) == (1, 0, 0, 0)
    assert {one.field for one in found(desk, "A1").problems} == {"phone", "commune"}


def test_an_empty_cell_erases_nothing(desk, imports, write):
    imports.run(write(("reference", "prenom", "telephone"), ("A1", "Lou", "0639980102")))
    report = imports.run(write(("reference", "prenom", "telephone"), ("A1", "Lou", "")))
    assert counts(report) == (0, 0, 1, 0)
    assert found(desk, "A1").intake.value("phone") == "0639980102"


def test_a_state_replaces_an_answer(desk, imports, write):
    imports.run(write(("reference", "telephone"), ("A1", "0639980102")))
    assert counts(imports.run(write(("reference", "telephone"), ("A1", "NSP")))) == (0, 1, 0, 0)
    assert found(desk, "A1").intake.answers["phone"] == UNKNOWN


def test_columns_that_mean_nothing_are_told_and_left(imports, write):
    report = imports.run(write(("météo", "reference", "prenom"), ("beau", "A1", "Lou")))
    assert report.unknown_columns == ("météo",)
    assert counts(report) == (1, 0, 0, 0)


def test_an_incomplete_line_is_an_intake_to_go_on_with(desk, imports, write):
    imports.run(write(("reference", "prenom"), ("A1", "Lou")))
    assert found(desk, "A1").line.state is FileState.INTAKE


def test_hostile_text_is_only_text(desk, imports, write):
    cell = "=cmd|' /C calc'!A0 '; DROP TABLE participant; -- <script>\U0001f600"
    imports.run(write(("reference", "commentaire"), ("A1", cell)))
    assert found(desk, "A1").intake.value("comment") == cell


def test_progress_is_told(imports):
    told = []
    imports.run(SAMPLE, progress=lambda *what: told.append(what))
    assert told[0][:2] == (0, 60)
    assert len({sentence for _, _, sentence in told}) == 2


def test_a_file_of_something_else_is_told(imports, write):
    with pytest.raises(RefusedInputError, match="fichier d’accueils"):
        imports.run(write(("a", "b"), ("1", "2")))


@pytest.mark.parametrize("skip_rejected", [False, True])
def test_a_rehearsal_tells_what_the_import_would_do(imports, write, skip_rejected):
    rows = (("A1", "Lou", "12/03/1987"), ("A2", "Noa", "31/02/1987"))
    file = write(("reference", "prenom", "date_naissance"), *rows)
    rehearsed, done = (
        imports.run(file, dry_run=dry_run, skip_rejected=skip_rejected) for dry_run in (True, False)
    )
    assert counts(rehearsed) == counts(done) == (int(skip_rejected), 0, 0, 1)
    assert (rehearsed.is_written, done.is_written) == (False, skip_rejected)
