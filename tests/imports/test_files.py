"""Files of intakes, from whatever program wrote them."""

import io
import os
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports import archive as archive_module
from plie_desktop.imports import sheet as sheet_module
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
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_all_separators_and_all_line_ends_are_read(file, separator, end):
    rows = [("reference", "prenom"), ("A1", "Lou"), ("A2", "Noa")]
    content = end.join(separator.join(row) for row in rows)
    assert [line.cells for line in read_sheet(file(content)).lines] == rows[1:]


def test_a_comma_within_a_cell_does_not_make_it_the_separator(file):
    read = read_sheet(file("reference;lieu_contact\nA1;Hall de la tour 7, Maurepas\n"))
    assert read.lines[0].cells == ("A1", "Hall de la tour 7, Maurepas")


def test_the_unicode_text_of_a_spreadsheet_is_read(file):
    text = "reference\tprenom\tcommentaire\r\nA1\tNoël\tune place ; vite\r\n"
    read = read_sheet(file(text.encode("utf-16"), "intakes.txt"))
    assert read.header == ("reference", "prenom", "commentaire")
    assert read.lines[0].cells == ("A1", "Noël", "une place ; vite")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_separator_that_the_file_names_is_taken(file, separator):
    rows = (("reference", ";;,,\t\t".replace(separator, "")), ("A1", "x"))
    content = "\r\n".join(separator.join(row) for row in rows)
    read = read_sheet(file(f"sep={separator}\r\n{content}"))
    assert read.header == rows[0]
    assert [(line.number, line.cells) for line in read.lines] == [(3, rows[1])]


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
        (b"PK\x03\x04 but no archive", "ne s’ouvre pas"),
        (b"reference;prenom\nA1;Lou\x00\n", "abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "ancien format"),
        (b"reference;prenom\nA1;" + b"x" * 200_000, "cellule"),
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


def test_a_file_that_is_not_there_is_told(file, tmp_path):
    for path in (tmp_path / "none.csv", file("x", "a file") / "none.csv", tmp_path / ("x" * 300)):
        with pytest.raises(RefusedInputError, match="introuvable"):
            read_sheet(path)


def test_what_is_no_file_is_told(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    for path in (tmp_path, tmp_path / "link"):
        with pytest.raises(RefusedInputError, match="dossier"):
            read_sheet(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RefusedInputError, match="dossier"):
        read_sheet(tmp_path / "pipe")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a file")
def test_a_file_that_breaks_off_is_told():
    with pytest.raises(RefusedInputError, match="en entier"):
        read_sheet(Path("/proc/self/mem"))


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


# Archives


@pytest.fixture
def packed(file):
    """Makes an archive of these files."""

    def pack(files, *, method=zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return file(out.getvalue(), "intakes.zip")

    return pack


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_one_csv_of_an_archive_is_read(file, packed, method):
    others = {"lisez-moi.txt": "x", "dossier/": "", "__MACOSX/dossier/._a.csv": b"\x00\x05"}
    content = TEXT.encode("cp1252")
    plain = read_sheet(file(content))
    for files in ({"a.csv": content}, {**others, "dossier/Export.CSV": content}):
        assert read_sheet(packed(files, method=method)) == plain


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"photo.txt": "x"},
        {"a.csv": TEXT, "b.csv": TEXT},
        {"a.zip": b"PK\x03\x04"},
        {"dossier.csv/": ""},
        {"__MACOSX/._a.csv": TEXT, ".a.csv": TEXT},
    ],
)
def test_an_archive_without_one_csv_is_told(packed, files):
    with pytest.raises(RefusedInputError, match="un seul fichier CSV"):
        read_sheet(packed(files))


def test_what_is_wrong_inside_an_archive_is_told_as_outside(packed):
    for content, said in ((b"", "vide"), (b"PK\x03\x04", "ni un CSV"), (b"%PDF\x00", "ni un CSV")):
        with pytest.raises(RefusedInputError, match=said):
            read_sheet(packed({"a.csv": content}))


def test_an_archive_that_inflates_to_too_much_is_not_opened(packed, monkeypatch):
    monkeypatch.setattr(archive_module, "LARGEST_FILE", 1 << 20)
    archive = packed({"a.csv": "reference;prenom\n" + "A;x\n" * 300_000})
    assert archive.stat().st_size < 10_000
    with pytest.raises(RefusedInputError, match="dépasse 1 Mo"):
        read_sheet(archive)


def test_an_archive_that_lies_about_its_size_is_told(packed):
    archive = packed({"a.csv": "reference;prenom\n" + "A;x\n" * 100_000})
    content = archive.read_bytes()
    size = (17 + 4 * 100_000).to_bytes(4, "little")
    assert content.count(size) == 2
    archive.write_bytes(content.replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(RefusedInputError, match="ne s’ouvre pas"):
        read_sheet(archive)


def test_an_archive_of_very_many_files_is_not_listed(packed, monkeypatch):
    monkeypatch.setattr(archive_module, "MOST_ENTRIES", 3)
    with pytest.raises(RefusedInputError, match="un seul fichier CSV"):
        read_sheet(packed({f"{number}.csv": "x" for number in range(4)}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_a_rare_way_is_told(packed, method):
    with pytest.raises(RefusedInputError, match="ne s’ouvre pas"):
        read_sheet(packed({"a.csv": TEXT}, method=method))


def test_an_archive_with_a_password_is_told(packed):
    archive = packed({"a.csv": TEXT})
    content = bytearray(archive.read_bytes())
    # The first bit of the flags, at its place in both headers of the one file.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(content)
    with pytest.raises(RefusedInputError, match="mot de passe"):
        read_sheet(archive)


def test_a_damaged_archive_is_told(packed):
    archive = packed({"a.csv": TEXT * 1000})
    content = archive.read_bytes()
    middle = len(content) // 2
    for damaged in (
        content[:middle],
        content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :],
    ):
        archive.write_bytes(damaged)
        with pytest.raises(RefusedInputError, match="ne s’ouvre pas"):
            read_sheet(archive)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_damage_of_an_archive_is_told_or_harmless(packed, data):
    archive = packed({"a.csv": TEXT})
    content = bytearray(archive.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=5)):
        content[place] = data.draw(st.integers(0, 255))
    archive.write_bytes(content)
    try:
        read_sheet(archive)
    except RefusedInputError as error:
        assert error.sentence  # noqa: PT017 - either way is right, an error of another kind is not


def test_a_document_of_another_office_program_is_told(packed):
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    with pytest.raises(RefusedInputError, match="ni un CSV"):
        read_sheet(packed({**mimetype, "content.xml": "<x/>"}))


def test_a_workbook_cut_short_is_told(file):
    content = book(("reference", "prenom"), ("A1", "Lou"))
    with pytest.raises(RefusedInputError, match="ne s’ouvre pas"):
        read_sheet(file(content[:3000], "x.xlsx"))


def test_a_workbook_that_inflates_to_too_much_is_not_opened(packed, monkeypatch):
    monkeypatch.setattr(archive_module, "LARGEST_INFLATED", 1 << 20)
    workbook = {"[Content_Types].xml": "", "xl/worksheets/sheet1.xml": "0" * (2 << 20)}
    with pytest.raises(RefusedInputError, match="dépasse 1 Mo"):
        read_sheet(packed(workbook))
