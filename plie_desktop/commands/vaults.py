"""Commands about a vault as a whole: made, exchanged, examined, shown."""

import os
import socket
import sys
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from plie_desktop import bootstrap
from plie_desktop.commands.opening import opened
from plie_desktop.commands.output import Output
from plie_desktop.commands.passphrases import passphrase
from plie_desktop.models.domain.access import ROLE_LABELS
from plie_desktop.services.session import OpenedVault
from plie_desktop.tasks import Cancel
from plie_desktop.text import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plie_desktop.demo.facts import Fact


def window(asked: Namespace) -> int:
    """Open the window."""
    return bootstrap.open_window(asked.vault, getattr(asked, "language", None))


def demo(asked: Namespace, output: Output) -> int:
    """Play the whole story; the window stays open where there is a screen."""
    from plie_desktop.demo.story import run  # noqa: PLC0415 - a rare command brings much

    folder = asked.out.absolute()

    def told(facts: "Sequence[Fact]", report: str) -> None:
        seen = [
            {"what": output.words.say(fact.what), "seen": fact.seen, "is_right": fact.is_right}
            for fact in facts
        ]
        output.document({"facts": seen, "folder": str(folder)})
        if not output.as_json:
            where = output.words.say(N_("Captures et plans : {folder}"), folder=folder)
            sys.stdout.write(f"\n{report}\n\n{where}\n")
        # A person reads it while the window is still open.
        sys.stdout.flush()

    return run(asked.out, output.words, told, keep_window=_has_screen())


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    is_told = os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal")
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) and not is_told


def enrol(asked: Namespace, output: Output) -> int:
    """Make this laptop known to headquarters, and its vault."""
    secret = passphrase(asked, output.words, is_new=True)
    name = asked.name or socket.gethostname()
    vault = bootstrap.door(asked.vault).enrol(asked.server, asked.code, secret, name)
    vault.store.close()
    output.say(N_("Ce portable est inscrit. Comparez les six mots avec ceux du siège."))
    return _tell(vault, output)


def practice(asked: Namespace, output: Output) -> int:
    """Make a vault with invented people."""
    secret = passphrase(asked, output.words, is_new=True)
    vault = bootstrap.door(asked.vault).create_practice(secret)
    vault.store.close()
    output.say(N_("Le coffre d’entraînement est prêt. Ses personnes sont toutes inventées."))
    return _tell(vault, output)


def sync(asked: Namespace, output: Output) -> int:
    """Exchange with headquarters until both sides are even."""

    def progress(done: int, total: int | None, sentence: str) -> None:
        said = output.words.say(sentence)
        output.say(f"{said} : {done}" if total is None else f"{said} : {done} / {total}")

    with opened(asked, output.words) as services:
        report = services.synchronisation.run_once(progress, Cancel()).report
    found = asdict(report)
    del found["touched"]
    output.document({**found, "files": len(report.touched)})
    output.facts(
        {
            N_("Envoyées"): report.sent,
            N_("Reçues"): report.received,
            N_("À trancher"): report.to_settle,
            N_("En attente au siège"): report.parked,
            N_("Encore à envoyer"): report.waiting,
        }
    )
    return 0


def doctor(asked: Namespace, output: Output) -> int:
    """Say what is inside, and whether it is sound; 1 when it is not."""
    with opened(asked, output.words) as services:
        report = services.doctor.examine()
    found = asdict(report)
    output.document(found)
    output.table((name, _cell(value)) for name, value in found.items() if name != "findings")
    for finding in report.findings:
        output.say(finding)
    if report.is_sound:
        output.say(N_("Le coffre est sain."))
    return 0 if report.is_sound else 1


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _tell(vault: OpenedVault, output: Output) -> int:
    who = vault.identity
    output.document(
        {
            "vault": vault.folder,
            "device": who.device_prefix,
            "name": who.staff.name,
            "role": who.role.value,
            "scopes": who.scopes,
            "server": who.server,
            "organisation": who.organisation,
            "words": vault.words,
        }
    )
    output.facts(
        {
            N_("Coffre"): vault.folder,
            N_("Portable"): f"{who.device_name} ({who.device_prefix})",
            N_("Personne"): who.staff.name,
            N_("Rôle"): output.words.say(ROLE_LABELS[who.role]),
            N_("Organisation"): who.organisation,
        }
    )
    if vault.words:
        output.facts({N_("Mots à comparer"): " ".join(vault.words)})
    return 0
