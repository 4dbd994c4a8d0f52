"""The key file has one spelling, and nothing but that spelling is read."""

import dataclasses
import json
import random

import pytest

from plie_desktop.clock import SystemChance
from plie_desktop.errors import VaultDamagedError, VaultError
from plie_desktop.security import kdf, key_file, slots
from plie_desktop.security.kdf import LEAST
from plie_desktop.security.key_file import KeyFile, RecoverySlot
from plie_desktop.security.slots import Guard

KEY = bytes(range(32))
SECRET = bytes(range(32, 64))


def stretcher(passphrase):
    """Stretches for real, and remembers: thousands of files share one salt."""
    known = {}

    def stretch(salt, price):
        if (salt, price) not in known:
            known[salt, price] = kdf.stretch(passphrase, salt, price)
        return known[salt, price]

    return stretch


STRETCH = stretcher("la bonne")


def sealed(device_secret=SECRET, epoch=1, recovery=()):
    blank = KeyFile(bytes(16), bytes(range(16)), epoch, tuple(recovery), b"")
    return slots.seal(KEY, blank, LEAST, Guard(STRETCH, device_secret), SystemChance())


@pytest.fixture(scope="module")
def raw():
    return key_file.encode(sealed())


@pytest.mark.parametrize("device_secret", [SECRET, None])
def test_file_comes_back_as_it_was_sealed(device_secret):
    file = sealed(device_secret)
    assert key_file.decode(key_file.encode(file)) == file
    assert slots.unseal(file, Guard(STRETCH, device_secret)) == KEY


def test_file_is_ascii_with_sorted_fields_and_far_below_its_limit(raw):
    assert raw.isascii()
    assert len(raw) < 1024
    fields = json.loads(raw)
    assert list(fields) == ["epoch", "mac", "slots", "user", "v", "vault"]
    assert list(fields["slots"][0]) == ["ct", "id", "kdf", "nonce", "type"]


def test_no_secret_is_in_the_file(raw):
    fields = json.loads(raw)
    texts = [fields["mac"], *fields["slots"][0].values()]
    for secret in (
        KEY,
        SECRET,
        STRETCH(key_file.decode(raw).passphrase_slot.stretching.salt, LEAST),
    ):
        assert secret not in raw
        assert secret.hex().encode() not in raw
        assert key_file._text(secret) not in texts


def changed(raw, path, value):
    """The file with one field set to another value, otherwise in its one spelling."""
    fields = json.loads(raw)
    place = fields
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


KDF = ("slots", 0, "kdf")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("v",), 2),
        (("v",), 1.0),
        (("v",), True),
        (("v",), "1"),
        (("epoch",), 0),
        (("epoch",), -1),
        (("epoch",), 2**63),
        (("epoch",), 1.0),
        (("epoch",), None),
        (("vault",), ""),
        (("vault",), "AAAA"),
        (("vault",), 7),
        (("user",), "é" * 24),
        (("mac",), "=" * 44),
        (("slots",), []),
        (("slots",), {}),
        (("slots",), "pass"),
        (("slots", 0), None),
        (("slots", 0, "type"), "none"),
        (("slots", 0, "type"), ["pass"]),
        (("slots", 0, "type"), "recovery"),
        (("slots", 0, "more"), 1),
        (("more",), 1),
        ((*KDF,), {}),
        ((*KDF, "m"), 2**40),
        ((*KDF, "m"), 8),
        ((*KDF, "m"), 131072.0),
        ((*KDF, "m"), True),
        ((*KDF, "m"), "131072"),
        ((*KDF, "m"), -19456),
        ((*KDF, "t"), 0),
        ((*KDF, "t"), 10**9),
        ((*KDF, "p"), 0),
        ((*KDF, "p"), 255),
        ((*KDF, "salt"), ""),
        ((*KDF, "salt"), "A" * 4000),
    ],
)
def test_hostile_value_is_refused_before_any_work(raw, path, value):
    with pytest.raises(VaultDamagedError):
        key_file.decode(changed(raw, path, value))


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"[" * 16_000,
        b'{"a":' * 3_000,
        b"1" * 16_000,
        b"\x00" * 600,
        b"\xff\xfe" + "{}".encode("utf-16-le"),
        b"SQLite format 3\x00" + bytes(4096),
        b'{"v":NaN}',
        b'{"v":1,"v":1}',
    ],
)
def test_what_is_no_key_file_is_refused(hostile):
    with pytest.raises(VaultDamagedError):
        key_file.decode(hostile)


@pytest.mark.parametrize(
    "respell",
    [
        lambda raw: raw + b"\n",
        lambda raw: b" " + raw,
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b":", b": ", 1),
        lambda raw: raw.replace(b'"epoch":1,', b'"epoch":1,"epoch":1,'),
        lambda raw: raw.replace(b'"epoch":1,', b'"epoch":2,"epoch":1,'),
        lambda raw: raw.replace(b'"v":1', b'"\\u0076":1'),
        lambda raw: json.dumps(
            dict(reversed(json.loads(raw).items())), separators=(",", ":")
        ).encode(),
        lambda raw: raw.decode().encode("utf-16"),
        lambda raw: raw + bytes(key_file.MOST_BYTES),
    ],
)
def test_other_spelling_of_the_same_values_is_refused(raw, respell):
    assert respell(raw) != raw
    with pytest.raises(VaultDamagedError):
        key_file.decode(respell(raw))


def test_base64_has_one_spelling(raw):
    """Sixteen bytes leave four unused bits in their last letter."""
    fields = json.loads(raw)
    other = fields["vault"][:-3] + "B=="
    with pytest.raises(VaultDamagedError):
        key_file.decode(changed(raw, ("vault",), other))


def test_five_thousand_mutated_files_never_give_a_wrong_key(raw):
    rolls = random.Random(20260117)
    guard = Guard(STRETCH, SECRET)
    opened = 0
    for _ in range(5000):
        mutated = mutate(raw, rolls)
        try:
            key = slots.unseal(key_file.decode(mutated), guard)
        except VaultError:
            assert mutated != raw
            continue
        assert mutated == raw
        assert key == KEY
        opened += 1
    assert opened < 100


def mutate(raw, rolls):
    """One to three small damages, of the kinds that disks and people do."""
    mutated = bytearray(raw)
    for _ in range(rolls.randint(1, 3)):
        at = rolls.randrange(len(mutated))
        kind = rolls.randrange(6)
        if kind == 0:
            mutated[at] ^= 1 << rolls.randrange(8)
        elif kind == 1:
            mutated[at] = rolls.choice(b'AQgw0123456789+/={}[]",:')
        elif kind == 2:
            del mutated[at : at + rolls.randint(1, 40)]
        elif kind == 3:
            mutated[at:at] = mutated[: rolls.randint(1, 40)]
        elif kind == 4:
            other = rolls.randrange(len(mutated))
            mutated[at], mutated[other] = mutated[other], mutated[at]
        else:
            mutated[at : at + 16] = bytes(16)
        if not mutated:
            mutated[:] = b"{"
    return bytes(mutated)


@pytest.mark.parametrize(
    "part", ["vault", "user", "epoch", "id", "nonce", "sealed", "salt", "price"]
)
def test_no_part_can_be_altered(part):
    file = sealed()
    slot = file.passphrase_slot
    flipped = {
        "vault": lambda: dataclasses.replace(file, vault=b"\1" * 16),
        "user": lambda: dataclasses.replace(file, user=bytes(16)),
        "epoch": lambda: dataclasses.replace(file, epoch=2),
        "id": lambda: with_slot(file, id=bytes(8)),
        "nonce": lambda: with_slot(file, nonce=bytes(12)),
        "sealed": lambda: with_slot(file, sealed=slot.sealed[::-1]),
        "salt": lambda: with_slot(
            file, stretching=dataclasses.replace(slot.stretching, salt=bytes(16))
        ),
        "price": lambda: with_slot(
            file,
            stretching=dataclasses.replace(
                slot.stretching, parameters=kdf.KdfParameters(LEAST.memory_kib, 2, 1)
            ),
        ),
    }[part]()
    with pytest.raises(VaultError):
        slots.unseal(flipped, Guard(STRETCH, SECRET))


def with_slot(file, **parts):
    slot = dataclasses.replace(file.passphrase_slot, **parts)
    return dataclasses.replace(file, slots=(slot, *file.slots[1:]))


RECOVERY = RecoverySlot(b"recovery", bytes(12), bytes(48))


def test_slot_that_was_stripped_is_missed():
    whole = sealed(recovery=(RECOVERY,))
    assert slots.unseal(whole, Guard(STRETCH, SECRET)) == KEY
    stripped = dataclasses.replace(whole, slots=whole.slots[:1])
    with pytest.raises(VaultDamagedError, match="modifiées"):
        slots.unseal(stripped, Guard(STRETCH, SECRET))


def test_slot_that_was_added_is_seen():
    added = dataclasses.replace(sealed(), slots=(*sealed().slots, RECOVERY))
    with pytest.raises(VaultError):
        slots.unseal(added, Guard(STRETCH, SECRET))


def test_slots_in_another_order_are_seen():
    whole = sealed(recovery=(RECOVERY,))
    swapped = dataclasses.replace(whole, slots=whole.slots[::-1])
    with pytest.raises(VaultDamagedError, match="modifiées"):
        slots.unseal(swapped, Guard(STRETCH, SECRET))


def test_slot_of_another_vault_does_not_open_this_one():
    other = KeyFile(b"\7" * 16, bytes(16), 1, (), b"")
    foreign = slots.seal(bytes(32), other, LEAST, Guard(STRETCH, None), SystemChance())
    grafted = dataclasses.replace(sealed(None), slots=foreign.slots)
    with pytest.raises(VaultError):
        slots.unseal(grafted, Guard(STRETCH, None))


def test_device_slot_cannot_be_relabelled_as_passphrase_alone():
    relabelled = with_slot(sealed(), needs_device=False)
    with pytest.raises(VaultError):
        slots.unseal(relabelled, Guard(STRETCH, None))


@pytest.mark.parametrize("count", [2, 5])
def test_second_passphrase_slot_is_refused(count):
    file = sealed()
    crowd = tuple(
        dataclasses.replace(file.passphrase_slot, id=bytes([number] * 8)) for number in range(count)
    )
    with pytest.raises(VaultDamagedError):
        key_file.decode(key_file.encode(dataclasses.replace(file, slots=crowd)))


def test_two_slots_of_one_id_are_refused():
    file = sealed()
    twin = RecoverySlot(file.passphrase_slot.id, bytes(12), bytes(48))
    with pytest.raises(VaultDamagedError):
        key_file.decode(key_file.encode(dataclasses.replace(file, slots=(*file.slots, twin))))


def test_recovery_slot_outlives_a_change_of_passphrase():
    before = sealed(recovery=(RECOVERY,))
    blank = dataclasses.replace(before, epoch=2)
    after = slots.seal(KEY, blank, LEAST, Guard(stretcher("la suivante"), SECRET), SystemChance())
    assert after.slots[1:] == (RECOVERY,)
    assert key_file.slot_header(after, RECOVERY) == key_file.slot_header(before, RECOVERY)
    assert key_file.decode(key_file.encode(after)) == after
