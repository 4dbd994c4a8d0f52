"""A file imported again changes what it says differently, never what was corrected since."""

import csv
import io

import pytest

from plie_desktop import paths
from plie_desktop.models.domain.answers import LATER
from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.records import Kind
from plie_desktop.services.import_lines import ReplacedAnswer
from plie_desktop.store.keys import file_key
from tests.support.builders import apply_page, changed_rows

SAMPLE = paths.resource("samples", "intakes_rennes_60.csv")
SUBJECT = "RM-2026-0001"
WHOLE = {
    "date_contact": "02/11/2026",
    "information_rgpd": "oui",
    "nom_naissance": "Morvan",
    "prenom": "Lou",
    "telephone": "0639980101",
    "code_postal": "35000",
    "commune": "Rennes",
    "situation_emploi": "recherche_emploi",
}
PART = {column: cell for column, cell in WHOLE.items() if column != "telephone"}


@pytest.fixture
def imports(desk):
    return desk.services.imports


@pytest.fixture
def take(imports, tmp_path):
    """Imports one line of these cells; gives what became of it."""

    def run(reference="A1", *, dry_run=False, skip_rejected=False, **cells: str):
        out = io.StringIO(newline="")
        rows = (("reference", *cells), (reference, *cells.values()))
        csv.writer(out, delimiter=";").writerows(rows)
        (tmp_path / "file.csv").write_text(out.getvalue(), encoding="utf-8")
        return imports.run(tmp_path / "file.csv", dry_run=dry_run, skip_rejected=skip_rejected)

    return run


def counts(report):
    return report.created, report.updated, report.unchanged, len(report.rejected)


def id_of(desk, reference):
    with desk.store.read() as transaction:
        return transaction.participants.by_reference(reference)


def receive(desk, participant_id, **values: str) -> None:
    """A colleague's values come from headquarters."""
    with desk.store.read() as transaction:
        last = transaction.outbox.place().following - 1
    row = (9, participant_id, participant_id, values)
    apply_page(desk.store, changed_rows(Kind.PARTICIPANT, row), last=last, durable=last)


def waiting(desk) -> int:
    return desk.services.synchronisation.status().waiting


def corrected_sample(folder):
    """The sample with the postcode of one person and the phone of another changed."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert text.count("06 68 65 81 66") == 1
    file = folder / "corrected.csv"
    file.write_text(text.replace("06 68 65 81 66", "06 68 65 81 67"), encoding="utf-8")
    return file


def test_the_same_file_takes_back_no_correction(desk, imports):
    imports.run(SAMPLE)
    subject = id_of(desk, SUBJECT)
    desk.answer(subject, phone="0639980155", children="4")
    before = waiting(desk)
    report = imports.run(SAMPLE)
    assert counts(report) == (0, 0, 60, 0)
    assert report.changes.participants == frozenset()
    assert report.replaced == ()
    assert waiting(desk) == before
    assert desk.value(subject, "phone") == "0639980155"
    assert desk.value(subject, "children") == "4"


def test_the_same_file_takes_back_nothing_of_a_colleague(desk, imports):
    imports.run(SAMPLE)
    subject = id_of(desk, SUBJECT)
    receive(desk, subject, phone="0639980155")
    assert counts(imports.run(SAMPLE)) == (0, 0, 60, 0)
    assert desk.value(subject, "phone") == "0639980155"


def test_an_answer_taken_back_here_stays_so(desk, take):
    take(prenom="Lou", telephone="0639980101")
    subject = id_of(desk, "A1")
    desk.services.intakes.answer(subject, "phone", None)
    assert counts(take(prenom="Lou", telephone="0639980101")) == (0, 0, 1, 0)
    assert desk.value(subject, "phone") == ""


def test_a_changed_cell_brings_itself_alone(desk, imports, tmp_path):
    imports.run(SAMPLE)
    other, subject = id_of(desk, "RM-2026-0002"), id_of(desk, SUBJECT)
    desk.answer(other, email="yann@example.org")
    desk.answer(subject, phone="0639980155")
    report = imports.run(corrected_sample(tmp_path))
    assert counts(report) == (0, 1, 59, 0)
    assert report.replaced == ()
    assert desk.value(other, "phone") == "0668658167"
    assert desk.value(other, "email") == "yann@example.org"
    assert desk.value(subject, "phone") == "0639980155"


def test_a_cell_changed_on_both_sides_is_the_file_s_and_told(desk, take):
    take(prenom="Lou", telephone="0639980101", courriel="lou@example.org")
    subject = id_of(desk, "A1")
    desk.answer(subject, phone="0639980155", email="ici@example.org")
    report = take(prenom="Lou", telephone="0639980199", courriel="lou@example.org")
    assert counts(report) == (0, 1, 0, 0)
    assert report.replaced == (ReplacedAnswer(2, "telephone"),)
    assert desk.value(subject, "phone") == "0639980199"
    assert desk.value(subject, "email") == "ici@example.org"


def test_a_cell_filled_since_in_the_file_and_here_is_told(desk, take):
    take(prenom="Lou", telephone="")
    subject = id_of(desk, "A1")
    desk.answer(subject, phone="0639980155")
    assert take(prenom="Lou", telephone="0639980101").replaced == (ReplacedAnswer(2, "telephone"),)
    assert desk.value(subject, "phone") == "0639980101"


def test_the_same_correction_on_both_sides_is_no_change(desk, take):
    take(prenom="Lou", telephone="0639980101")
    desk.answer(id_of(desk, "A1"), phone="0639980155")
    report = take(prenom="Lou", telephone="06 39 98 01 55")
    assert counts(report) == (0, 0, 1, 0)
    assert report.replaced == ()


def test_a_file_that_comes_back_to_what_it_said_is_followed(desk, take):
    for phone in ("0639980101", "0639980199", "0639980101"):
        take(prenom="Lou", telephone=phone)
        assert desk.value(id_of(desk, "A1"), "phone") == phone


def test_what_a_file_does_not_say_any_more_is_not_forgotten(desk, take):
    take(prenom="Lou", telephone="0639980101")
    subject = id_of(desk, "A1")
    desk.answer(subject, phone="0639980155")
    take(prenom="Lou", telephone="")
    take(prenom="Lou")
    assert counts(take(prenom="Lou", telephone="0639980101")) == (0, 0, 1, 0)
    assert desk.value(subject, "phone") == "0639980155"


def test_an_address_is_taken_whole(desk, take):
    take(adresse="1 rue de Brest", code_postal="35000", commune="Rennes")
    subject = id_of(desk, "A1")
    desk.answer(subject, street="9 place de la Gare", postcode="35510", commune="35051")
    report = take(adresse="1 rue de Brest", code_postal="35200", commune="Rennes")
    assert counts(report) == (0, 1, 0, 0)
    told = ("adresse", "code_postal", "commune")
    assert report.replaced == tuple(ReplacedAnswer(2, column) for column in told)
    address = [desk.value(subject, key) for key in ("street", "postcode", "commune")]
    assert address == ["1 rue de Brest", "35200", "35238"]


def test_without_a_memory_the_file_is_compared_with_the_base(desk, take):
    take(prenom="Lou", telephone="0639980101")
    subject = id_of(desk, "A1")
    desk.answer(subject, phone="0639980155")
    with desk.store.write() as transaction:
        transaction.local.remove(file_key(subject, "import"))
    report = take(prenom="Lou", telephone="0639980101")
    assert counts(report) == (0, 1, 0, 0)
    assert report.replaced == ()
    desk.answer(subject, phone="0639980155")
    assert counts(take(prenom="Lou", telephone="0639980101")) == (0, 0, 1, 0)


def test_an_unchanged_file_is_remembered_from_its_first_import_on(desk, take):
    take(prenom="Lou", telephone="0639980101")
    subject = id_of(desk, "A1")
    with desk.store.write() as transaction:
        transaction.local.remove(file_key(subject, "import"))
    assert counts(take(prenom="Lou", telephone="0639980101")) == (0, 0, 1, 0)
    desk.answer(subject, phone="0639980155")
    assert counts(take(prenom="Lou", telephone="0639980101")) == (0, 0, 1, 0)


def test_a_rehearsal_is_not_remembered(desk, take):
    take(prenom="Lou", telephone="0639980101")
    desk.answer(id_of(desk, "A1"), phone="0639980155")
    for dry_run in (True, False):
        report = take(prenom="Lou", telephone="0639980199", dry_run=dry_run)
        assert counts(report) == (0, 1, 0, 0)
        assert report.replaced == (ReplacedAnswer(2, "telephone"),)


@pytest.mark.parametrize("skip_rejected", [False, True])
def test_a_line_turned_away_is_not_remembered(desk, take, skip_rejected):
    take(prenom="Lou", date_naissance="12/03/1987")
    wrong = take(prenom="Zoé", date_naissance="12/03/2050", skip_rejected=skip_rejected)
    assert counts(wrong) == (0, 0, 0, 1)
    assert counts(take(prenom="Zoé", date_naissance="12/03/1987")) == (0, 1, 0, 0)
    assert desk.value(id_of(desk, "A1"), "first_name") == "Zoé"


def test_what_is_remembered_cannot_be_read_and_leaves_with_its_file(desk, take):
    take(prenom="Lou", telephone="0639980101", commentaire="Cherche une place en crèche")
    take("A2", prenom="Lou", telephone="0639980101", commentaire="Cherche une place en crèche")
    kept = []
    for reference in ("A1", "A2"):
        name = file_key(id_of(desk, reference), "import")
        with desk.store.read() as transaction:
            kept.append(transaction.local.get(name))
    assert all(word not in kept[0] for word in (b"Lou", b"0639980101", b"place"))
    assert kept[0] != kept[1]
    gone, other = id_of(desk, "A1"), id_of(desk, "A2")
    apply_page(desk.store, erase=(gone,))
    with desk.store.read() as transaction:
        assert transaction.local.get(file_key(gone, "import")) is None
        assert transaction.local.get(file_key(other, "import")) is not None


def test_an_answer_to_be_asked_later_is_a_correction_too(desk, take):
    take(prenom="Lou", telephone="0639980101")
    subject = id_of(desk, "A1")
    desk.services.intakes.answer(subject, "phone", LATER)
    take(prenom="Lou", telephone="0639980101", sexe="F")
    assert desk.value(subject, "phone") == ""
    assert desk.value(subject, "sex") == "F"


# The state of the file


def state(desk) -> FileState:
    return desk.services.participants.file(id_of(desk, "A1")).line.state


def test_a_corrected_file_that_completes_an_intake_moves_it_on(desk, take):
    take(**PART)
    assert state(desk) is FileState.INTAKE
    assert counts(take(**WHOLE)) == (0, 1, 0, 0)
    assert state(desk) is FileState.TO_COMMISSION
    assert counts(take(**PART)) == (0, 0, 1, 0)
    assert state(desk) is FileState.TO_COMMISSION


def test_one_that_leaves_it_incomplete_does_not(desk, take):
    take(prenom="Lou")
    take(**PART)
    assert state(desk) is FileState.INTAKE


def test_a_wrong_answer_put_right_completes_too(desk, take):
    take(**PART)
    desk.answer(id_of(desk, "A1"), phone="0639980101", postcode="44000")
    take(**(PART | {"code_postal": "35200"}))
    assert state(desk) is FileState.TO_COMMISSION


def test_a_wrong_answer_of_here_holds_up_no_line_that_does_not_give_it(desk, take):
    take(**PART)
    desk.answer(id_of(desk, "A1"), postcode="44000")
    assert counts(take(**WHOLE)) == (0, 1, 0, 0)
    assert desk.value(id_of(desk, "A1"), "phone") == "0639980101"
    assert state(desk) is FileState.INTAKE


def test_a_wrong_cell_is_turned_away_even_where_the_answer_was_wrong(desk, take):
    take(**PART)
    desk.answer(id_of(desk, "A1"), postcode="44000")
    (line,) = take(**(PART | {"code_postal": "44100"})).rejected
    assert line.column == "code_postal"


def test_an_intake_completed_here_is_left_to_who_takes_it(desk, take):
    take(**PART)
    desk.answer(id_of(desk, "A1"), phone="0639980101")
    assert counts(take(**PART, sexe="F")) == (0, 1, 0, 0)
    assert state(desk) is FileState.INTAKE


@pytest.mark.parametrize("before", FileState)
def test_a_file_further_on_stays_where_it_is(desk, take, before):
    take(**PART)
    with desk.store.write() as transaction:
        subject = transaction.participants.by_reference("A1")
        transaction.participants.set_state(subject, before, "2026-11-01")
    assert counts(take(**WHOLE)) == (0, 1, 0, 0)
    is_early = before in {FileState.LEAD, FileState.INTAKE}
    assert state(desk) is (FileState.TO_COMMISSION if is_early else before)
    with desk.store.read() as transaction:
        assert transaction.participants.entry_on(subject) == "2026-11-01"


# Between laptops


@pytest.mark.postgres
def test_two_laptops_and_the_same_file_agree_on_the_correction(enrol):
    one, other = enrol(), enrol("Portable 2", "Yann Morvan")
    one.services.imports.run(SAMPLE)
    one.sync()
    other.sync()
    subject = id_of(other, SUBJECT)
    other.answer(subject, phone="0639980155")
    other.sync()
    one.sync()
    assert counts(one.services.imports.run(SAMPLE)) == (0, 0, 60, 0)
    one.sync()
    other.sync()
    assert one.value(subject, "phone") == other.value(subject, "phone") == "0639980155"
