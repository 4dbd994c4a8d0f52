"""The whole story, from two blank laptops to a plan on paper, and the table of what was seen."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from plie_desktop.clock import SystemClock
from plie_desktop.demo import acts, window
from plie_desktop.demo.acts import Stage
from plie_desktop.demo.facts import Fact, table
from plie_desktop.demo.headquarters import Headquarters
from plie_desktop.demo.laptop import Laptop, no_keychain_tools
from plie_desktop.demo.line import Line
from plie_desktop.errors import RefusedInputError
from plie_desktop.server import embedded
from plie_desktop.services.session import VaultDoor
from plie_desktop.text import N_, Words

_SCOPE: Final = "blosne"
_MARK: Final = ".histoire"
"""An empty file by which a folder of the story is known again."""
_NOT_OURS: Final = N_(
    "{folder} contient autre chose qu’une démonstration et n’a pas été touché. "
    "Donnez un dossier neuf avec --out."
)
_ACTS: Final[tuple[tuple[str, Callable[[Stage], list[Fact]]], ...]] = (
    (N_("Import des accueils, sans réseau"), acts.import_offline),
    (N_("Un accueil dans la fenêtre, sans réseau"), acts.take_intake),
    (N_("Premier échange"), acts.first_exchange),
    (N_("Deux réponses différentes à la même question"), acts.disagree),
    (N_("Le parcours"), acts.plan_pathway),
    (N_("Les plans sur papier"), acts.make_plans),
    (N_("La fenêtre, page par page"), acts.show_window),
    (N_("Dernier échange"), acts.even_out),
)


def run(
    out: Path, words: Words, told: Callable[[Sequence[Fact], str], None], *, keep_window: bool
) -> int:
    """Play the story in `out`, which is emptied first; 0 when everything was seen to hold.

    Args:
        out: for vaults, headquarters, pictures and papers; nothing is written elsewhere.
        words: of what is told meanwhile.
        told: hears what was seen, and the same as a table.
        keep_window: leave the referent's window open at the end, on the data of the story.

    Raises:
        RefusedInputError: `out` holds what no story left there.
    """
    out = out.absolute()
    _empty(out)
    facts: list[Fact] = []
    with _at_home(out / "home"), _stage(out, facts, words) as (stage, database):
        for title, act in _ACTS:
            _tell(words.say(title))
            facts.extend(act(stage))
        _tell(words.say(N_("Vérification par relecture")))
        facts.extend(acts.verify(stage, database))
        report = table(facts, words)
        (out / "resultat.txt").write_text(report + "\n", encoding="utf-8")
        told(facts, report)
        if keep_window:
            _tell(
                words.say(
                    N_("Phrase de passe du coffre : {secret}"), secret=stage.office.passphrase
                )
            )
            window.leave_open(stage.office.folder, words.language)
    return 0 if all(fact.is_right for fact in facts) else 1


def _empty(out: Path) -> None:
    """Make way for the story: only what an earlier one left is taken away."""
    if out.exists() and not (out.is_dir() and _is_ours(out)):
        raise RefusedInputError(_NOT_OURS, folder=out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / _MARK).touch()


def _is_ours(out: Path) -> bool:
    return (out / _MARK).exists() or not any(out.iterdir())


@contextmanager
def _stage(out: Path, facts: list[Fact], words: Words) -> Iterator[tuple[Stage, str]]:
    """A headquarters, two laptops enrolled, and the address of the database."""
    _tell(words.say(N_("Le siège démarre sur un vrai PostgreSQL")))
    with Headquarters(out / "siege") as headquarters:
        people = (
            ("Nadia Le Goff", "OUTREACH", "02 99 00 00 01", N_("Portable de rue")),
            ("Yann Kerbrat", "REFERENT", "02 99 00 00 02", N_("Portable du bureau")),
        )
        _tell(words.say(N_("Deux portables s’inscrivent")))
        laptops = []
        for number, (name, role, phone, laptop_name) in enumerate(people, 1):
            folder = out / "coffres" / f"portable-{number}"
            secret = VaultDoor(folder, no_keychain_tools()).suggest_passphrase()
            laptop = Laptop(words.say(laptop_name), folder, secret, Line(headquarters.url))
            shown = laptop.enrol(headquarters.invite(name, role, _SCOPE, phone))
            facts.append(
                Fact(
                    N_("Portable inscrit : mots à comparer des deux côtés"),
                    str(len(shown)),
                    bool(shown),
                )
            )
            laptops.append(laptop)
        stage = Stage(out, laptops[0], laptops[1], SystemClock().today())
        try:
            yield stage, embedded.EmbeddedPostgres(out / "siege").url("plie")
        finally:
            for laptop in laptops:
                laptop.line.close()


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    """Caches and settings of this process and its children go below the folder of the story."""
    folder.mkdir(parents=True)
    moved = {
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    before = {name: os.environ.get(name) for name in moved}
    os.environ.update(moved)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


def _tell(sentence: str) -> None:
    sys.stderr.write(f"— {sentence}\n")
    sys.stderr.flush()
