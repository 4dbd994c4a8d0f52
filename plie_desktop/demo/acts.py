"""The acts of the story, one function each; every act reads back what it did."""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from plie_desktop import paths
from plie_desktop.demo import checker, scenes, window
from plie_desktop.demo.facts import Fact
from plie_desktop.demo.laptop import Laptop, exchange
from plie_desktop.errors import ServerUnreachableError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.models.domain.step import StepState
from plie_desktop.services.pathways import StepDraft
from plie_desktop.services.plans import PlanChoices
from plie_desktop.services.workplace import Services
from plie_desktop.text import N_

SAMPLE: Final = ("samples", "intakes_rennes_60.csv")
_SAMPLE_LINES: Final = 60
_SUBJECT: Final = "RM-2026-0001"


@dataclass(frozen=True)
class Stage:
    """Where the story plays.

    Attributes:
        out: everything it writes is below this folder.
        street: the outreach worker's laptop. office: the referent's.
        today: day of the story.
    """

    out: Path
    street: Laptop
    office: Laptop
    today: date

    @property
    def shots(self) -> Path:
        return self.out / "captures"


def import_offline(stage: Stage) -> list[Fact]:
    """Sixty intakes on a laptop without a network: once, again, and with one cell changed."""
    stage.street.line.cut()
    sample = paths.resource(*SAMPLE)
    changed = _with_one_cell_changed(sample, stage.out / "intakes-une-cellule-changee.csv")
    with stage.street.open() as services:
        first, again, third = (services.imports.run(file) for file in (sample, sample, changed))
        try:
            exchange(services)
            cut = ""
        except ServerUnreachableError as error:
            cut = str(error)
        waiting = services.synchronisation.status().waiting
    return [
        Fact(
            N_("Import de 60 accueils sans réseau : créés"),
            str(first.created),
            first.created == _SAMPLE_LINES and not first.rejected,
        ),
        Fact(
            N_("Le même fichier une seconde fois : inchangés"),
            str(again.unchanged),
            again.unchanged == _SAMPLE_LINES,
        ),
        Fact(N_("Une cellule changée : mis à jour"), str(third.updated), third.updated == 1),
        Fact(
            N_("Réseau coupé : le portable le dit, tout attend"),
            str(waiting),
            bool(cut) and waiting > _SAMPLE_LINES,
        ),
    ]


def take_intake(stage: Stage) -> list[Fact]:
    """One intake typed in the real window, still without a network."""
    failure = window.play(stage.street.folder, stage.street.passphrase, "intake", stage.shots)
    with stage.street.open() as services:
        name = scenes.PERSON["birth_name"]
        found = services.participants.find(name)
        taken = [line for line in found if scenes.is_taken(_intake(services, line.id))]
    return [
        Fact(
            N_("Accueil saisi dans la vraie fenêtre, relu du coffre"),
            failure or str(len(taken)),
            not failure and len(taken) == 1,
        )
    ]


def first_exchange(stage: Stage) -> list[Fact]:
    """The network is back: one laptop sends, the other receives."""
    stage.street.line.mend()
    with stage.street.open() as services:
        sent = exchange(services)
    with stage.office.open() as services:
        received = exchange(services)
        files = services.participants.count()
    return [
        Fact(N_("Réseau revenu : réponses envoyées au siège"), str(sent.sent), sent.waiting == 0),
        Fact(
            N_("Reçus sur l’autre portable : dossiers"),
            str(files),
            files == _SAMPLE_LINES + 1 and received.received > 0,
        ),
    ]


def disagree(stage: Stage) -> list[Fact]:
    """Both laptops change the same file without seeing each other."""
    for laptop in (stage.street, stage.office):
        laptop.line.cut()
    with stage.street.open() as services:
        subject = subject_of(services)
        services.intakes.answer(subject, "email", Answer.given("fatima.benali@example.org"))
        services.intakes.answer(subject, "labour_status", Answer.given("interim"))
    with stage.office.open() as services:
        services.intakes.answer(subject, "children", Answer.given("3"))
        services.intakes.answer(subject, "labour_status", Answer.given("formation"))
    for laptop in (stage.street, stage.office, stage.street):
        laptop.line.mend()
        with laptop.open() as services:
            exchange(services)
    with stage.street.open() as one, stage.office.open() as other:
        counts = [services.synchronisation.status().conflicts for services in (one, other)]
        merged = [
            _intake(services, subject).value("email")
            and _intake(services, subject).value("children")
            for services in (one, other)
        ]
    return [
        Fact(
            N_("Différence sans gravité : les deux réponses sont gardées"),
            str(sum(bool(value) for value in merged)),
            all(merged),
        ),
        Fact(
            N_("Vrai désaccord : à trancher sur les deux portables"),
            " + ".join(str(count) for count in counts),
            counts == [1, 1],
        ),
    ]


def plan_pathway(stage: Stage) -> list[Fact]:
    """The referent plans a pathway that has a gap, and what the plan needs."""
    today = stage.today
    with stage.office.open() as services:
        subject = subject_of(services)
        referent = services.session.identity().staff
        services.participants.set_referent(subject, referent.id)
        services.participants.admit(subject, today - timedelta(days=150))
        for draft in _steps(today):
            services.pathways.save_step(subject, None, draft)
        services.pathways.save_objective(
            subject, None, 1, "Travailler dans une cuisine, près de chez moi."
        )
        services.pathways.save_objective(subject, None, 2, "Passer le permis B.")
        meeting = today + timedelta(days=9)
        services.pathways.save_interview(
            subject,
            None,
            f"{meeting.isoformat()}T10:00",
            "Maison de quartier, 2 rue du Bosphore",
            InterviewState.PLANNED,
            "",
        )
        pathway = services.pathways.pathway(subject)
    gaps = ", ".join(str(gap.days) for gap in pathway.gaps)
    return [
        Fact(
            N_("Parcours planifié : étapes"),
            str(len(pathway.steps)),
            len(pathway.steps) == len(_steps(today)),
        ),
        Fact(N_("Période sans étape signalée : jours"), gaps, bool(pathway.gaps)),
    ]


def make_plans(stage: Stage) -> list[Fact]:
    """Plans on paper for three people, through the service that the window uses."""
    folder = stage.out / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[int] = []
    with stage.office.open() as services:
        subject = subject_of(services)
        others = [line.id for line in services.participants.find("") if line.id != subject][:2]
        for number, participant_id in enumerate([subject, *others], 1):
            paper = services.plans.prepare(participant_id, PlanChoices())
            pdf = services.plans.render(paper, "fr")
            services.plans.export(pdf, folder / f"plan-{number}.pdf")
            pages.append(len(services.plans.pages(pdf, 36)))
    shown = ", ".join(str(count) for count in pages)
    return [Fact(N_("Plans en PDF : pages de chacun"), shown, all(0 < n <= 2 for n in pages))]  # noqa: PLR2004 - two pages at most


def show_window(stage: Stage) -> list[Fact]:
    """Every page of the window, photographed with these data; the conflict is settled."""
    with stage.office.open() as services:
        subject = subject_of(services)
    office = stage.office
    failures = [
        window.play(folder, office.passphrase, scene, stage.shots, subject)
        for folder, scene in (
            (stage.out / "home" / "portable-neuf", "first-start"),
            (office.folder, "tour"),
            (office.folder, "settle"),
        )
    ]
    taken = len(list(stage.shots.rglob("*.png")))
    failure = " ".join(filter(None, failures))
    return [Fact(N_("Captures de toutes les pages"), failure or str(taken), not failure)]


def even_out(stage: Stage) -> list[Fact]:
    """Exchange until nothing moves any more."""
    for laptop in (stage.office, stage.street, stage.office):
        with laptop.open() as services:
            exchange(services)
    with stage.street.open() as one, stage.office.open() as other:
        statuses = [services.synchronisation.status() for services in (one, other)]
    left = [f"{status.waiting}/{status.conflicts}/{status.parked}" for status in statuses]
    return [
        Fact(
            N_("Restent à envoyer / à trancher / au siège"),
            " et ".join(left),
            all(entry == "0/0/0" for entry in left),
        )
    ]


def verify(stage: Stage, database: str) -> list[Fact]:
    """Both bases and PostgreSQL read back by a checker that uses nothing of the product."""
    bases = [
        checker.read_base(laptop.base(), *laptop.raw_keys())
        for laptop in (stage.street, stage.office)
    ]
    headquarters = checker.read_headquarters(database)
    facts = [
        _compared(
            N_("Portable de rue et siège : fiches égales (cellules)"), bases[0], headquarters
        ),
        _compared(
            N_("Portable du bureau et siège : fiches égales (cellules)"), bases[1], headquarters
        ),
    ]
    names = checker.names_in(bases[0])
    vaults = stage.street.folder.parent
    found = checker.files_with(vaults, names)
    facts.append(
        Fact(
            N_("Noms lus en clair dans les coffres (noms cherchés)"),
            f"{len(found)} ({len(names)})",
            not found and len(names) > _SAMPLE_LINES,
        )
    )
    return facts


def subject_of(services: Services) -> UUID:
    """The participant the story is about, found as a person would."""
    return services.participants.find("benali fatima")[0].id


def _compared(what: str, one: checker.Records, other: checker.Records) -> Fact:
    result = checker.compare(one, other)
    seen = f"{result.records} ({result.cells})"
    return Fact(
        what, seen if result.is_equal else "; ".join(result.differences[:3]), result.is_equal
    )


def _intake(services: Services, participant_id: UUID) -> Intake:
    return services.intakes.open(participant_id).intake


def _steps(today: date) -> tuple[StepDraft, ...]:
    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    done, going, planned = StepState.COMPLETED, StepState.STARTED, StepState.PLANNED
    return (
        StepDraft("DIA-INI", "Bilan de départ", "PLIE", "Rennes", day(-150), day(-136), done),
        StepDraft("FOR-LAN", "Français en cuisine", "Centre social", "", day(-130), day(-80), done),
        StepDraft("FRE-GAR", "Place en crèche", "CCAS", "Rennes", day(-31), day(20), going),
        StepDraft("PRO-PMS", "Immersion en restaurant", "", "Cleunay", day(24), day(37), planned),
        StepDraft("FOR-PRE", "Commis de cuisine", "Greta", "Rennes", day(75), day(160), planned),
    )


def _with_one_cell_changed(sample: Path, target: Path) -> Path:
    with sample.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    for row in rows:
        if row["reference"] == _SUBJECT:
            row["adresse"] = "48 boulevard de Bulgarie"
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return target
