"""Where the passphrase comes from: a file, or the person at the keyboard, never an argument."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from plie_desktop.errors import RefusedInputError
from plie_desktop.text import N_, Words

_LARGEST: Final = 64 * 1024
_ASKED: Final = N_("Phrase de passe : ")
_AGAIN: Final = N_("La même, encore une fois : ")


def passphrase(asked: Namespace, words: Words, *, is_new: bool = False) -> str:
    """The passphrase of this run.

    Raises:
        RefusedInputError: the file cannot be read or is empty, or nobody can be asked.
    """
    file = getattr(asked, "passphrase_file", None)
    if file is not None:
        return _from_file(file)
    if not sys.stdin.isatty():
        raise RefusedInputError(
            N_("Personne n’est là pour taper la phrase de passe. Donnez --passphrase-file FICHIER.")
        )
    typed = getpass.getpass(words.say(_ASKED))
    if is_new and getpass.getpass(words.say(_AGAIN)) != typed:
        raise RefusedInputError(
            N_("Les deux phrases de passe diffèrent, rien n’a été fait. Recommencez.")
        )
    return typed


def _from_file(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            # Counted while reading: a pipe or a device has no size.
            held = stream.read(_LARGEST + 1)
        if len(held) > _LARGEST:
            raise RefusedInputError(_NOT_ONE)
        content = held.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedInputError(
            N_("Le fichier de la phrase de passe ne se lit pas. Vérifiez son nom et vos droits.")
        ) from error
    first = content.split("\n", 1)[0].rstrip("\r")
    if not first:
        raise RefusedInputError(_NOT_ONE)
    return first


_NOT_ONE: Final = N_(
    "Ce fichier ne contient pas de phrase de passe. Écrivez-la seule, sur sa première ligne."
)
