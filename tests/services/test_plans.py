"""The plan: what it says, what it leaves out, how its versions are kept."""

import dataclasses
import stat
import sys
from datetime import date

import pytest

from plie_desktop import bootstrap
from plie_desktop.errors import NotAllowedError, RefusedInputError
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.answers import DECLINED
from plie_desktop.models.domain.intake_form import FIELDS, Sensitivity
from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.models.domain.plan import PaperKind, PlanState
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.step import StepState
from plie_desktop.services.pathways import StepDraft
from plie_desktop.services.plans import ALL_SECTIONS, SECTION_LABELS, PlanChoices
from tests.documents.reading import read_pdf, spaceless, text_of
from tests.support.labels import left_french, whole_file

FRENCH = PlanChoices()


@pytest.fixture
def plans(desk):
    return desk.services.plans


@pytest.fixture
def person(desk):
    made = desk.person(
        birth_name="Exemple",
        first_name="Lou",
        labour_status="recherche_emploi",
        without_job_since="03",
        education="EDU3",
        transport="VELO|TC",
        licences="AUCUN",
        languages="fr|pt",
        jobs="18959|14075",
        brakes="mobilite-01|sante-08",
        disability="oui",
        nationality="PT",
        comment="Un mot privé",
    )
    services = desk.services
    services.participants.admit(made, date(2026, 9, 1))
    services.participants.set_referent(made, desk.opened.identity.staff.id)
    return made


def plan_step(desk, person, first, last, state=StepState.PLANNED):
    draft = StepDraft("FOR-LAN", "Français", "Organisme", "Maurepas", first, last, state)
    desk.services.pathways.save_step(person, None, draft)


def test_a_plan_says_who_and_what(desk, plans, person):
    paper = plans.prepare(person, FRENCH)
    assert paper.full_name == "Lou EXEMPLE"
    assert paper.number == f"{desk.services.participants.file(person).line.number}-P1"
    assert paper.data_date == date(2026, 11, 23)
    assert paper.referent_name == "Camille Exemple"
    assert paper.organisation == "PLIE d’entraînement"
    assert paper.situation == (
        "En recherche d’emploi",
        "Sans emploi\u00a0: De 12 à 23 mois",
        "Formation\u00a0: CAP, BEP ou équivalent obtenu",
    )
    assert paper.helps == ("Déplacements\u00a0: Vélo / VAE / trottinette, Transports en commun",)


def test_a_plan_never_prints_what_was_not_agreed(plans, person):
    paper = plans.prepare(person, FRENCH)
    assert paper.blocks == ()
    told = repr(dataclasses.astuple(paper))
    for private in ("MDPH", "privé", "Portug", "handicap"):
        assert private not in told
    agreed = plans.prepare(person, PlanChoices(show_brakes=frozenset({"mobilite-01"})))
    assert agreed.themed_blocks() == (("Aucun moyen de transport à disposition", "mobilite"),)


def test_languages_are_printed_when_the_person_wants_them(plans, person):
    chosen = PlanChoices(sections=PlanChoices().sections | {"languages"})
    assert plans.prepare(person, chosen).helps == (
        "Déplacements\u00a0: Vélo / VAE / trottinette, Transports en commun",
        "Langues\u00a0: Français, Portugais",
    )


def test_no_protected_answer_changes_a_plan_unasked(desk, plans, person):
    before = plans.prepare(person, FRENCH)
    for field in FIELDS:
        if field.sensitivity is not Sensitivity.NORMAL:
            desk.services.intakes.answer(person, field.key, DECLINED)
    after = plans.prepare(person, FRENCH)
    assert dataclasses.replace(after, version_id=before.version_id) == before


def test_wishes_are_the_persons_words_before_names_of_jobs(desk, plans, person):
    assert len(plans.prepare(person, FRENCH).wishes) == 2
    for rank, words in ((2, "Passer le permis"), (1, "Jardiner")):
        desk.services.pathways.save_objective(person, None, rank, words)
    assert plans.prepare(person, FRENCH).wishes == ("Jardiner", "Passer le permis")


def test_steps_come_in_time_order_with_their_gaps(desk, plans, person):
    plan_step(desk, person, date(2026, 9, 1), date(2026, 9, 30), StepState.COMPLETED)
    plan_step(desk, person, date(2026, 11, 1), date(2026, 12, 15), StepState.STARTED)
    plan_step(desk, person, date(2026, 10, 1), date(2026, 10, 5), StepState.CANCELLED)
    steps = plans.prepare(person, FRENCH).steps
    assert [(one.is_gap, one.is_done, one.is_current) for one in steps] == [
        (False, True, False),
        (True, False, False),
        (False, False, True),
    ]


def test_a_wish_or_a_step_beyond_the_room_is_announced_on_the_paper(desk, plans, person):
    for rank in range(1, 5):
        desk.services.pathways.save_objective(person, None, rank, f"Vœu {rank}")
    for month in range(1, 9):
        plan_step(desk, person, date(2027, month, 1), date(2027, month, 20))

    paper = plans.prepare(person, FRENCH)
    pages = read_pdf(plans.render(paper, "fr"))

    assert paper.wishes == ("Vœu 1", "Vœu 2", "Vœu 3", "Vœu 4")
    assert sum(not step.is_gap for step in paper.steps) == 8
    assert len(pages) <= 2
    text = spaceless("".join(page.text for page in pages))
    assert "Vœu3" in text
    assert "Vœu4" not in text
    assert text.count(spaceless("… la suite est dans votre dossier")) == 2


def test_only_meetings_to_come_are_told(desk, plans, person):
    for moment, state in (
        ("2026-12-09T10:00", InterviewState.PLANNED),
        ("2026-12-01T14:30", InterviewState.PLANNED),
        ("2026-11-01T14:30", InterviewState.PLANNED),
        ("2026-12-02T14:30", InterviewState.EXCUSED),
    ):
        desk.services.pathways.save_interview(person, None, moment, "Bureau", state, "")
    meetings = plans.prepare(person, FRENCH).meetings
    assert [one.starts_at for one in meetings] == ["2026-12-01T14:30", "2026-12-09T10:00"]


def test_a_section_left_out_stays_empty(desk, plans, person):
    paper = plans.prepare(person, PlanChoices(sections=ALL_SECTIONS - {"situation", "steps"}))
    assert paper.situation == paper.steps == ()
    assert paper.helps


def test_what_a_plan_lacks_is_told_and_stops_nothing(desk, plans):
    bare = desk.person(birth_name="Exemple")
    missing = plans.missing(bare)
    assert len(missing) == 4
    assert plans.render(plans.prepare(bare, FRENCH), "fr").startswith(b"%PDF")


def test_a_whole_plan_lacks_nothing(desk, plans, person):
    services = desk.services
    services.pathways.save_objective(person, None, 1, "Jardiner")
    plan_step(desk, person, date(2026, 11, 1), date(2026, 12, 15), StepState.STARTED)
    services.pathways.save_interview(
        person, None, "2026-12-01T14:30", "Bureau", InterviewState.PLANNED, ""
    )
    assert plans.missing(person) == ()


def test_a_plan_in_english_says_no_label_in_french(desk, plans):
    person = whole_file(desk.services, date(2026, 9, 1))
    brakes = desk.services.participants.file(person).intake.answers["brakes"].values
    everything = PlanChoices("en", frozenset(SECTION_LABELS), frozenset(brakes))
    pdf = plans.render(plans.prepare(person, everything), "en")
    said = " ".join(text_of(pdf).split())
    for label in ("Looking for a job", "Limited hours", "AM (moped)", "On foot"):
        assert label in said
    assert "Social and work assessment" in said
    assert left_french(said) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_paper_gives_the_same_pages(plans, person, language):
    paper = plans.prepare(person, PlanChoices(language=language))
    pdf = plans.render(paper, language)
    assert pdf == plans.render(paper, language)
    pages = plans.pages(pdf, 40)
    assert 1 <= len(pages) <= 2
    assert len(pages[0].rgb) == 3 * pages[0].width * pages[0].height


def test_all_papers_are_of_the_same_version(plans, person):
    paper = plans.prepare(person, FRENCH)
    made = {kind: plans.render(paper, "fr", kind) for kind in PaperKind}
    assert made[PaperKind.A4] == plans.render(paper, "fr")
    assert len(set(made.values())) == len(PaperKind)
    for pdf in made.values():
        pages = read_pdf(pdf)
        assert plans.page_count(pdf) == len(pages)
        assert paper.number in " ".join(page.text for page in pages)


def test_versions_are_kept_signed_and_superseded(desk, plans, person):
    first = plans.prepare(person, FRENCH)
    plans.keep(first, "fr", PlanState.SHOWN)
    plans.keep(first, "fr", PlanState.SHOWN)
    desk.answer(person, transport="TC")
    second = plans.prepare(person, FRENCH)
    assert second.number.endswith("-P2")
    plans.keep(second, "en", PlanState.SIGNED)

    versions = desk.services.participants.file(person).plans
    assert {(one.version, one.state, one.language) for one in versions} == {
        (1, PlanState.SUPERSEDED, "fr"),
        (2, PlanState.SIGNED, "en"),
    }
    with pytest.raises(RefusedInputError, match="signé"):
        plans.keep(second, "fr", PlanState.SHOWN)


def test_the_version_that_was_shown_is_the_one_that_is_signed(desk, plans, person):
    shown = plans.prepare(person, FRENCH)
    plans.keep(shown, "fr", PlanState.SHOWN)
    assert plans.prepare(person, PlanChoices(language="en")).version == 2
    to_sign = plans.prepare(person, FRENCH)
    assert to_sign == shown
    plans.keep(to_sign, "fr", PlanState.SIGNED)
    (version,) = desk.services.participants.file(person).plans
    assert (version.version, version.state) == (1, PlanState.SIGNED)
    assert plans.prepare(person, FRENCH).version == 2


def test_a_version_kept_before_brakes_had_signs_is_still_the_one_to_sign(desk, plans, person):
    choices = PlanChoices(show_brakes=frozenset({"mobilite-01"}))
    shown = plans.prepare(person, choices)
    plans.keep(dataclasses.replace(shown, block_themes=()), "fr", PlanState.SHOWN)
    assert plans.prepare(person, choices) == shown


def from_another_laptop(desk, person, state=PlanState.SHOWN) -> PlanVersion:
    """Version 1 as a colleague made it, without seeing ours."""
    theirs = PlanVersion(desk.tools.ids.new(), person, 1, date(2026, 11, 20), "fr", state, "{}")
    with desk.store.write() as transaction:
        transaction.plans.add(theirs)
    return theirs


def kept(desk, person):
    return {one.id: one for one in desk.services.participants.file(person).plans}


@pytest.mark.parametrize("state", [PlanState.SHOWN, PlanState.SIGNED])
def test_a_version_made_elsewhere_under_the_same_number_keeps_its_words(desk, plans, person, state):
    paper = plans.prepare(person, FRENCH)
    theirs = from_another_laptop(desk, person, state)
    plans.keep(paper, "fr", PlanState.SIGNED)

    versions = kept(desk, person)
    signed = PlanState.SIGNED if state is PlanState.SIGNED else PlanState.SUPERSEDED
    assert versions.pop(theirs.id) == dataclasses.replace(theirs, state=signed)
    (ours,) = versions.values()
    assert (ours.version, ours.state, plans.kept_paper(ours)) == (1, PlanState.SIGNED, paper)


def test_all_unsigned_versions_before_are_superseded_whatever_their_numbers(desk, plans, person):
    plans.keep(plans.prepare(person, FRENCH), "fr", PlanState.SHOWN)
    from_another_laptop(desk, person)
    desk.answer(person, transport="TC")
    second = plans.prepare(person, FRENCH)
    plans.keep(second, "fr", PlanState.SHOWN)

    states = sorted((one.version, one.state) for one in kept(desk, person).values())
    assert states == [
        (1, PlanState.SUPERSEDED),
        (1, PlanState.SUPERSEDED),
        (2, PlanState.SHOWN),
    ]


def test_ours_is_found_again_beside_one_made_elsewhere(desk, plans, person):
    shown = plans.prepare(person, FRENCH)
    plans.keep(shown, "fr", PlanState.SHOWN)
    for _ in range(4):
        from_another_laptop(desk, person)
    assert plans.prepare(person, FRENCH) == shown


def test_a_kept_version_is_printed_again_as_it_was(desk, plans, person):
    paper = plans.prepare(person, FRENCH)
    plans.keep(paper, "fr", PlanState.SIGNED)
    desk.answer(person, first_name="Louise")
    (version,) = desk.services.participants.file(person).plans
    assert plans.kept_paper(version) == paper


def test_a_version_written_otherwise_is_told(desk, plans, person):
    plans.keep(plans.prepare(person, FRENCH), "fr", PlanState.SHOWN)
    (version,) = desk.services.participants.file(person).plans
    with pytest.raises(RefusedInputError, match="ne se relit pas"):
        plans.kept_paper(dataclasses.replace(version, content='{"number": 3}'))


def test_outreach_prints_but_keeps_no_plan(desk, person):
    who = dataclasses.replace(desk.opened.identity, role=Role.OUTREACH)
    opened = dataclasses.replace(desk.opened, identity=who)
    plans = bootstrap.services(opened, given=desk.tools).plans
    paper = plans.prepare(person, FRENCH)
    with pytest.raises(NotAllowedError):
        plans.keep(paper, "fr", PlanState.SHOWN)


def test_an_export_replaces_a_file_whole_and_for_its_owner(plans, tmp_path):
    target = tmp_path / "plan de Lou.pdf"
    plans.export(b"%PDF one", target)
    plans.export(b"%PDF two", target)
    assert target.read_bytes() == b"%PDF two"
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_an_export_that_cannot_be_written_is_told(plans, tmp_path):
    with pytest.raises(RefusedInputError, match="autre dossier"):
        plans.export(b"%PDF", tmp_path / "nulle part" / "plan.pdf")
    (tmp_path / "dossier").mkdir()
    with pytest.raises(RefusedInputError, match="autre dossier"):
        plans.export(b"%PDF", tmp_path / "dossier")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
