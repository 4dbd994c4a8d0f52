"""The plan on paper: everything is there, as typed, on two pages at most."""

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plie_desktop.documents import plan_sheet
from plie_desktop.models.domain.plan import PlanMeeting, PlanStep
from plie_desktop.text import Words
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
from tests.documents.reading import overlapping, read_pdf, spaceless, text_of

REST = "… la suite est dans votre dossier, demandez-la à votre référent"
HEADINGS = (
    "Mon plan vers l’emploi",
    "Mon prochain rendez-vous",
    "Ma situation aujourd’hui",
    "Ce que je veux",
    "Ce qui m’aide",
    "Ce qui me bloque",
    "Mes étapes",
    "Je m’engage à",
    "Mon référent s’engage à",
    "Mes rendez-vous",
    "Si quelque chose change",
    "Mes données",
    "Nos signatures",
)


def test_every_section_is_there_in_order(printed):
    text = spaceless("".join(page.text for page in printed()))
    places = [text.find(spaceless(heading)) for heading in HEADINGS]
    assert -1 not in places
    assert places == sorted(places)


def test_everything_typed_is_on_the_paper(printed):
    paper = make_paper()
    text = spaceless("".join(page.text for page in printed()))
    said = [*paper.situation, *paper.wishes, *paper.helps, *paper.blocks, paper.full_name]
    said += [word for step in paper.steps for word in (step.title, step.operator, step.place)]
    said += [meeting.place for meeting in paper.meetings]
    assert [word for word in said if spaceless(word) not in text] == []
    assert spaceless(REST) not in text


def test_next_appointment_is_the_first_to_come_and_the_largest_after_the_title(printed):
    first = printed(
        meetings=(
            PlanMeeting("2026-02-27T09:00", "passé"),
            PlanMeeting("2026-05-04T14:30", "plus tard"),
            PlanMeeting("2026-03-03T10:00", "Maurepas"),
        )
    )[0]
    largest = sorted({text.size for text in first.texts}, reverse=True)
    assert "Mon plan" in next(text.text for text in first.texts if text.size == largest[0])
    shown = " ".join(text.text for text in first.texts if text.size == largest[1])
    assert shown.split() == ["mardi", "3", "mars", "2026", "à", "10", "h"]
    assert "passé" not in first.text


def test_telephone_is_said_in_pairs(printed):
    assert "06 12 34 56 78" in printed()[0].text.replace("\u00a0", " ")


def test_gap_is_named_with_its_days(printed):
    text = " ".join(" ".join(page.text for page in printed()).split())
    assert "Rien de prévu pour le moment du 25 avril au 7 juin 2026" in text


def test_gap_is_hatched(printed):
    def marks(pages):
        paths = [path for page in pages for path in page.paths]
        tinted = [path for path in paths if path.is_filled and path.ink == (255, 240, 214)]
        hatching = [path for path in paths if not path.is_filled and path.ink == (227, 184, 115)]
        return len(tinted), len(hatching) > 4

    assert marks(printed()) == (1, True)
    assert marks(printed(steps=(make_step(),))) == (0, False)


def test_current_step_is_marked(printed):
    text = "".join(page.text for page in printed())
    assert text.count("En ce moment") == 1
    assert "Aujourd’hui, " not in text


def test_today_is_marked_between_the_steps_when_none_is_current(printed):
    steps = (
        make_step("Avant", date(2026, 1, 5), date(2026, 1, 30)),
        make_step("Après", date(2026, 6, 8), date(2026, 6, 19)),
    )
    text = " ".join(printed(steps=steps)[0].text.split())
    assert re.search("Avant.*Aujourd’hui, lundi 2 mars 2026.*Après", text)


def test_empty_plan_says_so_and_leaves_room_to_write(printed):
    pages = printed(situation=(), wishes=(), helps=(), blocks=(), steps=(), meetings=())
    text = " ".join(" ".join(page.text for page in pages).split())
    assert len(pages) == 2
    assert "Aucune étape n’est encore prévue." in text
    assert "Aucun rendez-vous n’est encore pris." in text
    assert text.count("À écrire ensemble") == 2


def test_foot_says_document_version_page_and_date_of_data(printed):
    for number, page in enumerate(printed(), 1):
        foot = " ".join(page.text.replace("\u00a0", " ").split())
        assert "RM-2026-00042-P3, version 3." in foot
        assert "Données du 1er mars 2026" in foot
        assert f"Page {number}/2" in foot


def test_address_of_the_data_protection_officer_is_given(printed):
    assert "dpo@exemple.fr" in printed(dpo_contact="dpo@exemple.fr")[1].text
    assert "votre référent vous donne" in " ".join(printed()[1].text.split())


def test_six_wishes_print_three_and_announce_the_rest(printed):
    text = printed(wishes=tuple(f"souhait numéro {n}" for n in range(1, 7)))[0].text
    assert [n for n in range(1, 7) if f"souhait numéro {n}" in text] == [1, 2, 3]
    assert REST in text


def test_twenty_steps_print_six_and_announce_the_rest(printed):
    steps = tuple(make_step(f"étape-{n}", TODAY + timedelta(days=n)) for n in range(20))
    pages = printed(steps=steps)
    text = "".join(page.text for page in pages)
    assert len(re.findall(r"étape-\d+", text)) == 6
    assert REST in text
    assert len(pages) == 2


def test_note_stays_on_the_page_of_what_it_continues(printed):
    for count in range(3, 12):
        steps = tuple(
            make_step("mot " * 60, TODAY + timedelta(days=day), is_done=day < 2)
            for day in range(count)
        )
        for page in printed(steps=steps):
            assert not page.text.partition("\n")[2].startswith("…")


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_printed_as_typed(french, typed):
    paper = make_paper(
        full_name=typed,
        situation=(typed,),
        wishes=(typed,),
        helps=(typed,),
        blocks=(typed,),
        steps=(PlanStep(typed, typed, typed, TODAY, None),),
        meetings=(PlanMeeting("2026-03-03T10:00", typed),),
    )
    text = spaceless(text_of(plan_sheet.render(paper, french, TODAY)))
    # Name (twice, and in the box to sign), four answers, a step's three, a meeting twice.
    assert text.count(spaceless(typed)) == 12


@pytest.mark.parametrize("typed", OVERLONG.values(), ids=OVERLONG)
def test_no_text_breaks_the_page(french, typed):
    pages = read_pdf(plan_sheet.render(crowded(typed, long_pathway(typed)), french, TODAY))
    assert len(pages) == 2
    text = spaceless("".join(page.text for page in pages))
    assert all(spaceless(heading) in text for heading in HEADINGS)
    assert spaceless(REST) in text
    for page in pages:
        for drawn in page.texts:
            left, bottom, right, top = drawn.bounds
            assert left >= 40
            assert right <= 596 - 40
            assert bottom >= 12
            assert top <= 842


def test_texts_never_lie_upon_each_other(french):
    paper = crowded("Un texte assez long pour prendre plusieurs lignes. " * 9, long_pathway("x"))
    for page in read_pdf(plan_sheet.render(paper, french, TODAY)):
        assert overlapping(page) == []


def test_wordier_language_still_fits_two_pages():
    paper = crowded("mot " * 500, long_pathway("mot " * 500))
    wordy = Words("en", Wordy(), {})
    assert len(read_pdf(plan_sheet.render(paper, wordy, TODAY))) == 2


def test_arabic_and_unprintable_names_are_drawn(printed):
    first = printed(full_name="محمد علي", situation=("😀 漢字 \ud800 fin",))[0]
    drawn = "".join(text.text for text in first.texts)
    assert set("محمدعلي") <= set(drawn)
    assert "▯ ▯▯ ▯ fin" in drawn


def test_the_same_paper_gives_the_same_bytes(french):
    first = plan_sheet.render(make_paper(), french, TODAY)
    plan_sheet.render(make_paper(wishes=("autre ÀÊÎ €",)), french, TODAY)
    assert plan_sheet.render(make_paper(), french, TODAY) == first


def test_paper_of_a_usual_plan_is_light(french):
    assert len(plan_sheet.render(make_paper(), french, TODAY)) < 40_000


def test_typefaces_are_embedded_and_only_the_letters_used(french):
    pdf = plan_sheet.render(make_paper(), french, TODAY)
    fonts = {text.font: text.is_embedded for page in read_pdf(pdf) for text in page.texts}
    assert fonts == {"FiraGO-Regular": True, "FiraGO-Bold": True, "Ubuntu-Regular": True}
    assert pdf.count(b"/FontFile2") == len(re.findall(rb"/BaseFont /[A-Z]{6}\+", pdf)) == 3
    assert b"Helvetica" not in pdf


def test_file_tells_its_title_author_language_and_no_name(french):
    pdf = plan_sheet.render(make_paper(full_name="Zoé Quatremarre"), french, TODAY)
    assert b"/Lang (fr)" in pdf
    assert b"/Title (Plan PLIE RM-2026-00042-P3)" in pdf
    assert b"/Author (Rennes M\\351tropole)" in pdf
    assert b"/CreationDate (D:20260302000000Z)" in pdf
    assert b"Quatremarre" not in pdf


def test_paper_speaks_the_language_it_is_given():
    english = Words(
        "en",
        {"Mes étapes": "My steps", "à {hour}": "at {hour}", "Page {number}/{count}": "p. {number}"},
        {},
    )
    pdf = plan_sheet.render(make_paper(), english, TODAY)
    first = " ".join(read_pdf(pdf)[0].text.replace("\u00a0", " ").split())
    assert "My steps" in first
    assert "Mes étapes" not in first
    assert "Tuesday 3 March 2026 at 10:00" in first
    assert b"/Lang (en)" in pdf


SPY = """
import sys
from plie_desktop.documents import plan_sheet, preview
from plie_desktop.text import Words
from tests.documents.papers import TODAY, make_paper

seen = []

def watch(event, details):
    if event == "open":
        path, mode, flags = details
        if set(str(mode or "")) & set("wax+") or (flags or 0) & 3 or "passwd" in str(path):
            seen.append((event, path, mode, flags))
    elif event.split(".")[0] in {"tempfile", "subprocess", "socket", "shutil"} or event in {
        "os.mkdir", "os.rename", "os.remove", "os.truncate", "os.link", "os.symlink", "os.exec",
    }:
        seen.append((event, details))

sys.addaudithook(watch)
typed = '<img src="file:///etc/passwd"/>'
pdf = plan_sheet.render(make_paper(wishes=(typed,)), Words("fr", {}, {}), TODAY)
images = preview.pages(pdf, 100)
assert len(images) == 2
print(seen)
"""


def test_printing_and_previewing_open_nothing_for_writing(request):
    # -B: Python's own compiled modules are not what is watched for.
    child = subprocess.run(
        [sys.executable, "-B", "-c", SPY],
        cwd=request.config.rootpath,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert child.stdout.strip() == "[]"


@settings(deadline=None, max_examples=60)
@given(anything_said)
def test_any_paper_is_two_pages_whole_and_repeatable(said):
    words = Words("fr", {}, {})
    pdf = plan_sheet.render(make_paper(**said), words, TODAY)
    pages = read_pdf(pdf)
    text = spaceless("".join(page.text for page in pages))
    assert len(pages) == 2
    assert all(spaceless(heading) in text for heading in HEADINGS)
    assert plan_sheet.render(make_paper(**said), words, TODAY) == pdf


printable = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789éèàçœÉ <>&\"'{}%()/#;@"),
    min_size=1,
    max_size=90,
).filter(str.strip)


@settings(deadline=None, max_examples=60)
@given(st.lists(printable, min_size=1, max_size=3))
def test_wishes_are_read_back_as_typed(wishes):
    words = Words("fr", {}, {})
    pdf = plan_sheet.render(make_paper(wishes=tuple(wishes)), words, TODAY)
    text = spaceless(text_of(pdf))
    assert [wish for wish in wishes if spaceless(wish) not in text] == []
