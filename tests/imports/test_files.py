"""Files of intakes, from whatever program wrote them."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports import sheet as sheet_module
from plie_desktop.imports import xlsx_file
from plie_desktop.imports.intake_file import read_sheet

TEXT = "reference;nom_naissance;commentaire\nA1;BÉNARD-CŒURET;« une place ; vite »\n"
HEADER = ("reference", "nom_naissance", "commentaire")


@pytest.fixture
def file(tmp_path):
    def write(content, name="intakes.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def book(*rows) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_accents_are_read_in_every_unicode(file, encoding):
    quoted = TEXT.replace("« une place ; vite »", '"« une place ; vite »"')
    read = read_sheet(file(quoted.encode(encoding)))
    assert read.header == HEADER
    assert read.lines[0].cells == ("A1", "BÉNARD-CŒURET", "« une place ; vite »")


def test_accents_of_windows_are_read(file):
    read = read_sheet(file("reference;prenom\nA1;Noël Œillet — 5 €\n".encode("cp1252")))
    assert read.lines[0].cells == ("A1", "Noël Œillet — 5 €")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [";", ","])
def test_both_separators_and_all_line_ends_are_read(file, separator, end):
    rows = [("reference", "prenom"), ("A1", "Lou"), ("A2", "Noa")]
    content = end.join(separator.join(row) for row in rows)
    assert [line.cells for line in read_sheet(file(content)).lines] == rows[1:]


def test_a_comma_within_a_cell_does_not_make_it_the_separator(file):
    read = read_sheet(file("reference;lieu_contact\nA1;Hall de la tour 7, Maurepas\n"))
    assert read.lines[0].cells == ("A1", "Hall de la tour 7, Maurepas")


def test_lines_keep_their_number_in_the_file(file):
    content = 'reference;commentaire\n\nA1;"deux\nlignes"\n;;\nA2;x\n'
    assert [line.number for line in read_sheet(file(content)).lines] == [3, 6]


def test_a_workbook_gives_the_same_lines(file):
    content = book(
        ("reference", "date_naissance", "code_postal", "rqth", "enfants_a_charge", "prenom"),
        ("A1", datetime.fromisoformat("1987-03-12"), 35000, True, 2.0, None),
        (None, None, None, None, None, None),
        ("A2", date(1990, 1, 2), "01000", False, 2.5, "Noa"),
    )
    read = read_sheet(file(content, "intakes.xlsx"))
    assert [(line.number, line.cells) for line in read.lines] == [
        (2, ("A1", "1987-03-12", "35000", "oui", "2")),
        (4, ("A2", "1990-01-02", "01000", "non", "2.5", "Noa")),
    ]


def test_a_formula_is_read_as_the_value_it_had(file):
    content = book(("reference", "prenom"), ("A1", "=1+1"))
    assert read_sheet(file(content, "x.xlsx")).lines[0].cells == ("A1",)


def test_the_kind_is_seen_from_the_content_not_the_name(file):
    assert read_sheet(file(book(("reference", "prenom"), ("A1", "Lou")), "x.csv")).lines


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\n \n\t\n", "vide"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ni un CSV"),
        (b"%PDF-1.7\n\x00\x01", "ni un CSV"),
        (b"PK\x03\x04 but no archive", "ni un CSV"),
        (b"\xff\xfe\x00", "ni un CSV"),
        (b'reference;prenom\nA1;"Lou\n', "guillemets"),
        (b'reference;prenom\nA1;"Lou"x\n', "guillemets"),
    ],
)
def test_a_file_that_is_empty_or_of_another_kind_is_told(file, content, said):
    with pytest.raises(RefusedInputError, match=said):
        read_sheet(file(content))


def test_the_line_that_cannot_be_read_is_named(file):
    with pytest.raises(RefusedInputError, match="ligne 3"):
        read_sheet(file('reference;prenom\nA1;Lou\nA2;"Noa\n'))


def test_a_file_that_is_not_there_is_told(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(RefusedInputError, match="introuvable"):
            read_sheet(path)


def test_a_file_too_large_is_not_even_read(file, monkeypatch):
    monkeypatch.setattr(sheet_module, "LARGEST_FILE", 1 << 20)
    with pytest.raises(RefusedInputError, match="dépasse 1 Mo"):
        read_sheet(file(b"x" * ((1 << 20) + 1)))


def test_a_file_with_too_many_lines_is_told(file, monkeypatch):
    monkeypatch.setattr(sheet_module, "MOST_LINES", 3)
    with pytest.raises(RefusedInputError, match="plus de 3 lignes"):
        read_sheet(file("reference\n" + "A\n" * 4))


@pytest.mark.parametrize("gap", ["", "é"])
def test_a_file_with_too_many_columns_is_told(file, gap):
    header = f";{gap}".join(str(number) for number in range(200_000))
    with pytest.raises(RefusedInputError, match="plus de 500 colonnes"):
        read_sheet(file(f"reference;{header}\nA1;x\n"))


def test_columns_without_a_name_at_the_end_are_no_columns(file):
    sheet = read_sheet(file("reference;prenom" + ";" * 100_000 + "\nA1;Lou\n"))
    assert sheet.header == ("reference", "prenom")


def test_a_workbook_that_inflates_to_too_much_is_not_opened(file, monkeypatch):
    monkeypatch.setattr(xlsx_file, "LARGEST_INFLATED", 10_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 1_000_000)
    with pytest.raises(RefusedInputError, match="ni un CSV"):
        read_sheet(file(out.getvalue(), "x.xlsx"))


def test_a_zip_that_is_no_workbook_is_told(file):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.txt", "x")
    with pytest.raises(RefusedInputError, match="ni un CSV"):
        read_sheet(file(out.getvalue()))
