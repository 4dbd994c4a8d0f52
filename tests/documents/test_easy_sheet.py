"""The easy-to-read plan: large letters, short sentences, nothing left out in silence."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from plie_desktop.documents import easy_sheet
from plie_desktop.documents.layout import MARGIN
from plie_desktop.models.domain.plan import PlanMeeting, PlanStep
from plie_desktop.text import Words, words
from tests.documents.papers import (
    HOSTILE,
    OVERLONG,
    TODAY,
    anything_said,
    crowded,
    long_pathway,
    make_paper,
    make_step,
)
from tests.documents.reading import overlapping, read_pdf, spaceless, text_of

REST = "… La suite est dans mon dossier. Je la demande à mon référent."
ALWAYS = (
    "Mon plan, facile à lire",
    "Mon prochain rendez-vous",
    "Mon référent",
    "Ce que je veux",
    "Mes étapes",
    "Ce que je promets",
    "Ce que mon référent promet",
    "Si quelque chose change",
    "Mes données",
)
NOTHING = {
    "situation": (),
    "wishes": (),
    "helps": (),
    "blocks": (),
    "steps": (),
    "meetings": (),
    "referent_phone": "",
}


@pytest.fixture
def easy(french):
    """Prints a paper with some things changed and reads it back, page by page."""

    def read(**changes):
        return read_pdf(easy_sheet.render(make_paper(**changes), french, TODAY))

    return read


def _said(pages):
    return " ".join(" ".join(page.text.replace("\u00a0", " ") for page in pages).split())


def _between_head_and_foot(page):
    return [text for text in page.texts if 95 < text.start[1] < 770]


def _told(pages):
    """What the pages say from one to the next, without heads and feet."""
    texts = [text.text for page in pages for text in _between_head_and_foot(page)]
    return " ".join(" ".join(texts).split()).replace("\u00a0", " ")


def _is_rank(text):
    """A rank in its disc is a sign beside words, as a tick is."""
    return text.text.strip().isdigit()


def test_it_calls_itself_easy_to_read_and_no_more(easy):
    said = _said(easy())
    assert "Mon plan, facile à lire" in said
    assert "FALC" not in said.upper().replace("FALCON", "")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("changes", [{}, NOTHING], ids=["usual", "minimal"])
def test_nothing_is_smaller_than_14_points(language, changes):
    pages = read_pdf(easy_sheet.render(make_paper(**changes), words(language), TODAY))
    sizes = {text.size for page in pages for text in page.texts if not _is_rank(text)}
    assert min(sizes) >= 14


def test_lines_are_one_and_a_half_apart_and_begin_at_one_place(easy):
    last = easy()[-1]
    body = [text for text in last.texts if "informations" in text.text or "preuve" in text.text]
    assert len(body) >= 3
    for upper, lower in pairwise(body):
        lines = (upper.start[1] - lower.start[1]) / upper.size / 1.5
        assert lines == pytest.approx(round(lines), abs=0.01)
    assert len({text.start[0] for text in body}) == 1


def test_every_line_begins_at_the_margin_or_the_column(easy):
    for page in easy():
        left = {round(text.start[0]) for text in _between_head_and_foot(page) if not _is_rank(text)}
        assert left <= {round(MARGIN), round(MARGIN + 34)}


def test_a_short_plan_takes_two_pages_at_the_largest_size_that_does(easy):
    pages = easy(**NOTHING)
    assert len(pages) == 2
    assert max(len(text.text) for text in pages[0].texts if text.size == 17) > 20


def test_a_long_plan_takes_the_pages_it_needs_and_stays_as_large(easy):
    wishes = tuple("Apprendre à lire et à écrire pour remplir mes papiers. " * 4 for _ in range(3))
    pages = easy(wishes=wishes, situation=wishes, helps=wishes, blocks=wishes)
    assert len(pages) > 2
    assert _said(pages).count("Apprendre à lire") == 48
    assert REST not in _said(pages)


def test_headings_come_in_order(easy):
    text = spaceless(_said(easy()))
    places = [text.find(spaceless(heading)) for heading in ALWAYS]
    assert -1 not in places
    assert places == sorted(places)


def test_everything_typed_is_on_the_paper(easy):
    paper = make_paper()
    text = spaceless(_said(easy()))
    said = [*paper.situation, *paper.wishes, *paper.helps, *paper.blocks, paper.full_name]
    said += [step.title for step in paper.steps]
    said += [word for step in paper.steps if not step.is_done for word in (step.operator,)]
    said += [meeting.place for meeting in paper.meetings]
    assert [word for word in said if spaceless(word) not in text] == []
    assert spaceless(REST) not in text


def test_dates_are_said_as_people_say_them(easy):
    said = _said(easy())
    assert "mardi 3 mars à 10 h Où : Espace social, Maurepas" in said
    assert "mercredi 1er avril à 14 h 30" in said
    next_year = easy(meetings=(PlanMeeting("2027-01-05T09:00", "ici"),))
    assert "mardi 5 janvier 2027 à 9 h" in _said(next_year)


def test_telephone_is_in_pairs_and_the_largest_on_the_paper(easy):
    first = easy()[0]
    largest = max(first.texts, key=lambda text: text.size)
    assert largest.text.replace("\u00a0", " ").strip() == "06 12 34 56 78"


def test_steps_are_told_now_then_next_then_before(easy):
    told = _told(easy())
    assert re.search(
        "Maintenant Cours de français .*du 9 février au 24 avril 2026 "
        "Ensuite Rien n’est prévu du 25 avril au 7 juin 2026. .*"
        "Stage dans une école .*Chantier d’insertion .*Avant Bilan en français",
        told.replace("Mes étapes (suite) ", ""),
    )


def test_a_step_that_is_past_and_not_finished_says_so(easy):
    past = make_step("Atelier", date(2026, 1, 5), date(2026, 1, 30))
    gap = make_step("", date(2026, 2, 1), date(2026, 2, 20), is_gap=True)
    said = _said(easy(steps=(past, gap)))
    assert "Avant Atelier" in said
    assert "Cette étape n’est pas terminée." in said
    assert "Rien n’était prévu du 1er au 20 février 2026." in said


def test_a_gap_of_today_is_told_as_now(easy):
    gap = make_step("", date(2026, 2, 1), date(2026, 3, 20), is_gap=True)
    assert "Maintenant Rien n’est prévu du 1er février au 20 mars 2026." in _said(
        easy(steps=(gap,))
    )


def test_steps_on_a_new_page_stand_under_their_title_and_their_word(easy):
    many = tuple(make_step(f"étape-{n}", TODAY + timedelta(days=n + 1)) for n in range(6))
    for page in easy(steps=many)[1:]:
        told = _told([page])
        if "étape-" in told:
            assert told.startswith("Mes étapes (suite) Ensuite étape-")


def test_a_list_that_goes_on_stands_under_its_title_again(easy):
    pages = easy(blocks=tuple("Chercher une garde pour le soir. " * 4 for _ in range(6)))
    assert len(pages) > 2
    for page in pages[1:]:
        first = _between_head_and_foot(page)[0]
        assert first.font == "FiraGO-Bold"


def test_what_is_beyond_the_room_is_announced(easy):
    text = _said(
        easy(
            wishes=tuple(f"souhait numéro {n}" for n in range(1, 7)),
            steps=tuple(make_step(f"étape-{n}", TODAY + timedelta(days=n)) for n in range(20)),
            meetings=tuple(
                PlanMeeting(f"2026-04-{day:02}T10:00", "Maurepas") for day in range(1, 13)
            ),
        )
    )
    assert [n for n in range(1, 7) if f"souhait numéro {n}" in text] == [1, 2, 3]
    assert len(re.findall(r"étape-\d+", text)) == 6
    assert text.count(REST) == 3


def test_note_stays_on_the_page_of_what_it_continues(easy):
    for count in range(3, 12):
        steps = tuple(
            make_step("mot " * 200, TODAY + timedelta(days=day), is_done=day < 2)
            for day in range(count)
        )
        for page in easy(steps=steps):
            assert not _between_head_and_foot(page)[0].text.startswith("…")


def test_a_minimal_plan_leaves_room_to_write(easy):
    pages = easy(**NOTHING)
    said = _said(pages)
    assert "Je n’ai pas encore de rendez-vous." in said
    assert "J’écris ici son numéro de téléphone" in said
    assert "Aucune étape n’est encore prévue." in said
    assert "Ma situation" not in said
    dotted = [path for page in pages for path in page.paths if path.ink == (118, 135, 154)]
    assert len(dotted) == 1 + 2 + 3


def test_foot_says_document_version_page_and_dates(easy):
    pages = easy()
    for number, page in enumerate(pages, 1):
        foot = _said([page])
        assert "RM-2026-00042-P3, version 3." in foot
        assert "Données du 1er mars 2026. Imprimé le 2 mars 2026." in foot
        assert f"Page {number}/{len(pages)}" in foot


def test_address_of_the_data_protection_officer_is_given(easy):
    assert "j’écris à : dpo@exemple.fr" in _said(easy(dpo_contact="dpo@exemple.fr"))
    assert "Mon référent me dit à qui écrire." in _said(easy())


def test_each_heading_has_its_sign(easy):
    """A filled shape to its left."""
    headings = 0
    for page in easy():
        signs = [path.bounds for path in page.paths if path.is_filled and path.bounds[2] < 76]
        for text in _between_head_and_foot(page):
            if text.start[0] > 60 and text.font == "FiraGO-Bold" and text.size > 17:
                middle = text.start[1] + text.size * 0.345
                headings += "mars" not in text.text
                near = [one for one in signs if abs((one[1] + one[3]) / 2 - middle) < 12]
                assert near or "mars" in text.text, text.text
    assert headings > 10


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
    pages = read_pdf(easy_sheet.render(paper, french, TODAY))
    text = spaceless("".join(page.text for page in pages))
    # The name stands again in the head of each page but the first.
    assert text.count(spaceless(typed)) == 1 + 4 + 3 + 1 + len(pages) - 1


@pytest.mark.parametrize("typed", OVERLONG.values(), ids=OVERLONG)
def test_no_text_breaks_the_page(french, typed):
    pages = read_pdf(easy_sheet.render(crowded(typed, long_pathway(typed)), french, TODAY))
    text = spaceless("".join(page.text for page in pages))
    assert all(spaceless(heading) in text for heading in ALWAYS)
    assert spaceless(REST) in text
    for page in pages:
        assert min(text.size for text in page.texts if not _is_rank(text)) >= 14
        for drawn in page.texts:
            left, bottom, right, top = drawn.bounds
            assert left >= 40
            assert right <= 596 - 40
            assert bottom >= 12
            assert top <= 842
        assert overlapping(page) == []


def test_texts_never_lie_upon_each_other(french):
    paper = crowded("Un texte assez long pour prendre plusieurs lignes. " * 9, long_pathway("x"))
    for page in read_pdf(easy_sheet.render(paper, french, TODAY)):
        assert overlapping(page) == []


def test_arabic_and_unprintable_names_are_drawn(easy):
    first = easy(full_name="محمد علي", wishes=("😀 漢字 \ud800 fin",))[0]
    drawn = "".join(text.text for text in first.texts)
    assert set("محمدعلي") <= set(drawn)
    assert "▯ ▯▯ ▯ fin" in drawn


def test_the_same_paper_gives_the_same_bytes(french):
    first = easy_sheet.render(make_paper(), french, TODAY)
    easy_sheet.render(make_paper(wishes=("autre ÀÊÎ €",)), french, TODAY)
    assert easy_sheet.render(make_paper(), french, TODAY) == first


def test_typefaces_are_embedded_and_the_file_is_light(french):
    pdf = easy_sheet.render(make_paper(), french, TODAY)
    fonts = {text.font: text.is_embedded for page in read_pdf(pdf) for text in page.texts}
    assert fonts == {"FiraGO-Regular": True, "FiraGO-Bold": True, "Ubuntu-Regular": True}
    assert b"Helvetica" not in pdf
    assert len(pdf) < 40_000


def test_file_tells_its_title_author_language_and_no_name(french):
    pdf = easy_sheet.render(make_paper(full_name="Zoé Quatremarre"), french, TODAY)
    assert b"/Lang (fr)" in pdf
    assert b"RM-2026-00042-P3" in pdf
    assert b"/Author (Rennes M\\351tropole)" in pdf
    assert b"/CreationDate (D:20260302000000Z)" in pdf
    assert b"Quatremarre" not in pdf


def test_paper_speaks_english():
    said = text_of(easy_sheet.render(make_paper(**NOTHING), words("en"), TODAY))
    assert "My plan, easy to read" in said
    french = [word for word in ("référent", "Mes", "plan, facile", "Où") if word in said]
    assert french == []


@settings(deadline=None, max_examples=60)
@given(anything_said)
def test_any_paper_is_whole_large_and_repeatable(said):
    plain = Words("fr", {}, {})
    pdf = easy_sheet.render(make_paper(**said), plain, TODAY)
    pages = read_pdf(pdf)
    text = spaceless("".join(page.text for page in pages))
    assert all(spaceless(heading) in text for heading in ALWAYS)
    for page in pages:
        assert all(drawn.size >= 14 or _is_rank(drawn) for drawn in page.texts)
        # Nothing but the three lines of the foot stands as low as they do.
        assert len({drawn.start[1] for drawn in page.texts if drawn.start[1] < 86}) == 3
    assert easy_sheet.render(make_paper(**said), plain, TODAY) == pdf
