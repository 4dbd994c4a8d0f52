"""Runs one command from its arguments to its exit code."""

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Final

from plie_desktop import logs, paths, text
from plie_desktop.commands import arguments as understood
from plie_desktop.commands import files, people, vaults
from plie_desktop.commands.arguments import USAGE, UsageError
from plie_desktop.commands.output import Output
from plie_desktop.errors import PlieError
from plie_desktop.text import N_

Command = Callable[[Namespace, Output], int]

_COMMANDS: Final[Mapping[str, Command]] = {
    "demo": vaults.demo,
    "enrol": vaults.enrol,
    "practice": vaults.practice,
    "import": files.import_intakes,
    "participants": people.participants,
    "plan": people.plan,
    "sync": vaults.sync,
    "doctor": vaults.doctor,
}
_UNEXPECTED: Final = N_(
    "Le programme s’est arrêté sur un défaut, vos données sont restées telles quelles. "
    "Envoyez au siège le journal {log}."
)

_log = logging.getLogger(__name__)


def main(given: Sequence[str]) -> int:
    """Run what was asked; 0 done, 1 refused or failed, 2 wrong usage."""
    words = text.words(understood.asked_language(given))
    try:
        asked = understood.parse(given, words)
    except UsageError as error:
        sys.stderr.write(words.say(error.sentence) + "\n")
        return USAGE
    if asked.command == "demo":
        # The story touches nothing of the person's own: its log lies beside its folder.
        asked.vault = asked.out
    asked.vault = getattr(asked, "vault", None) or paths.default_vault()
    output = Output(words, getattr(asked, "json", False))
    if asked.command is None:
        return vaults.window(asked)
    logs.start(asked.vault)
    return _run(_COMMANDS[asked.command], asked, output)


def _run(command: Command, asked: Namespace, output: Output) -> int:
    try:
        return command(asked, output)
    except UsageError as error:
        output.say(error.sentence)
        return USAGE
    except PlieError as error:
        _log.info("%s refused: %s", asked.command, type(error).__name__)
        output.fail(error)
    except (KeyboardInterrupt, CancelledError):
        output.say(N_("Arrêté à votre demande. Ce qui était fait est gardé."))
    except BrokenPipeError:
        # Whoever reads the results has read enough.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:  # noqa: BLE001 - the last net: whatever it is, a person gets one sentence
        _log.exception("%s failed", asked.command)
        output.fail(PlieError(_UNEXPECTED, log=logs.log_file(asked.vault).name))
    return 1
