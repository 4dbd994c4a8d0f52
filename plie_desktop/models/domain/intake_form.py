"""The intake as data: each question declared once.

Screen, checks, import, storage, merging and protection all follow from `FIELDS`. Numbers in
`source` are those of the field list of the domain study; the twelve of the first visit are
marked `first_visit`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from plie_desktop.text import N_


class FieldKind(StrEnum):
    """What an answer looks like, hence which control asks it and which rule checks it."""

    NAME = "name"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    COMMUNE = "commune"
    INTEGER = "integer"
    CHOICE = "choice"
    CHOICES = "choices"
    JOB_SEEKER_ID = "job_seeker_id"


class Kept(StrEnum):
    """Where an answer is kept: a column of the participant, or a row of its own."""

    COLUMN = "column"
    ROW = "row"


class Sensitivity(StrEnum):
    """Protection class: normal, very private, GDPR article 9."""

    NORMAL = "N"
    PRIVATE = "S"
    ARTICLE_9 = "9"


class Policy(StrEnum):
    """What happens when two people changed the same unit without seeing each other's value."""

    REVIEW = "review"
    LATEST = "auto-latest"


class Section(StrEnum):
    """Parts of the form, in the order in which they are asked."""

    CONTACT = "contact"
    IDENTITY = "identity"
    REACH = "reach"
    WORK = "work"
    RESOURCES = "resources"
    HOUSEHOLD = "household"
    TRAINING = "training"
    MOBILITY = "mobility"
    LANGUAGE = "language"
    PROJECT = "project"
    PRIVATE = "private"


SECTION_LABELS: Final = {
    Section.CONTACT: N_("Premier contact"),
    Section.IDENTITY: N_("La personne"),
    Section.REACH: N_("Pour la joindre"),
    Section.WORK: N_("Situation d’emploi"),
    Section.RESOURCES: N_("Ressources"),
    Section.HOUSEHOLD: N_("Foyer et logement"),
    Section.TRAINING: N_("Formation"),
    Section.MOBILITY: N_("Mobilité"),
    Section.LANGUAGE: N_("Langues"),
    Section.PROJECT: N_("Projet"),
    Section.PRIVATE: N_("Questions protégées"),
}


@dataclass(frozen=True)
class Field:
    """One question.

    Attributes:
        key: name used everywhere in code, storage and exchange; never renamed.
        label: French message id of the question.
        column: header in the import file.
        choices: name of the list in `plie_desktop.reference`, empty when free.
        unit: answers merged as one; the key itself unless grouped.
        limit: most characters, or most choices for `CHOICES`; 0 = no bound of its own.
        why: French message id told under the question.
        suggested: the answer proposed again for the next person at the same stand.
    """

    key: str
    label: str
    kind: FieldKind
    section: Section
    column: str
    source: int
    choices: str = ""
    kept: Kept = Kept.ROW
    policy: Policy = Policy.REVIEW
    sensitivity: Sensitivity = Sensitivity.NORMAL
    unit: str = ""
    limit: int = 0
    first_visit: bool = False
    required: bool = False
    suggested: bool = False
    why: str = ""

    @property
    def merge_unit(self) -> str:
        return self.unit or self.key


_K, _S = FieldKind, Section
_COLUMN, _LATEST = Kept.COLUMN, Policy.LATEST
_PRIVATE, _ARTICLE_9 = Sensitivity.PRIVATE, Sensitivity.ARTICLE_9

FIELDS: Final[tuple[Field, ...]] = (
    Field(
        "first_contact_on", N_("Date du contact"), _K.DATE, _S.CONTACT, "date_contact", 2,
        kept=_COLUMN, first_visit=True, required=True, suggested=True,
    ),
    Field(
        "first_contact_place", N_("Lieu du contact"), _K.TEXT, _S.CONTACT, "lieu_contact", 2,
        kept=_COLUMN, limit=100, first_visit=True, suggested=True,
        why=N_("Marché, hall, permanence : cela aide à savoir où revenir."),
    ),
    Field(
        "origin", N_("Qui a orienté la personne ?"), _K.CHOICE, _S.CONTACT, "origine", 4,
        choices="origins", first_visit=True, suggested=True, sensitivity=_PRIVATE,
    ),
    Field(
        "information_given", N_("L’information sur les données a été donnée"), _K.CHOICE,
        _S.CONTACT, "information_rgpd", 5, choices="yes_no", first_visit=True, required=True,
        why=N_("La loi demande de le dire à la personne avant d’écrire sur elle."),
    ),
    Field(
        "birth_name", N_("Nom de naissance"), _K.NAME, _S.IDENTITY, "nom_naissance", 7,
        kept=_COLUMN, limit=100, first_visit=True, required=True,
    ),
    Field(
        "usage_name", N_("Nom d’usage"), _K.NAME, _S.IDENTITY, "nom_usage", 8,
        kept=_COLUMN, limit=100,
    ),
    Field(
        "first_name", N_("Prénom"), _K.NAME, _S.IDENTITY, "prenom", 9,
        kept=_COLUMN, limit=100, first_visit=True, required=True,
    ),
    Field(
        "birth_date", N_("Date de naissance"), _K.DATE, _S.IDENTITY, "date_naissance", 11,
        kept=_COLUMN, first_visit=True, why=N_("Elle sert à reconnaître la personne."),
    ),
    Field(
        "sex", N_("Sexe"), _K.CHOICE, _S.IDENTITY, "sexe", 10, choices="sexes", kept=_COLUMN,
    ),
    Field(
        "birth_commune", N_("Commune de naissance"), _K.TEXT, _S.IDENTITY, "commune_naissance", 12,
        limit=100,
    ),
    Field(
        "birth_country", N_("Pays de naissance"), _K.CHOICE, _S.IDENTITY, "pays_naissance", 12,
        choices="countries",
    ),
    Field(
        "nationality", N_("Nationalité"), _K.CHOICE, _S.IDENTITY, "nationalite", 13,
        choices="countries", sensitivity=_PRIVATE,
    ),
    Field(
        "phone", N_("Téléphone"), _K.PHONE, _S.REACH, "telephone", 15,
        kept=_COLUMN, policy=_LATEST, first_visit=True, required=True,
        why=N_("Pour rappeler la personne et fixer un rendez-vous."),
    ),
    Field(
        "email", N_("Courriel"), _K.EMAIL, _S.REACH, "courriel", 16,
        kept=_COLUMN, policy=_LATEST, limit=254,
    ),
    Field(
        "street", N_("Adresse"), _K.TEXT, _S.REACH, "adresse", 18,
        kept=_COLUMN, unit="address", limit=150,
    ),
    Field(
        "postcode", N_("Code postal"), _K.POSTCODE, _S.REACH, "code_postal", 19,
        kept=_COLUMN, unit="address", first_visit=True, required=True,
    ),
    Field(
        "commune", N_("Commune"), _K.COMMUNE, _S.REACH, "commune", 19,
        choices="communes", kept=_COLUMN, unit="address", first_visit=True, required=True,
        why=N_("Le PLIE est ouvert aux habitants des 43 communes de la métropole."),
    ),
    Field(
        "district", N_("Quartier prioritaire"), _K.CHOICE, _S.REACH, "qpv", 21,
        choices="districts",
    ),
    Field(
        "labour_status", N_("Situation d’emploi"), _K.CHOICE, _S.WORK, "situation_emploi", 23,
        choices="labour", first_visit=True, required=True,
    ),
    Field(
        "without_job_since", N_("Sans emploi depuis"), _K.CHOICE, _S.WORK, "sans_emploi_depuis",
        26, choices="unemployment", first_visit=True,
    ),
    Field(
        "is_registered", N_("Inscription à France Travail"), _K.CHOICE, _S.WORK, "inscrit_ft", 24,
        choices="yes_no",
    ),
    Field(
        "job_seeker_id", N_("Identifiant France Travail"), _K.JOB_SEEKER_ID, _S.WORK,
        "identifiant_ft", 25,
    ),
    Field(
        "in_training", N_("En formation ou en études"), _K.CHOICE, _S.WORK, "en_formation", 29,
        choices="yes_no",
    ),
    Field(
        "benefits", N_("Allocations"), _K.CHOICES, _S.RESOURCES, "allocations", 31,
        choices="benefits", sensitivity=_PRIVATE,
    ),
    Field(
        "household", N_("Situation du foyer"), _K.CHOICE, _S.HOUSEHOLD, "situation_foyer", 36,
        choices="households", policy=_LATEST, sensitivity=_PRIVATE,
    ),
    Field(
        "children", N_("Enfants à charge"), _K.INTEGER, _S.HOUSEHOLD, "enfants_a_charge", 37,
        policy=_LATEST, sensitivity=_PRIVATE, limit=2,
    ),
    Field(
        "housing", N_("Logement"), _K.CHOICE, _S.HOUSEHOLD, "statut_logement", 48,
        choices="housing", sensitivity=_PRIVATE,
    ),
    Field(
        "education", N_("Niveau le plus élevé obtenu"), _K.CHOICE, _S.TRAINING,
        "niveau_formation", 41, choices="education",
    ),
    Field(
        "licences", N_("Permis"), _K.CHOICES, _S.MOBILITY, "permis", 52, choices="licences",
        policy=_LATEST,
    ),
    Field(
        "transport", N_("Moyens de transport"), _K.CHOICES, _S.MOBILITY, "transport", 53,
        choices="transport", policy=_LATEST,
    ),
    Field(
        "french", N_("Niveau de français"), _K.CHOICE, _S.LANGUAGE, "niveau_francais", 56,
        choices="french", sensitivity=_PRIVATE,
    ),
    Field(
        "languages", N_("Langues parlées"), _K.CHOICES, _S.LANGUAGE, "langues", 57,
        choices="languages", policy=_LATEST, sensitivity=_PRIVATE,
    ),
    Field(
        "jobs", N_("Métiers recherchés"), _K.CHOICES, _S.PROJECT, "metiers", 62,
        choices="jobs", policy=_LATEST, limit=5, first_visit=True,
    ),
    Field(
        "brakes", N_("Freins à lever"), _K.CHOICES, _S.PROJECT, "freins", 68,
        choices="brakes", sensitivity=_ARTICLE_9,
    ),
    Field(
        "comment", N_("Ce que dit la personne"), _K.LONG_TEXT, _S.PROJECT, "commentaire", 70,
        sensitivity=_PRIVATE, limit=1000,
        why=N_("Des faits, avec ses mots. Jamais de santé ni de jugement."),
    ),
    Field(
        "disability", N_("Reconnaissance de handicap"), _K.CHOICE, _S.PRIVATE, "rqth", 44,
        choices="disability", sensitivity=_ARTICLE_9,
        why=N_("Seulement le fait, jamais la nature."),
    ),
    Field(
        "parent_born_abroad", N_("Un parent né à l’étranger"), _K.CHOICE, _S.PRIVATE,
        "parent_ne_etranger", 50, choices="yes_no", sensitivity=_PRIVATE,
        why=N_("La personne peut ne pas répondre."),
    ),
)  # fmt: skip

BY_KEY: Final = {field.key: field for field in FIELDS}
BY_COLUMN: Final = {field.column: field for field in FIELDS}
FIRST_VISIT: Final = tuple(field for field in FIELDS if field.first_visit)


def in_section(section: Section) -> Iterator[Field]:
    """The questions of one part of the form, in order."""
    return (field for field in FIELDS if field.section is section)
