"""Opens the vault of this run, and closes it again whatever happens."""

from argparse import Namespace
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plie_desktop import bootstrap
from plie_desktop.commands.passphrases import passphrase
from plie_desktop.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plie_desktop.services.workplace import Services


@contextmanager
def opened(asked: Namespace, words: Words) -> "Iterator[Services]":
    """The services of the vault that was asked for.

    Raises:
        VaultError: it does not open.
    """
    vault = bootstrap.door(asked.vault).unlock(passphrase(asked, words))
    services = bootstrap.services(vault)
    try:
        yield services
    finally:
        services.session.close()
