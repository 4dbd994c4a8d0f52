"""Invented people in any number, from a seed: the same number gives the same person.

A participant has 12 records (the file, one objective, four steps, six interviews with a note of
about 400 characters) and the rows of ten further answers: 22 records in all.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from plie_desktop.models.domain.records import KINDS, Kind, answer_id

RECORDS_EACH = 22

_FIRST_NAMES = (
    "Émilie François Gaëlle Héloïse Léa Noël Zoé Théo Inès Chloé Jérôme Béatrice Anaïs Loïc Maël"
    " Océane Agnès Cécile Stéphane Raphaël Hélène Aurélie Benoît Fatou Ibrahim Karim Wassila Yohan"
)
_PARTS = (
    "la ré mi do ver gnon chê bour vil mon tré bel gar nier lé fè bre çon dau lam rou sel pui mar"
    " tin ber nar char pen tier goi lec"
)
_USUAL = (
    "entretien rendez-vous projet emploi formation entreprise stage immersion contrat employeur"
    " candidature lettre compétences expérience métier secteur bâtiment santé commerce logistique"
    " mobilité permis transport logement garde enfant démarches dossier aide droits objectif étape"
    " semaine mois relance téléphone souhaite confirme précise propose accepte hésite prépare avec"
    " pour dans sans très bientôt déjà encore souvent ensuite enfin une des les la le du au et mais"
)
_FIRST = _FIRST_NAMES.split()
_SYLLABLES = _PARTS.split()
_WORDS = _USUAL.split()
_STREETS = ("rue de Bréquigny", "boulevard de l’Yser", "square de Sétubal", "allée de Lucerne")
_ANSWERS = {
    "origin": ("CCAS", "FT", "DEPT", "ML"),
    "information_given": ("oui",),
    "labour_status": ("recherche_emploi", "iae", "au_foyer", "interim"),
    "without_job_since": ("01", "02", "03", "04"),
    "jobs": ("11573", "18959", "14978|16846", "13252"),
    "is_registered": ("oui", "non"),
    "benefits": ("RSA", "ARE", "RSA|ASS"),
    "education": ("EDU0", "EDU1", "EDU3"),
    "housing": ("LOC_SOCIAL", "LOC_PRIVE", "TIERS"),
    "french": ("A1", "A2", "B1", "NAT"),
}


@dataclass(frozen=True)
class Record:
    """One record, its values in the order of its kind's columns."""

    kind: Kind
    id: UUID
    root: UUID
    values: tuple[str | None, ...]


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, ...]:
    chance = random.Random(7)
    made = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(4000))
    return (*_WORDS, *made)


def participants(count: int, start: int = 0, seed: int = 7) -> Iterator[list[Record]]:
    """The records of `count` people from number `start` on, one list for each person."""
    for number in range(start, start + count):
        yield list(_one(number, random.Random(f"{seed}:{number}")))


def identities(count: int, seed: int = 7) -> Iterator[Record]:
    """The file itself of each of `count` people, without what hangs on it."""
    for number in range(count):
        yield next(_one(number, random.Random(f"{seed}:{number}")))


def changes(count: int, people: int, turn: int) -> Iterator[tuple[Record, str]]:
    """Records of people spread over the base, each with one column changed, and that column.

    Of twelve records six have notes, as in a file without its answers.
    """
    for number in range(count):
        file = next(participants(1, (number * people // count + turn * 7) % people))
        without_answers = [record for record in file if record.kind is not Kind.ANSWER]
        record = without_answers[number % len(without_answers)]
        yield _changed(record, turn * count + number)


def _changed(record: Record, number: int) -> tuple[Record, str]:
    names = KINDS[record.kind].column_names
    column, value = {
        Kind.PARTICIPANT: ("phone", f"07{number:08d}"),
        Kind.OBJECTIVE: ("words", f"Travailler dehors, {number} heures par semaine"),
        Kind.STEP: ("state", f"STATE{number}"),
    }.get(record.kind, ("note", ""))
    place = names.index(column)
    if column == "note":
        note = record.values[place] or ""
        value = f"{note[:200]} Complément n° {number} : relance prévue le 12.{note[200:]}"
    values = (*record.values[:place], value, *record.values[place + 1 :])
    return replace(record, values=values), column


def _one(number: int, chance: random.Random) -> Iterator[Record]:
    ids = iter(range(1, 64))

    def fresh() -> UUID:
        stamp = (1_760_000_000_000 + number * 97 + next(ids)) & ((1 << 48) - 1)
        value = stamp << 80 | 7 << 76 | chance.getrandbits(12) << 64
        return UUID(int=value | 2 << 62 | chance.getrandbits(62))

    root = fresh()
    yield _record(Kind.PARTICIPANT, root, root, _identity(number, chance))
    for field, choices in _ANSWERS.items():
        values = {"field": field, "state": "given", "value": chance.choice(choices)}
        yield _record(Kind.ANSWER, answer_id(root, field), root, values)
    words = {"rank": "1", "words": _text(chance, 60)}
    yield _record(Kind.OBJECTIVE, fresh(), root, words)
    day = date(2025, 1, 6) + timedelta(days=chance.randint(0, 300))
    for _ in range(4):
        end = day + timedelta(days=chance.randint(20, 90))
        yield _record(Kind.STEP, fresh(), root, _step(chance, day, end))
        day = end + timedelta(days=chance.randint(1, 70))
    for month in range(6):
        values = {
            "starts_at": f"2026-{month + 1:02d}-{chance.randint(1, 28):02d}T10:00",
            "place": chance.choice(("Maison de quartier", "Bureau", "Téléphone")),
            "state": "SEEN",
            "note": _text(chance, chance.randint(330, 470)),
        }
        yield _record(Kind.INTERVIEW, fresh(), root, values)


def _identity(number: int, chance: random.Random) -> dict[str, str | None]:
    name = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).capitalize()
    born = date(1962, 1, 1) + timedelta(days=chance.randint(0, 15_000))
    return {
        "first_contact_on": (date(2025, 1, 6) + timedelta(days=number % 600)).isoformat(),
        "first_contact_place": "Marché du Blosne",
        "birth_name": name,
        "first_name": chance.choice(_FIRST),
        "birth_date": born.isoformat(),
        "sex": chance.choice("FM"),
        "phone": f"06{chance.randint(0, 99_999_999):08d}",
        "email": f"personne{number}@example.org",
        "street": f"{chance.randint(1, 90)} {chance.choice(_STREETS)}",
        "postcode": "35000",
        "commune": "35238",
        "number": f"B1-{number:05d}",
        "state": "IN_PATHWAY",
        "entry_on": "2025-02-03",
    }


def _step(chance: random.Random, start: date, end: date) -> dict[str, str | None]:
    return {
        "type_code": chance.choice(("FOR-LAN", "PRO-ORI", "FRE-MOB", "IAE-ACI")),
        "title": _text(chance, 50),
        "operator": "We Ker",
        "place": "Rennes",
        "starts_on": start.isoformat(),
        "ends_on": end.isoformat(),
        "state": "COMPLETED",
    }


def _text(chance: random.Random, length: int) -> str:
    words: list[str] = []
    size = 0
    while size < length:
        words.append(chance.choice(_vocabulary() if chance.random() < 0.3 else _WORDS))
        size += len(words[-1]) + 1
    return " ".join(words)[:length]


def _record(kind: Kind, identity: UUID, root: UUID, values: dict[str, str | None]) -> Record:
    return Record(
        kind, identity, root, tuple(values.get(name) for name in KINDS[kind].column_names)
    )
