"""The envelope of a backup: a bit that turned, an end that is missing, a frame that moved."""

from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from plie_desktop.errors import RefusedInputError
from plie_desktop.server.backups import contents, keys, sealed, taking
from plie_desktop.server.backups.sealed import DamagedError, Head, Sealer
from plie_desktop.server.store import saving, schema
from tests.support.headquarters import START

pytestmark = pytest.mark.postgres


def read_through(raw, private, tmp_path):
    """Whether the file in these bytes is taken to its end."""
    (tmp_path / "altered").write_bytes(raw)
    with (tmp_path / "altered").open("rb") as file:
        _, content = sealed.unseal(file, private)
        contents.read(content, taking._pass_by)
        content.finish()


def test_any_bit_that_turned_is_found(backup, key, tmp_path):
    raw, private = backup.read_bytes(), keys.read(key)
    read_through(raw, private, tmp_path)
    chance = Random(1)
    for at in {*range(300), *(chance.randrange(len(raw)) for _ in range(300))}:
        altered = bytearray(raw)
        altered[at] ^= 1 << chance.randrange(8)
        with pytest.raises(RefusedInputError):
            read_through(altered, private, tmp_path)


def test_any_end_that_is_missing_is_found(backup, key, tmp_path):
    raw, private = backup.read_bytes(), keys.read(key)
    for size in (*range(0, len(raw) - 1, 97), len(raw) - 1):
        with pytest.raises(RefusedInputError):
            read_through(raw[:size], private, tmp_path)
    with pytest.raises(DamagedError):
        read_through(raw + b"\0", private, tmp_path)


def frames_of(raw: bytes, begin: int) -> list[bytes]:
    found = []
    while begin < len(raw):
        _, length = sealed._FRAME_HEAD.unpack_from(raw, begin)
        end = begin + sealed._FRAME_HEAD.size + length
        found.append(raw[begin:end])
        begin = end
    return found


def test_frames_moved_removed_or_taken_from_another_backup_are_found(tmp_path):
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    head = Head("PLIE", schema.HEAD, START, keys.fingerprint(public))
    noise = Random(1).randbytes(5 * sealed.FRAME // 2)
    written = []
    for name in ("one", "two"):
        with (tmp_path / name).open("w+b") as file:
            sealer = Sealer(file, head, public, Random(name).randbytes(32))
            table = saving.TableCopy("record", ["id"], [noise])
            contents.write(sealer.write, [table])
            sealer.finish()
        raw = (tmp_path / name).read_bytes()
        written.append((sealer.opening, frames_of(raw, len(sealer.opening))))
    (opening, frames), (_, others) = written
    assert len(frames) >= 3
    read_through(opening + b"".join(frames), private, tmp_path)
    first, second, *rest = frames
    last = frames[-1]
    for altered in (
        [second, first, *rest],
        [first, *rest],
        [first, first, second, *rest],
        frames[:-1],
        [*frames, last],
        [others[0], second, *rest],
        [first, bytes([1]) + second[1:]],
    ):
        with pytest.raises(DamagedError):
            read_through(opening + b"".join(altered), private, tmp_path)


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (b"", sealed._FOREIGN),
        (b"PK\x03\x04 une archive", sealed._FOREIGN),
        (b"plie-backup 2\n", sealed.NEWER),
        (b"plie-backup 1\n", sealed._DAMAGED),
    ],
)
def test_a_file_that_is_no_backup_is_told(tmp_path, start, sentence):
    with pytest.raises(RefusedInputError) as refused:
        read_through(start, X25519PrivateKey.generate(), tmp_path)
    assert refused.value.sentence == sentence
