"""The door: what opens, what is refused, and that a refusal leaves nothing behind."""

import signal
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from plie_desktop.errors import (
    EnrolmentRefusedError,
    RefusedInputError,
    ServerUnreachableError,
    VaultBusyError,
    VaultDamagedError,
    VaultError,
    VaultMissingError,
    WrongPassphraseError,
)
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.intake import Bookmark
from plie_desktop.services import identity
from plie_desktop.services.session import VaultDoor
from tests.support.keychains import MemoryKeychain
from tests.support.laptops import PASSPHRASE, Desk, enrolled, listening, tools

WRONG_CODE = "0000-00000-0000"


@pytest.fixture
def door(tmp_path, clock):
    return VaultDoor(tmp_path / "vault", tools(clock))


def nothing_left(folder) -> bool:
    return not folder.parent.exists() or [one.name for one in folder.parent.iterdir()] == []


def test_a_fresh_place_has_no_vault(door, tmp_path):
    state = door.state()
    assert (state.exists, state.has_keychain, state.folder) == (False, False, tmp_path / "vault")
    with pytest.raises(VaultMissingError):
        door.unlock(PASSPHRASE)


def test_a_suggestion_is_always_strong_enough(door):
    assert door.strength(door.suggest_passphrase()).enough
    assert not door.strength("bonjour").enough


def test_practice_opens_again_with_its_passphrase_alone(door):
    door.create_practice(PASSPHRASE).store.close()
    assert door.state().exists
    with pytest.raises(WrongPassphraseError):
        door.unlock("une autre phrase de passe bien longue")
    opened = door.unlock(PASSPHRASE)
    assert opened.identity.is_practice
    opened.store.close()


def test_a_vault_is_never_made_over_another(door):
    door.create_practice(PASSPHRASE).store.close()
    with pytest.raises(RefusedInputError, match="existe déjà"):
        door.create_practice(PASSPHRASE)
    door.unlock(PASSPHRASE).store.close()


def test_a_folder_with_other_things_is_left_alone(door, tmp_path):
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "photo.jpg").write_bytes(b"x")
    with pytest.raises(RefusedInputError, match="autre chose"):
        door.create_practice(PASSPHRASE)
    assert (tmp_path / "vault" / "photo.jpg").read_bytes() == b"x"


def test_an_empty_folder_is_taken(door, tmp_path):
    (tmp_path / "vault").mkdir()
    door.create_practice(PASSPHRASE).store.close()
    assert door.state().exists


def test_a_weak_passphrase_leaves_nothing_behind(door, tmp_path):
    with pytest.raises(RefusedInputError):
        door.create_practice("bonjour")
    assert nothing_left(tmp_path / "vault")


def test_a_vault_open_elsewhere_is_busy(door):
    opened = door.create_practice(PASSPHRASE)
    with pytest.raises(VaultBusyError):
        door.unlock(PASSPHRASE)
    opened.store.close()


def test_a_base_that_disappeared_is_missing(door, tmp_path):
    door.create_practice(PASSPHRASE).store.close()
    for file in (tmp_path / "vault").glob("vault.db*"):
        file.unlink()
    with pytest.raises(VaultMissingError):
        door.unlock(PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(4080), b"\x01" * 5000])
def test_a_base_that_is_empty_plain_or_cut_is_damaged(door, tmp_path, content):
    door.create_practice(PASSPHRASE).store.close()
    (tmp_path / "vault" / "vault.db").write_bytes(content)
    with pytest.raises(VaultDamagedError):
        door.unlock(PASSPHRASE)


def test_a_base_of_another_vault_is_damaged(door, tmp_path, clock):
    door.create_practice(PASSPHRASE).store.close()
    other = VaultDoor(tmp_path / "other", tools(clock))
    other.create_practice(PASSPHRASE).store.close()
    (tmp_path / "vault" / "vault.db").write_bytes((tmp_path / "other" / "vault.db").read_bytes())
    with pytest.raises(VaultDamagedError):
        door.unlock(PASSPHRASE)


def test_keys_that_disappeared_are_told(door, tmp_path):
    door.create_practice(PASSPHRASE).store.close()
    for file in (tmp_path / "vault").glob("vault.keys*"):
        file.unlink()
    with pytest.raises(VaultDamagedError):
        door.unlock(PASSPHRASE)


def test_a_base_whose_enrolment_never_ended_is_told(door):
    opened = door.create_practice(PASSPHRASE)
    with opened.store.write() as transaction:
        transaction.local.remove("identity")
    opened.store.close()
    with pytest.raises(VaultDamagedError, match="inscription"):
        door.unlock(PASSPHRASE)


def test_a_keychain_guards_and_is_forgotten_when_refused(tmp_path, clock):
    keychain = MemoryKeychain()
    door = VaultDoor(tmp_path / "vault", tools(clock, keychain=lambda: keychain))
    with pytest.raises(RefusedInputError):
        door.create_practice("bonjour")
    assert keychain.secrets == {}
    door.create_practice(PASSPHRASE).store.close()
    assert door.state().has_keychain
    assert len(keychain.secrets) == 1
    keychain.secrets.clear()
    with pytest.raises(VaultError):
        door.unlock(PASSPHRASE)


def test_the_bookmark_survives_the_session(desk):
    assert desk.services.session.bookmark() is None
    line = desk.services.participants.find("")[0]
    spot = Bookmark("intake", line.id, "phone", 4)
    desk.services.session.remember(spot)
    again = desk.reopen()
    assert again.services.session.bookmark() == spot
    again.close()


def test_a_bookmark_of_another_version_is_no_bookmark(desk):
    with desk.store.write() as transaction:
        transaction.local.put("bookmark", b'{"page": 3}')
    assert desk.services.session.bookmark() is None


# Enrolment


def test_an_enrolled_laptop_knows_who_and_for_whom(tmp_path, headquarters, clock):
    code = headquarters.code("Anna Le Goff", Role.REFERENT, ["maurepas", "blosne"])
    desk = enrolled(tmp_path / "Portable 3", headquarters.url, code.lower(), clock)
    who = desk.services.session.identity()
    assert (who.staff.name, who.role, who.scopes) == (
        "Anna Le Goff", Role.REFERENT, ("maurepas", "blosne"),
    )  # fmt: skip
    assert who.device_name == "Portable 3"
    assert who.device_prefix
    assert not who.is_practice
    assert len(desk.opened.words) == 6
    assert {one.name for one in tmp_path.iterdir()} == {"Portable 3"}
    again = desk.reopen()
    assert again.services.session.identity() == who
    again.close()


@pytest.mark.parametrize("code", ["", "ABC", "0000 0000 0000 000", "é" * 13])
def test_a_code_that_cannot_be_one_is_not_even_sent(tmp_path, clock, code):
    door = VaultDoor(tmp_path / "vault", tools(clock))
    with pytest.raises(EnrolmentRefusedError, match="13 lettres"):
        door.enrol("http://127.0.0.1:9", code, PASSPHRASE, "Portable")
    assert nothing_left(tmp_path / "vault")


def test_a_wrong_code_is_refused_and_leaves_nothing(tmp_path, headquarters, clock):
    keychain = MemoryKeychain()
    door = VaultDoor(tmp_path / "vault", tools(clock, keychain=lambda: keychain))
    headquarters.code()
    with pytest.raises(EnrolmentRefusedError, match="pas le bon"):
        door.enrol(headquarters.url, WRONG_CODE, PASSPHRASE, "Portable")
    assert nothing_left(tmp_path / "vault")
    assert keychain.secrets == {}


def test_a_code_serves_one_laptop(tmp_path, headquarters, clock):
    code = headquarters.code()
    enrolled(tmp_path / "first" / "vault", headquarters.url, code, clock).close()
    door = VaultDoor(tmp_path / "second" / "vault", tools(clock))
    with pytest.raises(EnrolmentRefusedError, match="déjà servi"):
        door.enrol(headquarters.url, code, PASSPHRASE, "Portable")
    assert nothing_left(tmp_path / "second" / "vault")


def test_a_weak_passphrase_does_not_cost_the_code(tmp_path, headquarters, clock):
    code = headquarters.code()
    door = VaultDoor(tmp_path / "vault", tools(clock))
    with pytest.raises(RefusedInputError):
        door.enrol(headquarters.url, code, "bonjour", "Portable")
    assert nothing_left(tmp_path / "vault")
    door.enrol(headquarters.url, code, PASSPHRASE, "Portable").store.close()


def test_nobody_at_the_address_leaves_nothing(tmp_path, clock):
    door = VaultDoor(tmp_path / "vault", tools(clock))
    with pytest.raises(ServerUnreachableError):
        door.enrol("http://127.0.0.1:9", WRONG_CODE, PASSPHRASE, "Portable")
    assert nothing_left(tmp_path / "vault")


def test_another_service_at_the_address_is_told(tmp_path, clock):
    async def welcome(_request):
        return HTMLResponse("<html>Bienvenue</html>")

    door = VaultDoor(tmp_path / "vault", tools(clock))
    somewhere = Starlette(routes=[Route("/{rest:path}", welcome, methods=["GET", "POST"])])
    with listening(somewhere) as url, pytest.raises(ServerUnreachableError, match="pas le siège"):
        door.enrol(url, WRONG_CODE, PASSPHRASE, "Portable")
    assert nothing_left(tmp_path / "vault")


def test_a_laptop_without_a_name_is_asked_for_one(tmp_path, clock):
    door = VaultDoor(tmp_path / "vault", tools(clock))
    with pytest.raises(RefusedInputError, match="nom"):
        door.enrol("http://127.0.0.1:9", WRONG_CODE, PASSPHRASE, " \u200b ")


def test_an_answer_lost_on_the_way_does_not_cost_the_code(tmp_path, headquarters, clock):
    code = headquarters.code()
    folder = tmp_path / "vault"

    def deaf(address, key):
        client = tools(clock).connect(address, key)
        heard = client.enrol

        def enrol(ask):
            heard(ask)
            raise ServerUnreachableError("La liaison s’est interrompue.")

        client.enrol = enrol
        return client

    with pytest.raises(ServerUnreachableError):
        VaultDoor(folder, tools(clock, connect=deaf)).enrol(
            headquarters.url, code, PASSPHRASE, "Portable"
        )
    assert not folder.exists()

    opened = VaultDoor(folder, tools(clock)).enrol(headquarters.url, code, PASSPHRASE, "Portable")

    desk = Desk(folder, opened, tools(clock))
    assert desk.sync().waiting == 0
    assert {one.name for one in tmp_path.iterdir()} == {"vault"}
    desk.close()


def test_what_a_dead_try_left_does_not_stop_another_passphrase(tmp_path, headquarters, clock):
    folder = tmp_path / "vault"
    beside = VaultDoor(folder.with_name("vault.unfinished"), tools(clock))
    beside.create_practice("une toute autre phrase de passe que personne ne sait").store.close()
    door = VaultDoor(folder, tools(clock))
    opened = door.enrol(headquarters.url, headquarters.code(), PASSPHRASE, "Portable")
    assert not opened.identity.is_practice
    opened.store.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from plie_desktop.services import enrolling, vault_making
from plie_desktop.services.session import VaultDoor
from tests.support.laptops import PASSPHRASE, tools
folder, url, code, point = sys.argv[1:]
def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
if point == "before the answer is kept":
    enrolling.identity.keep = die
elif point == "before the move":
    vault_making.Nursery.settle = die
VaultDoor(Path(folder), tools()).enrol(url, code, PASSPHRASE, "Portable")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("point", ["before the answer is kept", "before the move"])
def test_a_kill_while_enrolling_costs_neither_code_nor_laptop(tmp_path, headquarters, clock, point):
    folder, code = tmp_path / "vault", headquarters.code()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), headquarters.url, code, point],
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    assert not folder.exists()

    opened = VaultDoor(folder, tools(clock)).enrol(headquarters.url, code, PASSPHRASE, "Portable")

    with opened.store.read() as transaction:
        assert identity.find(transaction) == opened.identity
    opened.store.close()
    assert {one.name for one in tmp_path.iterdir()} == {"vault"}


def test_names_of_people_are_in_no_file_of_the_vault(desk, tmp_path):
    desk.person(birth_name="Zorglubien", first_name="Quetzal", phone="0639980199")
    desk.services.session.close()
    for file in (one for one in tmp_path.rglob("*") if one.is_file()):
        content = file.read_bytes()
        for name in ("Zorglubien", "Quetzal", "0639980199"):
            assert name.encode() not in content
            assert name.encode("utf-16-le") not in content
