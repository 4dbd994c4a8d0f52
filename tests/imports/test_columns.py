"""What headers and cells mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plie_desktop.errors import RefusedInputError
from plie_desktop.imports.columns import CellError, read_columns, read_line
from plie_desktop.imports.sheet import LONGEST_CELL, Line, Sheet
from plie_desktop.models.domain.answers import DECLINED, UNKNOWN, Answer
from plie_desktop.models.domain.intake_form import BY_COLUMN, FIELDS


def read(**cells: str):
    header = ("reference", *cells)
    columns = read_columns(Sheet(header, ()))
    return read_line(Line(2, ("A1", *cells.values())), columns).answers


def answer(column: str, cell: str) -> Answer | None:
    return read(**{column: cell}).get(BY_COLUMN[column].key)


def test_every_question_has_its_column():
    columns = read_columns(Sheet(("reference", *(field.column for field in FIELDS)), ()))
    assert {field.key for field in columns.fields.values()} == {field.key for field in FIELDS}


def test_headers_come_in_any_order_case_and_accent():
    columns = read_columns(Sheet((" Prénom", "RÉFÉRENCE", "Nom naissance", "météo", ""), ()))
    assert [field.key for field in columns.fields.values()] == ["first_name", "birth_name"]
    assert columns.reference == 1
    assert columns.unknown == ("météo",)


def test_a_name_without_end_is_cut_before_it_is_read():
    columns = read_columns(Sheet(("reference", "prenom", "x" * 1_000_000), ()))
    assert columns.unknown == ("x" * 100,)


@pytest.mark.parametrize("header", [("a", "b"), ("prenom",), ("reference",), ("référence", "x")])
def test_a_file_of_something_else_is_told(header):
    with pytest.raises(RefusedInputError, match="pas un fichier d’accueils"):
        read_columns(Sheet(header, ()))


def test_a_column_that_is_there_twice_is_told():
    with pytest.raises(RefusedInputError, match="deux fois"):
        read_columns(Sheet(("reference", "prenom", "Prénom"), ()))


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("date_naissance", "12/03/1987", Answer.given("1987-03-12")),
        ("date_naissance", "1987-03-12", Answer.given("1987-03-12")),
        ("date_contact", "02/03", Answer.given("02/03")),
        ("telephone", "06 83 09 12 54", Answer.given("0683091254")),
        ("origine", "CCAS", Answer.given("CCAS")),
        ("origine", "ccas / cias", Answer.given("CCAS")),
        ("situation_emploi", "En recherche d'emploi", Answer.given("recherche_emploi")),
        ("niveau_formation", "bac+2 (BTS, DUT, titre niveau 5)", Answer.given("EDU5")),
        ("pays_naissance", "Algérie", Answer.given("DZ")),
        ("pays_naissance", "algerie", Answer.given("DZ")),
        ("commune", "Vezin-le-Coquet", Answer.given("35353")),
        ("commune", "VEZIN LE COQUET", Answer.given("35353")),
        ("commune", "Fougères", Answer.given("Fougères")),
        ("langues", "fr|Arabe| portugais ", Answer.given("fr|ar|pt")),
        ("metiers", "11525|38287", Answer.given("11525|38287")),
        ("rqth", "NSP", UNKNOWN),
        ("rqth", "nsp", UNKNOWN),
        ("statut_logement", "NR", DECLINED),
        ("statut_logement", "NSP", UNKNOWN),
        ("allocations", "NSP", UNKNOWN),
        ("telephone", "NR", DECLINED),
        ("commentaire", "Deux\nlignes", Answer.given("Deux\nlignes")),
        ("prenom", "", None),
        ("prenom", " \u00a0", None),
        ("langues", "", None),
    ],
)
def test_a_cell_is_read_as_code_label_or_state(column, cell, expected):
    assert answer(column, cell) == expected


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("origine", "Mairie d’ailleurs"),
        ("langues", "fr|klingon"),
        ("metiers", "boulanger"),
        ("sexe", "femme ou homme"),
        ("freins", "Prêt à suivre une formation"),
    ],
)
def test_what_is_in_no_list_is_turned_away(column, cell):
    with pytest.raises(CellError, match="dans la liste") as caught:
        answer(column, cell)
    assert caught.value.column == column
    assert cell not in str(caught.value)


@pytest.mark.parametrize("column", ["commentaire", "identifiant_ft", "telephone", "autre"])
def test_a_national_number_is_turned_away_wherever_it_is(column):
    columns = read_columns(Sheet(("reference", "prenom", column), ()))
    with pytest.raises(CellError, match="sécurité sociale") as caught:
        read_line(Line(2, ("A1", "Lou", "1850578006084")), columns)
    assert "1850578006084" not in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("", "Lou"), "pas de référence"),
        ((" ", "Lou"), "pas de référence"),
        (("A" * 101, "Lou"), "plus de 100"),
        (("A1", "x" * (LONGEST_CELL + 1)), "plus de 10000"),
        (("A1", "Lou", "trop"), "plus de cellules"),
    ],
)
def test_a_line_that_cannot_be_one_is_turned_away(cells, said):
    columns = read_columns(Sheet(("reference", "prenom"), ()))
    with pytest.raises(CellError, match=said):
        read_line(Line(2, cells), columns)


def test_a_short_line_lacks_its_last_answers():
    columns = read_columns(Sheet(("prenom", "reference", "sexe"), ()))
    line = read_line(Line(2, ("Lou", "A1")), columns)
    assert set(line.answers) == {"first_name"}


@given(
    st.dictionaries(
        st.sampled_from([field.column for field in FIELDS]), st.text(max_size=30), min_size=1
    )
)
def test_any_line_is_read_or_turned_away(cells):
    try:
        answers = read(**cells)
    except CellError as error:
        answers, turned_away = {}, error.column
    else:
        turned_away = None
    assert turned_away is None or turned_away in cells
    assert set(answers) <= {BY_COLUMN[column].key for column in cells}
