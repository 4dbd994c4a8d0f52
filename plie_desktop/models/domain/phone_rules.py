"""What can be wrong with a phone number; it never stops anything, a call will tell."""

import re
from collections.abc import Iterator
from datetime import date

from plie_desktop.models.domain.intake_form import Field
from plie_desktop.models.domain.phone import (
    FRENCH_DIGITS,
    is_foreign,
    is_french,
    phone_numbers,
    shown_phone,
)
from plie_desktop.models.domain.problem import Level, Problem
from plie_desktop.text import N_


def check_phone(field: Field, value: str, _today: date) -> Iterator[Problem]:
    """The problems of the numbers given; they are in their stored form."""
    for number in phone_numbers(value):
        if is_french(number) or is_foreign(number):
            continue
        sentence, details = _remark(number)
        yield Problem(field.key, Level.ASKS, sentence, details)


def _remark(number: str) -> tuple[str, dict[str, object]]:
    if number.startswith("+"):
        return N_(
            "Un numéro de l’étranger a de 8 à 15 chiffres après le +. Relisez-le avec la personne."
        ), {}
    if not number.isdecimal():
        return N_(
            "Un numéro s’écrit en chiffres, comme 06 12 34 56 78. Relisez-le avec la personne."
        ), {}
    return _count_remark(number)


def _count_remark(number: str) -> tuple[str, dict[str, object]]:
    missing = FRENCH_DIGITS - len(number)
    if missing == 1 and re.fullmatch(r"[1-9]\d{8}", number):
        return N_("Il manque le 0 du début : un tableur a pu l’enlever. Est-ce {proposal} ?"), {
            "proposal": shown_phone("0" + number)
        }
    if len(number) <= 4:  # noqa: PLR2004 - 15, 115, 3919: the short numbers of services
        return N_(
            "Un numéro aussi court est celui d’un service. Demandez celui de la personne."
        ), {}
    if missing == 1:
        return N_("Il manque 1 chiffre : un numéro français en a 10. Vous pouvez continuer."), {}
    if missing > 1:
        return N_(
            "Il manque {missing} chiffres : un numéro français en a 10. Vous pouvez continuer."
        ), {"missing": missing}
    if missing < 0:
        return N_(
            "Il y a {extra} chiffres de trop, ou il manque le + d’un numéro de l’étranger. "
            "Vous pouvez continuer."
        ), {"extra": -missing}
    return N_("Un numéro français commence par 0, puis 1 à 9. Vous pouvez continuer."), {}
