"""Plans to print."""

from datetime import date
from uuid import UUID

from plie_desktop.models.domain.plan import PlanMeeting, PlanPaper, PlanStep

TODAY = date(2026, 3, 2)


def make_step(title="Atelier", first=TODAY, last=None, **marks) -> PlanStep:
    return PlanStep(title, "CLPS", "Rennes", first, last, **marks)


def make_paper(**changes) -> PlanPaper:
    said = {
        "participant_id": UUID(int=1),
        "number": "RM-2026-00042-P3",
        "version": 3,
        "data_date": date(2026, 3, 1),
        "first_name": "Fatima",
        "full_name": "Fatima Benali",
        "referent_name": "Claire Morvan",
        "referent_phone": "0612345678",
        "situation": ("J’ai dix ans d’expérience du ménage.", "J’habite à Maurepas."),
        "wishes": ("Travailler dans une école, près de chez moi.", "Passer le permis."),
        "helps": ("J’ai un abonnement de bus",),
        "blocks": ("Lire les courriers",),
        "steps": (
            make_step("Bilan en français", date(2026, 1, 5), date(2026, 1, 30), is_done=True),
            make_step("Cours de français", date(2026, 2, 9), date(2026, 4, 24), is_current=True),
            make_step("", date(2026, 4, 25), date(2026, 6, 7), is_gap=True),
            make_step("Stage dans une école", date(2026, 6, 8), date(2026, 6, 19)),
            make_step("Chantier d’insertion", date(2026, 9, 1)),
        ),
        "meetings": (
            PlanMeeting("2026-04-01T14:30", "Par téléphone"),
            PlanMeeting("2026-03-03T10:00", "Espace social, Maurepas"),
        ),
    }
    return PlanPaper(**{**said, **changes})
