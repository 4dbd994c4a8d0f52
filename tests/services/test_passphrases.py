"""The passphrase of an open vault is changed: the new one opens, the base is what it was."""

import hashlib

import pytest

from plie_desktop.errors import DiskFullError, RefusedInputError, VaultError, WrongPassphraseError
from plie_desktop.security import key_copies
from plie_desktop.services.passphrases import PassphraseService
from plie_desktop.services.session import VaultDoor
from tests.support.keychains import MemoryKeychain
from tests.support.laptops import PASSPHRASE, Desk, tools

NEXT = "girouette-marelle-octave-tambour-verger-ficelle-lagune"
SHORTER = "girouette-marelle-octave-tambour-verger"
"""Enough beside a keychain, too little alone."""


def everything(desk):
    """What the base holds, and what it would send."""
    with desk.store.read() as transaction:
        edits = transaction.outbox.pending(after=0, limit=10_000)
    people = desk.services.participants.find("")
    answers = [desk.services.intakes.open(line.id).intake for line in people]
    return people, answers, edits


def others(held, someone):
    people, answers, _ = held
    return [line for line in people if line.id != someone], [
        intake for intake in answers if intake.participant_id != someone
    ]


def base_bytes(folder):
    return hashlib.sha256((folder / "vault.db").read_bytes()).digest()


def keys_of(folder):
    return [(folder / name).read_bytes() for name in ("vault.keys", "vault.keys.b")]


def test_the_new_one_opens_and_the_old_one_does_not(desk):
    someone = desk.person(birth_name="Essai", phone="0639980199")
    before = everything(desk)
    desk.services.passphrase.change(PASSPHRASE, NEXT)
    assert everything(desk) == before
    desk.answer(someone, first_name="Gaïa")
    desk.close()
    door = VaultDoor(desk.folder, desk.tools)
    with pytest.raises(WrongPassphraseError):
        door.unlock(PASSPHRASE)
    again = Desk(desk.folder, door.unlock(NEXT), desk.tools)
    assert others(everything(again), someone) == others(before, someone)
    assert again.value(someone, "first_name") == "Gaïa"
    again.close()


def test_the_base_file_is_not_written_again(desk):
    desk.close()
    before = base_bytes(desk.folder)
    PassphraseService(desk.folder, desk.tools).change(PASSPHRASE, NEXT)
    assert base_bytes(desk.folder) == before


@pytest.mark.parametrize(
    ("current", "new", "refusal"),
    [
        (NEXT, SHORTER + "-lagune-ficelle", WrongPassphraseError),
        (PASSPHRASE, "bonjour", RefusedInputError),
        (PASSPHRASE, SHORTER, RefusedInputError),
        (PASSPHRASE, PASSPHRASE, RefusedInputError),
    ],
    ids=["wrong current one", "weak", "weak without a keychain", "the same"],
)
def test_a_refusal_changes_nothing(desk, current, new, refusal):
    before = keys_of(desk.folder)
    with pytest.raises(refusal):
        desk.services.passphrase.change(current, new)
    assert keys_of(desk.folder) == before


def test_a_full_disk_leaves_the_old_one(desk, monkeypatch):
    def no_room(*_):
        raise OSError(28, "no space left on device")

    before = keys_of(desk.folder)
    monkeypatch.setattr(key_copies, "_write_durably", no_room)
    with pytest.raises(DiskFullError):
        desk.services.passphrase.change(PASSPHRASE, NEXT)
    assert keys_of(desk.folder) == before


def test_beside_a_keychain_its_secret_stays_and_its_bar_is_the_one_told(tmp_path, clock):
    keychain = MemoryKeychain()
    with_keychain = tools(clock, keychain=lambda: keychain)
    VaultDoor(tmp_path / "vault", with_keychain).create_practice(PASSPHRASE).store.close()
    secrets = dict(keychain.secrets)
    service = PassphraseService(tmp_path / "vault", with_keychain)
    assert service.strength(SHORTER).enough
    service.change(PASSPHRASE, SHORTER)
    assert keychain.secrets == secrets
    VaultDoor(tmp_path / "vault", with_keychain).unlock(SHORTER).store.close()
    with pytest.raises(VaultError):
        VaultDoor(tmp_path / "vault", tools(clock)).unlock(SHORTER)


def test_a_vault_older_than_the_keychain_keeps_its_own_bar(tmp_path, clock):
    VaultDoor(tmp_path / "vault", tools(clock)).create_practice(PASSPHRASE).store.close()
    service = PassphraseService(tmp_path / "vault", tools(clock, keychain=MemoryKeychain))
    assert not service.strength(SHORTER).enough
    assert service.strength(service.suggest()).enough
    service.change(PASSPHRASE, service.suggest())
