"""Answers that cannot easily be true together. Source: domain study §2.4 and fields 12, 19, 21.

None is ever corrected by the program: both answers stay, and the person looks again.
"""

from collections.abc import Callable, Iterator
from typing import Final

from plie_desktop.models.domain.dates import from_iso
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.problem import Level, Problem
from plie_desktop.reference import CodeList
from plie_desktop.text import N_

Codes = Callable[[str], CodeList]

YES: Final = "oui"
NO: Final = "non"
FRANCE: Final = "FR"
_NOT_CONCERNED: Final = "00"
_NO_RESOURCES: Final = "AUCUNE"


def check_contradictions(intake: Intake, codes: Codes) -> Iterator[Problem]:
    """The contradictions between the given answers."""
    yield from _notice(intake)
    yield from _address(intake, codes)
    yield from _days(intake)
    yield from _work(intake, codes)
    yield from _household(intake)


def _notice(intake: Intake) -> Iterator[Problem]:
    if intake.value("information_given") == NO:
        yield Problem(
            "information_given",
            Level.STOPS,
            N_("L’information sur les données n’a pas été donnée. Donnez-la, puis répondez oui."),
        )


def _address(intake: Intake, codes: Codes) -> Iterator[Problem]:
    commune, postcode = intake.value("commune"), intake.value("postcode")
    known = codes("communes").find(commune) if commune else None
    if commune and known is None:
        yield Problem(
            "commune",
            Level.ASKS,
            N_(
                "Cette commune n’est pas l’une des 43 de Rennes Métropole. "
                "Demandez l’accord de la coordination."
            ),
        )
    if known and postcode and postcode not in known.more["postcodes_space_separated"].split():
        yield Problem(
            "postcode",
            Level.STOPS,
            N_("Ce code postal n’est pas celui de {commune}. Attendu : {expected}."),
            {
                "commune": known.label,
                "expected": ", ".join(known.more["postcodes_space_separated"].split()),
            },
        )
    district = codes("districts").find(intake.value("district"))
    where = district.more.get("commune_insee", "") if district else ""
    if commune and where and where != commune:
        yield Problem(
            "district",
            Level.ASKS,
            N_("Ce quartier n’est pas dans la commune de l’adresse. Vérifiez l’un et l’autre."),
        )


def _days(intake: Intake) -> Iterator[Problem]:
    contact, birth = (
        from_iso(intake.value("first_contact_on")),
        from_iso(intake.value("birth_date")),
    )
    if contact and birth and contact < birth:
        yield Problem(
            "first_contact_on",
            Level.ASKS,
            N_("Ce contact est avant la naissance de la personne. Vérifiez les deux dates."),
        )
    if intake.value("birth_commune") and intake.value("birth_country") not in ("", FRANCE):
        yield Problem(
            "birth_commune",
            Level.POINTS_OUT,
            N_("Pour une naissance à l’étranger, le pays suffit."),
        )


def _work(intake: Intake, codes: Codes) -> Iterator[Problem]:
    status = codes("labour").find(intake.value("labour_status"))
    group = status.more.get("esf_class", "") if status else ""
    if group == "EMPLOYED" and intake.value("without_job_since") not in ("", _NOT_CONCERNED):
        yield Problem(
            "without_job_since",
            Level.ASKS,
            N_("La situation d’emploi dit que la personne travaille. Vérifiez l’une ou l’autre."),
        )
    if group == "INACTIVE" and intake.value("is_registered") == YES:
        yield Problem(
            "is_registered",
            Level.POINTS_OUT,
            N_("Une personne inscrite à France Travail cherche souvent un emploi. À vérifier."),
        )
    if intake.value("is_registered") == NO and intake.value("job_seeker_id"):
        yield Problem(
            "job_seeker_id",
            Level.POINTS_OUT,
            N_("Un identifiant est donné pour une personne non inscrite. À vérifier."),
        )


def _household(intake: Intake) -> Iterator[Problem]:
    benefits = intake.answers.get("benefits")
    if benefits and _NO_RESOURCES in benefits.values and len(benefits.values) > 1:
        yield Problem(
            "benefits",
            Level.ASKS,
            N_("« Aucune ressource » est cochée avec une allocation. Gardez ce qui est vrai."),
        )
    if intake.value("household") == "monoparental" and intake.value("children") == "0":
        yield Problem(
            "children",
            Level.ASKS,
            N_("Un parent isolé a au moins un enfant à charge. Vérifiez l’un ou l’autre."),
        )
