"""The pocket plan: folded twice it reads like a booklet, and a phone reads its appointment."""

import re
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings

from plie_desktop.documents import pocket_sheet
from plie_desktop.documents.layout import PAGE_HEIGHT, PAGE_WIDTH
from plie_desktop.documents.pocket_faces import ahead
from plie_desktop.models.domain.plan import PlanMeeting, PlanStep
from plie_desktop.text import Words, words
from tests.documents.papers import (
    HOSTILE,
    OVERLONG,
    TODAY,
    Wordy,
    anything_said,
    crowded,
    long_pathway,
    make_paper,
    make_step,
)
from tests.documents.reading import DrawnText, overlapping, read_pdf, spaceless

REST = "… la suite est dans votre dossier, demandez-la à votre référent"
FRONT, INSIDE_LEFT, INSIDE_RIGHT, BACK = range(4)
FOLDING_SIZE = 7
A6 = (PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
NOTHING = {"steps": (), "meetings": (), "wishes": (), "referent_phone": "", "referent_email": ""}


@pytest.fixture
def pocket(french):
    """Prints a paper with some things changed and reads it back."""

    def read(**changes):
        (page,) = read_pdf(pocket_sheet.render(make_paper(**changes), french, TODAY))
        return page

    return read


def _fold(text: DrawnText):
    """The page of the booklet a text is on, its place there, the way it runs for the reader.

    The sheet is folded as it says: the top to the back, then the left to the back. Each fold
    mirrors what it moves and turns its ink away; layers count from the front.
    """
    (x, y), (a, b) = text.start, text.way
    layer, is_towards = 0, True
    if y > A6[1]:
        y, b, layer, is_towards = PAGE_HEIGHT - y, -b, 1, not is_towards
    if x < A6[0]:
        x, a, layer, is_towards = PAGE_WIDTH - x, -a, 3 - layer, not is_towards
    x -= A6[0]
    if not is_towards:
        # Read from the other side, left and right change places.
        x, a = A6[0] - x, -a
    return layer, (x, y), (a, b)


def _booklet(page):
    """What each page of the folded sheet says, from its top to its foot."""
    pages = {FRONT: [], INSIDE_LEFT: [], INSIDE_RIGHT: [], BACK: []}
    for text in page.texts:
        if text.size != FOLDING_SIZE and text.text.strip():
            layer, (x, y), _ = _fold(text)
            pages[layer].append((-round(y), x, text.text))
    return {
        layer: " ".join(" ".join(text for *_, text in sorted(texts)).replace("\u00a0", " ").split())
        for layer, texts in pages.items()
    }


def test_the_folded_sheet_is_a_booklet_of_four_pages(pocket):
    booklet = _booklet(pocket())
    assert re.search("Fatima Mon prochain rendez-vous mardi 3 mars à 10 h", booklet[FRONT])
    assert booklet[FRONT].endswith("Espace social, Maurepas")
    assert booklet[INSIDE_LEFT].startswith("Mon référent Claire Morvan 06 12 34 56 78 Si quelque")
    assert booklet[INSIDE_RIGHT].startswith("Mes prochaines étapes Cours de français")
    assert booklet[BACK].startswith("Dans mon téléphone Visez ce carré")


@pytest.mark.parametrize("changes", [{}, NOTHING], ids=["usual", "minimal"])
def test_every_page_of_the_booklet_reads_upright(pocket, changes):
    texts = pocket(**changes).texts
    assert {_fold(text)[2] for text in texts} == {(1, 0)}
    assert {text.way for text in texts} == {(1, 0), (-1, 0)}


def test_every_text_stays_within_its_page(pocket):
    for text in pocket().texts:
        if text.size != FOLDING_SIZE:
            left, bottom, right, top = text.bounds
            assert left // A6[0] == right // A6[0]
            assert bottom // A6[1] == top // A6[1]
            _, (x, y), _ = _fold(text)
            assert 20 <= x <= A6[0] - 20 - (right - left)
            assert 20 <= y <= A6[1] - 20


def test_folds_are_marked_faintly_in_the_middle_of_the_sheet(pocket):
    faint = [path.bounds for path in pocket().paths if path.ink == (195, 205, 214)]
    (across,) = [one for one in faint if one[2] - one[0] > 500]
    (down,) = [one for one in faint if one[3] - one[1] > 700]
    assert (across[1] + across[3]) / 2 == pytest.approx(PAGE_HEIGHT / 2, abs=0.1)
    assert (down[0] + down[2]) / 2 == pytest.approx(PAGE_WIDTH / 2, abs=0.1)


def test_the_hour_is_the_largest_text_and_the_telephone_comes_next(pocket):
    texts = pocket().texts
    sizes = sorted({text.size for text in texts}, reverse=True)
    largest = " ".join(text.text for text in texts if text.size == sizes[0])
    assert largest.replace("\u00a0", " ").split() == ["mardi", "3", "mars", "à", "10", "h"]
    assert "06" in next(text.text for text in texts if text.size == sizes[1])


def test_a_long_address_is_told_whole_in_smaller_letters(pocket):
    where = (
        "Centre communal d’action sociale, 3e étage, porte B, escalier de gauche "
        "au fond de la cour, 12 boulevard de la République, 35000 Rennes"
    )
    page = pocket(meetings=(PlanMeeting("2026-03-03T10:00", where),))
    assert where in _booklet(page)[FRONT]
    assert spaceless(REST) not in spaceless(page.text)


def test_a_paper_that_may_be_lost_has_no_whole_name(pocket):
    page = pocket(full_name="Fatima Quatremarre", first_name="Fatima")
    assert "Fatima" in page.text
    assert "Quatremarre" not in page.text


def test_three_steps_and_the_gaps_among_them_are_told(pocket):
    inside = _booklet(pocket())[INSIDE_RIGHT]
    assert "Rien de prévu pour le moment du 25 avril au 7 juin 2026 Stage" in inside
    assert "Chantier d’insertion CLPS, Rennes à partir du 1er septembre 2026" in inside
    assert "Bilan" not in inside
    assert REST not in inside


def test_more_steps_than_three_are_announced(pocket):
    steps = tuple(make_step(f"étape-{n}", TODAY + timedelta(days=n)) for n in range(4))
    inside = _booklet(pocket(steps=steps))[INSIDE_RIGHT]
    assert re.findall(r"étape-\d", inside) == ["étape-0", "étape-1", "étape-2"]
    assert REST in inside


def test_steps_ahead_leave_out_what_is_done_or_past():
    done = make_step("fait", TODAY, is_done=True)
    past = make_step("passé", date(2026, 1, 5), date(2026, 1, 30))
    gaps = tuple(make_step("", TODAY + timedelta(days=day), is_gap=True) for day in range(4))
    step = make_step("ensuite", TODAY + timedelta(days=9))
    assert ahead((past, done, step), TODAY) == ([step], False)
    assert ahead((*gaps, step), TODAY) == ([*gaps[:2], step], True)
    assert ahead((step, gaps[0]), TODAY) == ([step, gaps[0]], False)


def test_a_minimal_plan_leaves_room_to_write(pocket):
    page = pocket(**NOTHING)
    booklet = _booklet(page)
    assert "Aucun rendez-vous n’est encore pris." in booklet[FRONT]
    assert "Téléphone" in booklet[INSIDE_LEFT]
    assert "Aucune étape n’est encore prévue." in booklet[INSIDE_RIGHT]
    assert re.search("Jour Heure Lieu", booklet[BACK])
    dotted = [path for path in page.paths if path.ink == (118, 135, 154)]
    assert len(dotted) == 1 + 5 + 3


def test_foot_says_document_version_page_and_dates(pocket):
    back = _booklet(pocket())[BACK]
    assert back.count("Cofinancé par l’Union européenne Page 1/1") == 1
    assert "RM-2026-00042-P3, version 3. Données du 1er mars 2026, imprimé le 2 mars 2026." in back


# What a phone sees


def _codes(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[0].render(scale=150 / 72, grayscale=True)
    picture = memoryview(bytes(bitmap.buffer)).cast("B", shape=[bitmap.height, bitmap.stride])
    found = [code.text for code in zxingcpp.read_barcodes(picture)]
    document.close()
    return found


def test_a_phone_reads_the_appointment_and_nothing_else(french):
    (code,) = _codes(pocket_sheet.render(make_paper(), french, TODAY))
    assert code == (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//plan//FR\r\n"
        "BEGIN:VEVENT\r\nUID:20260303T100000-plan\r\nDTSTAMP:20260302T000000Z\r\n"
        "DTSTART:20260303T100000\r\nSUMMARY:Rendez-vous\r\n"
        "LOCATION:Espace social\\, Maurepas\r\nDESCRIPTION:06 12 34 56 78\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.mark.parametrize("typed", [*HOSTILE, *OVERLONG.values(), "محمد علي"])
def test_a_phone_reads_the_code_whatever_was_typed(french, typed):
    (code,) = _codes(pocket_sheet.render(crowded(typed, ()), french, TODAY))
    assert code.startswith("BEGIN:VCALENDAR")
    assert code.endswith("END:VCALENDAR\r\n")


@pytest.mark.parametrize("meetings", [(), (PlanMeeting("bientôt", "ici"),)])
def test_without_a_moment_there_is_no_code(french, meetings):
    assert _codes(pocket_sheet.render(make_paper(meetings=meetings), french, TODAY)) == []


# Whatever is typed


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_printed_as_typed(french, typed):
    paper = make_paper(
        first_name=typed,
        referent_name=typed,
        referent_email=typed,
        steps=(PlanStep(typed, typed, typed, TODAY, None),),
        meetings=(PlanMeeting("2026-03-03T10:00", typed),),
    )
    booklet = _booklet(read_pdf(pocket_sheet.render(paper, french, TODAY))[0])
    counts = [spaceless(booklet[layer]).count(spaceless(typed)) for layer in range(4)]
    assert counts == [2, 2, 3, 0]


@pytest.mark.parametrize("typed", OVERLONG.values(), ids=OVERLONG)
@pytest.mark.parametrize("steps", [(), long_pathway], ids=["no steps", "many steps"])
def test_no_text_breaks_a_page_of_the_booklet(french, typed, steps):
    paper = crowded(typed, steps and steps(typed))
    (page,) = read_pdf(pocket_sheet.render(paper, french, TODAY))
    assert overlapping(page) == []
    assert {_fold(text)[2] for text in page.texts} == {(1, 0)}
    for text in page.texts:
        if text.size != FOLDING_SIZE:
            _, (x, y), _ = _fold(text)
            assert 20 <= x <= A6[0] - 20
            assert 20 <= y <= A6[1] - 20
            assert text.bounds[0] // A6[0] == text.bounds[2] // A6[0]


def test_a_wordier_language_still_fits_the_pages():
    paper = crowded("mot " * 500, long_pathway("mot " * 500))
    (page,) = read_pdf(pocket_sheet.render(paper, Words("en", Wordy(), {}), TODAY))
    assert overlapping(page) == []
    assert min(_fold(text)[1][1] for text in page.texts if text.size != FOLDING_SIZE) >= 20


def test_what_is_cut_is_announced_on_its_page(french):
    long = "un mot après l’autre " * 60
    booklet = _booklet(read_pdf(pocket_sheet.render(crowded(long, ()), french, TODAY))[0])
    assert REST in booklet[FRONT]
    assert REST in booklet[INSIDE_LEFT]


def test_arabic_and_unprintable_names_are_drawn(pocket):
    drawn = "".join(text.text for text in pocket(first_name="محمد 😀").texts)
    assert set("محمد▯") <= set(drawn)


def test_the_same_paper_gives_the_same_bytes(french):
    first = pocket_sheet.render(make_paper(), french, TODAY)
    pocket_sheet.render(make_paper(first_name="autre ÀÊÎ €"), french, TODAY)
    assert pocket_sheet.render(make_paper(), french, TODAY) == first


def test_typefaces_are_embedded_and_the_file_is_light(french):
    pdf = pocket_sheet.render(make_paper(), french, TODAY)
    fonts = {text.font: text.is_embedded for page in read_pdf(pdf) for text in page.texts}
    assert fonts == {"FiraGO-Regular": True, "FiraGO-Bold": True, "Ubuntu-Regular": True}
    assert b"Helvetica" not in pdf
    assert len(pdf) < 40_000


def test_file_tells_its_title_author_language_and_no_name(french):
    pdf = pocket_sheet.render(make_paper(first_name="Zénobie"), french, TODAY)
    assert b"/Lang (fr)" in pdf
    assert b"RM-2026-00042-P3" in pdf
    assert b"/CreationDate (D:20260302000000Z)" in pdf
    assert b"nobie" not in pdf


def test_paper_speaks_english():
    pdf = pocket_sheet.render(make_paper(steps=()), words("en"), TODAY)
    booklet = _booklet(read_pdf(pdf)[0])
    assert "My next appointment Tuesday 3 March at 10:00" in booklet[FRONT]
    assert "My next steps" in booklet[INSIDE_RIGHT]
    assert "SUMMARY:Appointment" in _codes(pdf)[0]
    assert "référent" not in " ".join(booklet.values())


@settings(deadline=None, max_examples=60)
@given(anything_said)
def test_any_paper_is_one_sheet_that_folds(said):
    plain = Words("fr", {}, {})
    pdf = pocket_sheet.render(make_paper(**said), plain, TODAY)
    (page,) = read_pdf(pdf)
    for text in page.texts:
        layer, (_, y), way = _fold(text)
        assert way == (1, 0)
        assert layer == FRONT or text.size == FOLDING_SIZE or 20 <= y <= A6[1] - 20
    assert pocket_sheet.render(make_paper(**said), plain, TODAY) == pdf
