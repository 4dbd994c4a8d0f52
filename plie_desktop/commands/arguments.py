"""What can be asked on the command line."""

import argparse
import sys
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final, NoReturn

from typing_extensions import override

from plie_desktop import text
from plie_desktop.models.domain.plan import PaperKind
from plie_desktop.text import N_, Words

USAGE: Final = 2
PAPERS: Final = tuple(kind.value for kind in PaperKind)

_NOT_UNDERSTOOD: Final = N_(
    "Cette commande ne se comprend pas ainsi. « --help » dit comment l’écrire."
)


class UsageError(Exception):
    """The command line is wrong; `sentence` is a French message id."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong, in the language asked for."""

    @override
    def error(self, message: str) -> NoReturn:
        sys.stderr.write(self.format_usage())
        raise UsageError(_NOT_UNDERSTOOD)


def parse(arguments: Sequence[str], words: Words) -> argparse.Namespace:
    """The arguments understood.

    Raises:
        UsageError: they are not.
        SystemExit: help was asked for, and given.
    """
    return _parser(words).parse_args(arguments)


def asked_language(arguments: Sequence[str]) -> str:
    """The language of this run, found before the arguments are read, to say what is wrong.

    What follows `plan` is the language of the paper, not of the messages.
    """
    asked = _parser_of_places()
    known, _ = asked.parse_known_args(list(takewhile(lambda one: one != "plan", arguments)))
    language = getattr(known, "language", "fr")
    return language if language in text.LANGUAGES else "fr"


def _parser_of_places() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    found.add_argument("--language", default="fr", nargs="?")
    return found


def _common(words: Words, *, with_language: bool) -> _Parser:
    """Options of the whole command, accepted before and after its name."""
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--vault", type=Path, metavar="DIR", help=words.say(N_("dossier du coffre"))
    )
    common.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=words.say(N_("fichier dont la première ligne est la phrase de passe")),
    )
    if with_language:
        common.add_argument(
            "--language", choices=text.LANGUAGES, help=words.say(N_("langue des messages"))
        )
    common.add_argument(
        "--json", action="store_true", help=words.say(N_("un seul document JSON en sortie"))
    )
    return common


def _parser(words: Words) -> argparse.ArgumentParser:
    usual = _common(words, with_language=True)
    parser = _Parser(
        prog="plie-desktop",
        description=words.say(N_("Accueils, parcours et plans d’un PLIE, sans réseau.")),
        parents=[usual],
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=False, parser_class=_Parser
    )

    def add(name: str, said: str, *, common: _Parser = usual) -> _Parser:
        return commands.add_parser(name, parents=[common], help=words.say(said), allow_abbrev=False)

    demo = add("demo", N_("toute l’histoire, avec deux portables et un siège"))
    demo.add_argument("--out", type=Path, metavar="DIR", default=Path("build/demo"))
    enrol = add("enrol", N_("inscrire ce portable auprès du siège"))
    enrol.add_argument("--server", required=True, metavar="URL")
    enrol.add_argument("--code", required=True, metavar="CODE")
    enrol.add_argument("--name", metavar="NAME", help=words.say(N_("nom de ce portable")))
    add("practice", N_("faire un coffre avec des personnes inventées, sans siège"))
    _add_import(add("import", N_("prendre un fichier d’accueils, CSV, CSV zippé ou XLSX")), words)
    _add_participants(add("participants", N_("lister, chercher ou lire des dossiers")), words)
    paper = _common(words, with_language=False)
    _add_plan(add("plan", N_("écrire le plan d’une personne en PDF"), common=paper), words)
    add("sync", N_("échanger une fois avec le siège"))
    add("doctor", N_("dire ce que contient le coffre et s’il est sain"))
    return parser


def _add_import(command: argparse.ArgumentParser, words: Words) -> None:
    command.description = words.say(
        N_("Un dossier connu reçoit les cellules changées ; une cellule vidée n’efface rien.")
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--dry-run", action="store_true", help=words.say(N_("dire sans rien enregistrer"))
    )
    command.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help=words.say(N_("écrire les lignes refusées dans un fichier CSV ou JSON")),
    )
    command.add_argument(
        "--skip-rejected",
        action="store_true",
        help=words.say(N_("prendre les lignes justes malgré les autres")),
    )


def _add_participants(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument(
        "action", nargs="?", choices=("search", "show"), help=words.say(N_("tous, sans rien"))
    )
    command.add_argument(
        "wanted", nargs="?", metavar="TEXT|ID", help=words.say(N_("mots à chercher, ou numéro"))
    )


def _add_plan(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("wanted", metavar="ID")
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    command.add_argument(
        "--paper",
        choices=PAPERS,
        default=PaperKind.A4.value,
        help=words.say(N_("à signer, à plier pour la poche, ou facile à lire")),
    )
    command.add_argument(
        "--language",
        dest="paper_language",
        choices=text.LANGUAGES,
        default="fr",
        help=words.say(N_("langue du plan")),
    )
