"""What can be wrong with one answer taken alone. Source: bad-input rules, domain study §2.4."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from plie_desktop.models.domain import national_number
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.dates import age_on, from_iso, has_short_year
from plie_desktop.models.domain.email_rules import check_email
from plie_desktop.models.domain.intake_form import Field, FieldKind
from plie_desktop.models.domain.phone_rules import check_phone
from plie_desktop.models.domain.problem import Level, Problem
from plie_desktop.reference import CodeList
from plie_desktop.text import N_

YOUNGEST: Final = 16
OF_AGE: Final = 18
SENIOR: Final = 64
OLDEST: Final = 100
PLAUSIBLE_AGE: Final = 130
MANY_CHILDREN: Final = 15

Codes = Callable[[str], CodeList]
Rule = Callable[[Field, str, date], Iterator[Problem]]

_STOPS, _ASKS, _POINTS_OUT = Level.STOPS, Level.ASKS, Level.POINTS_OUT


def check_field(field: Field, answer: Answer, today: date, codes: Codes) -> Iterator[Problem]:
    """The problems of one given answer."""
    value = answer.value
    if national_number.holds_national_number(value):
        yield Problem(field.key, _STOPS, national_number.REFUSED)
    yield from _RULES.get(field.kind, _no_rule)(field, value, today)
    if field.kind is FieldKind.CHOICE:
        yield from _known_code(field, (value,), codes)
    elif field.kind is FieldKind.CHOICES:
        yield from _known_code(field, answer.values, codes)
        if field.limit and len(answer.values) > field.limit:
            yield _said(
                field,
                _ASKS,
                N_("Il y a plus de {limit} réponses. Gardez les {limit} plus importantes."),
                limit=field.limit,
            )
    elif field.limit and len(value) > field.limit and field.kind is not FieldKind.INTEGER:
        yield _said(
            field,
            _STOPS,
            N_("Ce texte a {length} caractères, {limit} au plus tiennent ici. Raccourcissez-le."),
            length=len(value),
            limit=field.limit,
        )


def _said(field: Field, level: Level, sentence: str, **details: object) -> Problem:
    return Problem(field.key, level, sentence, details)


def _no_rule(_field: Field, _value: str, _today: date) -> Iterator[Problem]:
    return iter(())


def _known_code(field: Field, values: tuple[str, ...], codes: Codes) -> Iterator[Problem]:
    known = codes(field.choices)
    unknown = [value for value in values if known.find(value) is None]
    if unknown:
        yield _said(
            field,
            _ASKS,
            N_("« {value} » n’est pas dans la liste de cette version. Choisissez dans la liste."),
            value=unknown[0],
        )


def _name(field: Field, value: str, _today: date) -> Iterator[Problem]:
    if re.search(r"\d", value):
        yield _said(
            field, _ASKS, N_("Un nom n’a pas de chiffre d’habitude. Relisez-le avec la personne.")
        )
    if re.search(r"[<>{}\[\]=;|\\]", value):
        yield _said(
            field,
            _ASKS,
            N_("Un caractère de ce nom n’est pas une lettre. Relisez-le avec la personne."),
        )
    is_shouted = len(value) > 2 and value.isupper()  # noqa: PLR2004 - initials stay as they are
    if field.key == "first_name" and is_shouted:
        yield _said(
            field,
            _POINTS_OUT,
            N_("Le prénom est tout en capitales. « {proposal} » se lit mieux."),
            proposal=value.title(),
        )


def _date(field: Field, value: str, today: date) -> Iterator[Problem]:
    day = from_iso(value)
    if day is None:
        sentence = N_("Ce jour n’existe pas au calendrier. Écrivez jour, mois, année : 12/03/1987.")
        if has_short_year(value):
            sentence = N_("L’année n’a que deux chiffres. Écrivez les quatre : 12/03/1987.")
        yield _said(field, _STOPS, sentence)
    elif field.key == "birth_date":
        yield from _birth(field, day, today)
    elif day > today:
        yield _said(
            field,
            _ASKS,
            N_("Ce jour n’est pas encore venu. Vérifiez la date, et l’horloge de l’ordinateur."),
        )


def _birth(field: Field, day: date, today: date) -> Iterator[Problem]:
    age = age_on(day, today)
    if day > today:
        yield _said(
            field,
            _STOPS,
            N_("Cette naissance est dans l’avenir. Vérifiez l’année avec la personne."),
        )
    elif age < YOUNGEST:
        yield _said(
            field,
            _STOPS,
            N_("La personne a {age} ans et le PLIE accompagne à partir de 16. Vérifiez l’année."),
            age=age,
        )
    elif age < OF_AGE:
        yield _said(
            field,
            _ASKS,
            N_("La personne a {age} ans. Un parent ou un tuteur signe avec elle."),
            age=age,
        )
    elif age > PLAUSIBLE_AGE:
        yield _said(
            field, _STOPS, N_("La personne aurait {age} ans. Vérifiez l’année avec elle."), age=age
        )
    elif age > OLDEST:
        yield _said(
            field, _ASKS, N_("La personne aurait {age} ans. Vérifiez l’année avec elle."), age=age
        )
    elif age > SENIOR:
        yield _said(
            field,
            _POINTS_OUT,
            N_("La personne a {age} ans. Voyez avec elle où en est sa retraite."),
            age=age,
        )


def _postcode(field: Field, value: str, _today: date) -> Iterator[Problem]:
    if re.fullmatch(r"\d{4}", value):
        yield _said(
            field,
            _STOPS,
            N_("Il manque un chiffre : un tableur a pu enlever le 0 du début. Est-ce {proposal} ?"),
            proposal="0" + value,
        )
    elif not re.fullmatch(r"\d{5}", value):
        yield _said(field, _STOPS, N_("Un code postal a 5 chiffres, comme 35000. Relisez-le."))


def _integer(field: Field, value: str, _today: date) -> Iterator[Problem]:
    if not re.fullmatch(r"\d{1,9}", value):
        yield _said(field, _STOPS, N_("Un nombre est attendu ici, en chiffres. Relisez-le."))
    elif int(value) > MANY_CHILDREN:
        yield _said(field, _ASKS, N_("Ce nombre est très grand. Vérifiez-le avec la personne."))


def _job_seeker_id(field: Field, value: str, _today: date) -> Iterator[Problem]:
    if not re.fullmatch(r"[0-9]{7}[0-9A-Z]|[0-9]{11}", value):
        yield _said(
            field,
            _STOPS,
            N_(
                "Cet identifiant a 7 chiffres puis un chiffre ou une lettre, ou bien 11 chiffres. "
                "Relisez-le, ou répondez « ne sait pas »."
            ),
        )


_RULES: Final[Mapping[FieldKind, Rule]] = {
    FieldKind.NAME: _name,
    FieldKind.DATE: _date,
    FieldKind.PHONE: check_phone,
    FieldKind.EMAIL: check_email,
    FieldKind.POSTCODE: _postcode,
    FieldKind.INTEGER: _integer,
    FieldKind.JOB_SEEKER_ID: _job_seeker_id,
}
