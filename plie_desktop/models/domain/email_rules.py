"""What can be wrong with an e-mail address."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from plie_desktop.models.domain.intake_form import Field
from plie_desktop.models.domain.problem import Level, Problem
from plie_desktop.text import N_

# What fingers do to the addresses most given at the stands.
_MEANT: Final = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.fr": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "hotmai.fr": "hotmail.fr",
    "outlok.fr": "outlook.fr",
    "outlook.con": "outlook.com",
    "orang.fr": "orange.fr",
    "ornage.fr": "orange.fr",
    "wanado.fr": "wanadoo.fr",
    "wandoo.fr": "wanadoo.fr",
    "yaho.fr": "yahoo.fr",
    "yahou.fr": "yahoo.fr",
    "lapost.net": "laposte.net",
    "laposte.fr": "laposte.net",
    "icloud.con": "icloud.com",
}

_LOCAL = re.compile(r"[^\s@.,;:<>()\[\]\"\\]+(?:\.[^\s@.,;:<>()\[\]\"\\]+)*")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")


def check_email(field: Field, value: str, _today: date) -> Iterator[Problem]:
    """The problems of one address."""
    local, at, domain = value.rpartition("@")
    if not at or not local or not domain:
        sentence = N_(
            "Une adresse s’écrit avec un @ : nom@exemple.fr. Relisez-la avec la personne."
        )
    elif local.startswith("."):
        sentence = N_("Une adresse ne commence pas par un point. Relisez-la avec la personne.")
    elif "." not in domain:
        sentence = N_("Il manque la fin, comme .fr ou .com. Relisez-la avec la personne.")
    elif not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        sentence = N_("Cette adresse ne recevrait rien. Relisez-la avec la personne.")
    elif domain in _MEANT:
        yield Problem(
            field.key,
            Level.ASKS,
            N_("Cette fin d’adresse est rare. Est-ce {proposal} ?"),
            {"proposal": f"{local}@{_MEANT[domain]}"},
        )
        return
    else:
        return
    yield Problem(field.key, Level.ASKS, sentence)
