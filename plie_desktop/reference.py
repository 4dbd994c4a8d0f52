"""Official code lists: codes, French labels, and what people read in their language.

Every room above may come in. The CSV files under `resources/reference/` carry their source and
status in their first lines; countries and languages come from the CLDR data that Babel ships.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from plie_desktop import paths
from plie_desktop.text import N_, Words


@dataclass(frozen=True)
class Code:
    """One entry of a list.

    Attributes:
        label: its French label, as files of intakes and kept texts have it; people read `said`.
        more: the list's other columns as they stand.
    """

    code: str
    label: str
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CodeList:
    """A list of codes in its own order."""

    name: str
    codes: tuple[Code, ...]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def label(self, code: str) -> str:
        """The French label of a code, or the code itself when this version does not know it."""
        found = self.find(code)
        return found.label if found else code

    def find(self, code: str) -> Code | None:
        return _index(self.name).get(code)

    def said(self, code: str, words: Words) -> str:
        """The label people read, in their language; an unknown code stays as it is."""
        found = self.find(code)
        return self._said(found, words) if found else code

    def lines(self, words: Words) -> tuple[tuple[str, str], ...]:
        """All codes with the labels people read, in the order in which these are listed."""
        found = ((code.code, self._said(code, words)) for code in self.codes)
        return tuple(_by_name(found) if self.name == _COUNTRIES else found)

    def reworded(self, text: str, words: Words) -> str:
        """A text kept as the French label of a code, as people read it; any other stays."""
        found = _by_label(self.name).get(text)
        return self._said(found, words) if found else text

    def _said(self, code: Code, words: Words) -> str:
        return _translated(self.name, words.language).get(code.code) or words.say(code.label)


@dataclass(frozen=True)
class _Source:
    """Where a list is read from: its file, and the columns of code and label."""

    file: str
    code: str
    label: str
    only: tuple[str, str] | None = None


_SOURCES: Final = {
    "benefits": _Source("benefits.csv", "code", "label_fr"),
    "brakes": _Source("brakes_situations.csv", "local_code", "label_fr"),
    "communes": _Source("communes_rennes_metropole.csv", "insee_code", "name"),
    "education": _Source("education_levels.csv", "local_code", "label_fr"),
    "housing": _Source("housing_statuses.csv", "code", "label_fr"),
    "labour": _Source("labour_status.csv", "code", "label_fr"),
    "french": _Source("language_levels.csv", "code", "label_fr"),
    "licences": _Source("mobility.csv", "code", "label_fr", ("kind", "licence")),
    "transport": _Source("mobility.csv", "code", "label_fr", ("kind", "means")),
    "origins": _Source("prescriber_kinds.csv", "code", "label_fr"),
    "districts": _Source("qpv_rennes_2024.csv", "local_key", "name"),
    "jobs": _Source("rome_appellations.csv", "appellation_code", "label"),
    "step_types": _Source("step_types.csv", "code", "label_fr", ("counts_as_step", "yes")),
    "unemployment": _Source("unemployment_durations.csv", "code", "label_fr"),
}

_OWN: Final = {
    "yes_no": (("oui", N_("Oui")), ("non", N_("Non"))),
    "sexes": (("F", N_("Femme")), ("M", N_("Homme")), ("X", N_("Autre"))),
    "households": (
        ("seul", N_("Seul·e")),
        ("couple", N_("En couple")),
        ("monoparental", N_("Parent isolé")),
    ),
    "disability": (("oui", N_("Oui")), ("non", N_("Non")), ("en_cours", N_("Demande en cours"))),
}

# Languages heard at the stands of Rennes first (domain research), then those of CLDR's usual set.
_LANGUAGES: Final = (
    "fr ar fa prs ps tr en pt es uk ru so ti am bn de el ff hy it ka kmr ku lg ln mg mn pl ro rom"
    " sq sr sw ta uz vi wo zh"
)

# CLDR has these only as forms of another language.
_NAMED_HERE: Final = {
    "fr": {"prs": "dari", "kmr": "kurmandji"},
    "en": {"prs": "Dari", "kmr": "Kurmanji"},
}

_COUNTRIES: Final = "countries"
_LANGUAGE_NAMES: Final = "languages"


@lru_cache(maxsize=32)
def load(name: str) -> CodeList:
    """The list of that name.

    Raises:
        KeyError: there is no such list.
    """
    if name in _OWN:
        return CodeList(name, tuple(Code(code, label) for code, label in _OWN[name]))
    if name == _COUNTRIES:
        return CodeList(name, tuple(_countries()))
    if name == _LANGUAGE_NAMES:
        named = _languages("fr")
        return CodeList(name, tuple(Code(code, label) for code, label in named.items()))
    source = _SOURCES[name]
    codes = [
        Code(row[source.code], row[source.label], row)
        for row in _rows(source.file)
        if source.only is None or row[source.only[0]] == source.only[1]
    ]
    if name == "districts":
        codes.insert(0, Code("aucun", N_("Aucun")))
    return CodeList(name, tuple(codes))


@lru_cache(maxsize=32)
def _index(name: str) -> Mapping[str, Code]:
    return {code.code: code for code in load(name)}


@lru_cache(maxsize=32)
def _by_label(name: str) -> Mapping[str, Code]:
    return {code.label: code for code in load(name)}


@lru_cache(maxsize=64)
def _translated(name: str, language: str) -> Mapping[str, str]:
    """Labels by code that a list itself has in another language; the catalogue says the rest."""
    if language == "fr":
        return {}
    if name == _COUNTRIES:
        return _territories(language)
    if name == _LANGUAGE_NAMES:
        return _languages(language)
    column = f"label_{language}"
    return {code.code: code.more[column] for code in load(name) if column in code.more}


def _rows(file: str) -> Iterator[dict[str, str]]:
    with paths.resource("reference", file).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))


def _countries() -> Iterator[Code]:
    # Two-letter alphabetic codes only: CLDR also names continents and groupings of countries.
    groupings = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    named = (
        (code, label)
        for code, label in _territories("fr").items()
        if len(code) == 2 and code.isalpha() and code not in groupings  # noqa: PLR2004 - as said
    )
    for code, label in _by_name(named):
        yield Code(code, label)


def _by_name(countries: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(countries, key=lambda pair: (pair[0] != "FR", _unaccented(pair[1])))


def _unaccented(label: str) -> str:
    return "".join(sign for sign in normalize("NFD", label) if not combining(sign)).casefold()


def _territories(language: str) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415 - slow to import, and few pages need it

    return Locale(language).territories


def _languages(language: str) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415 - as above

    known = {**Locale(language).languages, **_NAMED_HERE[language]}
    return {code: known.get(code, code).capitalize() for code in _LANGUAGES.split()}
