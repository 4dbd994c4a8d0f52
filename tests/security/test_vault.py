"""One person's vault: made, opened, changed, and damaged in every way a laptop can think of."""

import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
import unicodedata
import uuid
from pathlib import Path

import pytest

from plie_desktop.clock import SystemChance
from plie_desktop.errors import (
    DiskFullError,
    RefusedInputError,
    VaultDamagedError,
    VaultError,
    VaultMissingError,
    WrongPassphraseError,
)
from plie_desktop.security import key_file
from plie_desktop.security.vault import Vault, VaultKeys
from tests.security.conftest import LONG_PASSPHRASE, NEXT_PASSPHRASE, PASSPHRASE, read_only
from tests.support.keychains import MemoryKeychain

A, B = "vault.keys", "vault.keys.b"
FLAT = b"not a key file"


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def vault(make_vault, keychain):
    return make_vault(keychain)


@pytest.fixture
def keys(vault):
    return vault.create(PASSPHRASE)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestCreating:
    def test_keys_come_back_at_the_next_opening(self, make_vault, keychain, keys):
        assert make_vault(keychain).open(PASSPHRASE) == keys

    def test_keys_have_the_sizes_sqlcipher_wants(self, keys):
        assert (len(keys.database), len(keys.salt)) == (32, 16)
        assert keys.vault_id == uuid.UUID(keys.vault_id).hex

    def test_keys_are_not_shown(self, keys):
        assert repr(keys) == str(keys) == "VaultKeys()"

    def test_each_vault_has_its_own_keys(self, make_vault, keychain, keys, tmp_path):
        other = make_vault(keychain, tmp_path / "other").create(PASSPHRASE)
        assert len({keys.vault_id, other.vault_id}) == 2
        assert len({keys.database, other.database}) == 2
        assert len({keys.salt, other.salt}) == 2

    def test_both_copies_are_equal_and_nothing_else_is_there(self, keys, folder):
        assert names(folder) == [A, B]
        assert (folder / A).read_bytes() == (folder / B).read_bytes()

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
    def test_folder_and_files_are_closed_to_other_accounts(self, keys, folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE((folder / name).stat().st_mode) for name in (A, B)} == {0o600}

    def test_person_is_named_in_the_file(self, make_vault, keychain, folder):
        person = uuid.UUID("01890a5d-ac96-774b-bcce-b302099a8057")
        make_vault(keychain).create(PASSPHRASE, person)
        assert key_file.decode((folder / A).read_bytes()).user == person.bytes

    def test_vault_is_known_to_exist_only_then(self, make_vault, keychain):
        vault = make_vault(keychain)
        assert not vault.exists()
        vault.create(PASSPHRASE)
        assert vault.exists()

    def test_existing_vault_is_never_written_over(self, make_vault, keychain, keys, folder):
        before = (folder / A).read_bytes()
        with pytest.raises(RefusedInputError, match="existe déjà"):
            make_vault(keychain).create(NEXT_PASSPHRASE)
        assert (folder / A).read_bytes() == before

    @pytest.mark.parametrize("name", [A, B])
    def test_even_a_damaged_key_file_is_never_written_over(
        self, make_vault, keychain, folder, name
    ):
        folder.mkdir()
        (folder / name).write_bytes(FLAT)
        with pytest.raises(RefusedInputError, match="existe déjà"):
            make_vault(keychain).create(PASSPHRASE)
        assert names(folder) == [name]

    def test_base_without_keys_is_no_first_start(self, make_vault, keychain, folder):
        folder.mkdir()
        (folder / "vault.db").write_bytes(bytes(4096))
        for act in (Vault.create, Vault.open):
            with pytest.raises(VaultDamagedError, match="disparu"):
                act(make_vault(keychain), PASSPHRASE)
        assert names(folder) == ["vault.db"]
        assert keychain.secrets == {}

    def test_weak_passphrase_leaves_nothing_behind(self, make_vault, keychain, folder):
        with pytest.raises(RefusedInputError, match="15 caractères"):
            make_vault(keychain).create("trop court")
        assert not folder.exists()
        assert keychain.secrets == {}

    def test_folder_that_cannot_be_made_is_told(self, make_vault, keychain, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(VaultError, match="ne peut pas être créé"):
            make_vault(keychain, tmp_path / "file" / "vault").create(PASSPHRASE)

    def test_base_lies_beside_the_keys(self, vault, folder):
        assert vault.database_path == folder / "vault.db"


class TestOpening:
    @pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
    def test_every_keyboard_s_spelling_opens(self, make_vault, keychain, form):
        passphrase = "forêt éclair goéland ﬁnement tunnel"
        keys = make_vault(keychain).create(passphrase)
        spelt = unicodedata.normalize(form, passphrase)
        assert make_vault(keychain).open(spelt) == keys

    @pytest.mark.parametrize(
        "wrong",
        ["", "x", PASSPHRASE.upper(), f"{PASSPHRASE} ", PASSPHRASE[:-1], "\ud800", "a" * 99999],
    )
    def test_wrong_passphrase_is_told(self, vault, keys, wrong):
        with pytest.raises(WrongPassphraseError, match="majuscules"):
            vault.open(wrong)

    def test_no_vault_is_told(self, vault):
        with pytest.raises(VaultMissingError):
            vault.open(PASSPHRASE)

    def test_opening_writes_nothing(self, vault, keys, folder):
        before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
        vault.open(PASSPHRASE)
        assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before

    @pytest.mark.slow
    def test_real_price_opens(self, tmp_path, keychain):
        """Once with the parameters of the product: 128 MiB, then 256 MiB without a keychain."""
        with_keychain = Vault(tmp_path / "with", keychain, SystemChance())
        assert with_keychain.create(PASSPHRASE) == with_keychain.open(PASSPHRASE)
        alone = Vault(tmp_path / "alone", None, SystemChance())
        assert alone.create(LONG_PASSPHRASE) == alone.open(LONG_PASSPHRASE)
        prices = [
            json.loads((tmp_path / name / A).read_bytes())["slots"][0]["kdf"]["m"]
            for name in ("with", "alone")
        ]
        assert prices == [131_072, 262_144]


def test_nothing_heavy_is_loaded_before_the_first_key():
    """The unlock window paints before the libraries of the vault are read."""
    code = (
        "import sys\n"
        "from plie_desktop.security import hardening, keychain, passphrase, suspend, vault\n"
        "print(sorted({'cryptography', 'keyring', 'jeepney', 'msgspec'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


class TestWithoutKeychain:
    def test_longer_passphrase_opens_alone(self, make_vault):
        keys = make_vault(None).create(LONG_PASSPHRASE)
        assert not make_vault(None).needs_device_secret()
        assert make_vault(None).open(LONG_PASSPHRASE) == keys

    def test_shorter_passphrase_is_refused(self, make_vault, folder):
        with pytest.raises(RefusedInputError, match="sept mots"):
            make_vault(None).create(PASSPHRASE)
        assert not folder.exists()

    def test_keychain_that_comes_later_changes_nothing(self, make_vault, keychain):
        keys = make_vault(None).create(LONG_PASSPHRASE)
        assert make_vault(keychain).open(LONG_PASSPHRASE) == keys

    def test_keychain_that_keeps_nothing_counts_as_none(self, make_vault, keychain, folder):
        keychain.is_locked = True
        with pytest.raises(RefusedInputError, match="sept mots"):
            make_vault(keychain).create(PASSPHRASE)
        assert names(folder) == []
        keys = make_vault(keychain).create(LONG_PASSPHRASE)
        assert not make_vault(keychain).needs_device_secret()
        assert make_vault(None).open(LONG_PASSPHRASE) == keys


class TestDeviceSecret:
    """What the keychain can do to a vault that was made with it."""

    def test_folder_copied_elsewhere_does_not_open(self, make_vault, keys, folder, tmp_path):
        shutil.copytree(folder, tmp_path / "stolen")
        with pytest.raises(VaultError, match="absent ou verrouillé"):
            make_vault(None, tmp_path / "stolen").open(PASSPHRASE)
        with pytest.raises(VaultError, match="n’a plus le secret"):
            make_vault(MemoryKeychain(), tmp_path / "stolen").open(PASSPHRASE)

    def test_locked_keychain_is_told_as_such(self, vault, keychain, keys):
        keychain.is_locked = True
        with pytest.raises(VaultError, match="verrouillé") as told:
            vault.open(PASSPHRASE)
        assert not isinstance(told.value, WrongPassphraseError)
        keychain.is_locked = False
        assert vault.open(PASSPHRASE) == keys

    @pytest.mark.parametrize("secret", [bytes(32), b"", bytes(7)])
    def test_other_secret_is_not_taken_for_a_wrong_passphrase(self, vault, keychain, keys, secret):
        right = keychain.secrets[keys.vault_id]
        keychain.secrets[keys.vault_id] = secret
        with pytest.raises(VaultError, match="un autre secret") as told:
            vault.open(PASSPHRASE)
        assert not isinstance(told.value, WrongPassphraseError)
        keychain.secrets[keys.vault_id] = right
        assert vault.open(PASSPHRASE) == keys

    def test_each_bad_state_has_its_own_sentence_and_harms_nothing(
        self, make_vault, keychain, keys, folder
    ):
        before = (folder / A).read_bytes()
        empty, other, locked = MemoryKeychain(), MemoryKeychain(), MemoryKeychain()
        other.put(keys.vault_id, bytes(32))
        locked.is_locked = True
        sentences = set()
        for state in (None, empty, other, locked):
            with pytest.raises(VaultError) as told:
                make_vault(state).open(PASSPHRASE)
            sentences.add(told.value.sentence)
        assert len(sentences) == 4
        assert (folder / A).read_bytes() == before
        assert make_vault(keychain).open(PASSPHRASE) == keys

    def test_vault_says_that_it_needs_the_keychain(self, make_vault, keys):
        assert make_vault(None).needs_device_secret()

    def test_colleague_s_passphrase_secret_and_files_open_nothing_of_hers(
        self, make_vault, keychain, keys, folder, tmp_path
    ):
        colleague = MemoryKeychain()
        his_folder = tmp_path / "his"
        his = make_vault(colleague, his_folder).create(NEXT_PASSPHRASE)
        colleague.secrets[keys.vault_id] = colleague.secrets[his.vault_id]
        for passphrase in (PASSPHRASE, NEXT_PASSPHRASE):
            with pytest.raises(VaultError):
                make_vault(colleague).open(passphrase)
        for name in (A, B):
            shutil.copy(his_folder / name, folder / name)
        with pytest.raises(VaultError):
            make_vault(keychain).open(PASSPHRASE)
        assert make_vault(colleague).open(NEXT_PASSPHRASE).database != keys.database

    def test_real_secret_service_opens(self, secret_service, make_vault):
        from plie_desktop.security.keychain import system_keychain

        real = system_keychain()
        keys = make_vault(real).create(PASSPHRASE)
        assert make_vault(real).needs_device_secret()
        assert make_vault(system_keychain()).open(PASSPHRASE) == keys
        real.remove(keys.vault_id)
        with pytest.raises(VaultError, match="n’a plus le secret"):
            make_vault(real).open(PASSPHRASE)


class TestDamage:
    @pytest.mark.parametrize("name", [A, B])
    @pytest.mark.parametrize("damage", ["gone", "empty", "cut", "flat", "huge", "folder", "pipe"])
    def test_one_bad_copy_harms_nothing_and_is_made_anew(self, vault, keys, folder, name, damage):
        whole = (folder / name).read_bytes()
        spoil(folder / name, damage)
        assert vault.open(PASSPHRASE) == keys
        if damage != "folder":
            assert (folder / name).read_bytes() == whole
            assert names(folder) == [A, B]

    @pytest.mark.parametrize("damage", ["empty", "cut", "flat", "huge", "folder", "pipe"])
    def test_two_bad_copies_are_told(self, vault, keys, folder, damage):
        for name in (A, B):
            spoil(folder / name, damage)
        with pytest.raises(VaultDamagedError):
            vault.open(PASSPHRASE)
        with pytest.raises(VaultDamagedError):
            vault.needs_device_secret()

    @pytest.mark.parametrize("name", [A, B])
    def test_copy_altered_by_one_letter_is_seen_and_made_anew(self, vault, keys, folder, name):
        """The altered copy still reads as a key file, of a later epoch even."""
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole.replace(b'"epoch":1', b'"epoch":7'))
        assert vault.open(PASSPHRASE) == keys
        assert (folder / name).read_bytes() == whole

    def test_altered_mac_in_both_copies_is_told(self, vault, keys, folder):
        fields = json.loads((folder / A).read_bytes())
        fields["mac"] = "A" * 43 + "="
        forged = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
        for name in (A, B):
            (folder / name).write_bytes(forged)
        with pytest.raises(VaultDamagedError, match="modifiées"):
            vault.open(PASSPHRASE)

    def test_file_of_another_vault_is_neither_used_nor_destroyed(
        self, make_vault, vault, keychain, keys, folder, tmp_path
    ):
        other = make_vault(keychain, tmp_path / "other").create(NEXT_PASSPHRASE)
        stray = (tmp_path / "other" / A).read_bytes()
        (folder / A).write_bytes(stray)
        assert vault.open(PASSPHRASE) == keys
        assert vault.open(NEXT_PASSPHRASE) == other
        assert (folder / A).read_bytes() == stray

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
    def test_folder_without_right_to_write_still_opens(self, vault, keys, folder):
        (folder / A).write_bytes(FLAT)
        with read_only(folder):
            assert vault.open(PASSPHRASE) == keys
            assert (folder / A).read_bytes() == FLAT


def spoil(path: Path, damage: str) -> None:
    whole = path.read_bytes()
    path.unlink()
    if damage in ("empty", "cut", "flat", "huge"):
        path.write_bytes(
            {"empty": b"", "cut": whole[: len(whole) // 2], "flat": FLAT, "huge": whole * 100}[
                damage
            ]
        )
    elif damage == "folder":
        path.mkdir()
    elif damage == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("this system has no named pipes")
        os.mkfifo(path)


class TestChangingThePassphrase:
    def test_new_one_opens_and_old_one_does_not(self, vault, keys, folder):
        assert vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE) == keys
        assert vault.open(NEXT_PASSPHRASE) == keys
        with pytest.raises(WrongPassphraseError):
            vault.open(PASSPHRASE)
        assert (folder / A).read_bytes() == (folder / B).read_bytes()
        assert key_file.decode((folder / A).read_bytes()).epoch == 2

    def test_old_slot_is_in_neither_copy(self, vault, keys, folder):
        old = key_file.decode((folder / A).read_bytes()).passphrase_slot
        vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
        for name in (A, B):
            (slot,) = key_file.decode((folder / name).read_bytes()).slots
            assert slot.sealed != old.sealed
            assert slot.id != old.id

    def test_wrong_old_one_changes_nothing(self, vault, keys, folder):
        before = (folder / A).read_bytes()
        with pytest.raises(WrongPassphraseError):
            vault.change_passphrase(NEXT_PASSPHRASE, PASSPHRASE)
        assert (folder / A).read_bytes() == before

    def test_weak_new_one_changes_nothing(self, vault, keys, folder):
        before = (folder / A).read_bytes()
        with pytest.raises(RefusedInputError):
            vault.change_passphrase(PASSPHRASE, "trop court")
        assert (folder / A).read_bytes() == before

    def test_the_higher_bar_stays_without_a_keychain(self, make_vault):
        vault = make_vault(None)
        vault.create(LONG_PASSPHRASE)
        with pytest.raises(RefusedInputError, match="sept mots"):
            vault.change_passphrase(LONG_PASSPHRASE, PASSPHRASE)
        keys = vault.change_passphrase(LONG_PASSPHRASE, f"{NEXT_PASSPHRASE} {PASSPHRASE}")
        assert vault.open(f"{NEXT_PASSPHRASE} {PASSPHRASE}") == keys

    def test_death_between_the_copies_leaves_the_new_one_and_is_put_right(
        self, vault, keys, folder
    ):
        old = (folder / B).read_bytes()
        vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
        (folder / B).write_bytes(old)
        assert vault.open(NEXT_PASSPHRASE) == keys
        assert (folder / B).read_bytes() == (folder / A).read_bytes() != old
        with pytest.raises(WrongPassphraseError, match="majuscules"):
            vault.open(PASSPHRASE)

    def test_old_one_is_refused_after_such_a_death_and_loses_its_last_slot(
        self, vault, keys, folder
    ):
        old = (folder / B).read_bytes()
        vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
        (folder / B).write_bytes(old)
        with pytest.raises(WrongPassphraseError, match="remplacée"):
            vault.open(PASSPHRASE)
        assert (folder / B).read_bytes() == (folder / A).read_bytes() != old
        with pytest.raises(WrongPassphraseError, match="majuscules"):
            vault.open(PASSPHRASE)
        assert vault.open(NEXT_PASSPHRASE) == keys

    def test_death_before_the_copies_leaves_the_old_one(self, vault, keys, folder):
        old = (folder / A).read_bytes()
        vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
        for name in (A, B):
            (folder / name).replace(folder / f".{name}.new")
            (folder / name).write_bytes(old)
        assert vault.open(PASSPHRASE) == keys
        vault.change_passphrase(PASSPHRASE, LONG_PASSPHRASE)
        assert vault.open(LONG_PASSPHRASE) == keys
        assert names(folder) == [A, B]

    def test_newer_copy_that_rotted_gives_way_to_the_older(self, vault, keys, folder):
        old = (folder / B).read_bytes()
        vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
        fields = json.loads((folder / A).read_bytes())
        fields["mac"] = "A" * 43 + "="
        (folder / A).write_bytes(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode())
        (folder / B).write_bytes(old)
        assert vault.open(PASSPHRASE) == keys
        assert (folder / A).read_bytes() == old

    @pytest.mark.slow
    def test_death_at_any_moment_leaves_one_passphrase_that_opens(
        self, make_vault, tmp_path, folder
    ):
        keys = make_vault(None).create(LONG_PASSPHRASE)
        rolls = random.Random(11)
        for _ in range(8):
            command = [sys.executable, "-c", CHANGE_FOR_EVER, folder]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
                child.stdout.readline()
                time.sleep(rolls.uniform(0.0, 0.15))
                child.kill()
            opened = [
                passphrase
                for passphrase in (LONG_PASSPHRASE, LONG_PASSPHRASE[::-1])
                if opens(make_vault(None), passphrase, keys)
            ]
            assert len(opened) == 1
            make_vault(None).change_passphrase(opened[0], LONG_PASSPHRASE)
            assert names(folder) == [A, B]
            assert (folder / A).read_bytes() == (folder / B).read_bytes()


# Says so once the first change is made, then goes on until it is killed.
CHANGE_FOR_EVER = f"""
import sys
from pathlib import Path
from plie_desktop.clock import SystemChance
from plie_desktop.security.kdf import LEAST
from plie_desktop.security.vault import Vault, VaultKeys
vault = Vault(Path(sys.argv[1]), None, SystemChance(), LEAST, LEAST)
old, new = {LONG_PASSPHRASE!r}, {LONG_PASSPHRASE[::-1]!r}
while True:
    vault.change_passphrase(old, new)
    old, new = new, old
    print("changed", flush=True)
"""


def opens(vault: Vault, passphrase: str, keys: VaultKeys) -> bool:
    try:
        return vault.open(passphrase) == keys
    except WrongPassphraseError:
        return False


class TestFullOrLockedDisk:
    @pytest.fixture
    def small_disk(self, tmp_path):
        """A folder of 64 KiB, and a way to fill it to the last byte."""
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            pytest.skip("only root may mount a small disk")
        mount = tmp_path / "disk"
        mount.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
        yield mount
        subprocess.run(["umount", mount], check=True)

    @pytest.mark.parametrize("spare_pages", [0, 1])
    def test_nothing_is_left_of_a_vault_that_did_not_fit(
        self, make_vault, keychain, small_disk, spare_pages
    ):
        fill(small_disk, spare_pages)
        with pytest.raises(DiskFullError):
            make_vault(keychain, small_disk / "vault").create(PASSPHRASE)
        assert names(small_disk / "vault") == []
        assert keychain.secrets == {}
        (small_disk / "ballast").unlink()
        keys = make_vault(keychain, small_disk / "vault").create(PASSPHRASE)
        assert make_vault(keychain, small_disk / "vault").open(PASSPHRASE) == keys

    @pytest.mark.parametrize("spare_pages", [0, 1])
    def test_passphrase_stays_when_the_new_one_does_not_fit(
        self, make_vault, keychain, small_disk, spare_pages
    ):
        vault = make_vault(keychain, small_disk / "vault")
        keys = vault.create(PASSPHRASE)
        fill(small_disk, spare_pages)
        with pytest.raises(DiskFullError, match="plein"):
            vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
        assert vault.open(PASSPHRASE) == keys
        assert names(small_disk / "vault") == [A, B]
        (small_disk / "ballast").unlink()
        vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
        assert vault.open(NEXT_PASSPHRASE) == keys

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
    def test_passphrase_stays_when_the_folder_refuses(self, vault, keys, folder):
        with read_only(folder):
            with pytest.raises(VaultError, match="refuse l’écriture"):
                vault.change_passphrase(PASSPHRASE, NEXT_PASSPHRASE)
            assert vault.open(PASSPHRASE) == keys
        assert names(folder) == [A, B]


def fill(disk: Path, spare_pages: int) -> None:
    """Leave room for so many pages of 4 KiB, the size a tmpfs counts in."""
    free = os.statvfs(disk).f_bavail - spare_pages
    (disk / "ballast").write_bytes(bytes(4096 * free))
