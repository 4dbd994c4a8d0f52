"""The envelope of a backup: compressed, sealed to a public key, whole or refused.

    line “plie-backup 1” · length of the head · head · wrapped content key · frames

The content key is random and serves one file. HPKE (RFC 9180) wraps it for the public key, bound
to everything before it. A frame is a mark (1: the last one), a length, and so many bytes of
AES-256-GCM over a piece of one zstd stream. Its number is the nonce; number and mark are bound to
it, so that frames removed, moved or added are refused as a changed bit is.
"""

import struct
from datetime import datetime
from typing import BinaryIO, Final, Protocol, cast

import msgspec
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from plie_desktop.errors import RefusedInputError
from plie_desktop.server.backups import keys
from plie_desktop.text import N_

CONTENT_KEY_BYTES: Final = 32
FRAME: Final = 1 << 20
"""Most compressed bytes in a frame."""

_ANY_FORMAT: Final = b"plie-backup "
_MAGIC: Final = _ANY_FORMAT + b"1\n"
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_WRAPPED_BYTES: Final = 80
_TAG_BYTES: Final = 16
_LENGTH: Final = struct.Struct(">H")
_FRAME_HEAD: Final = struct.Struct(">BI")
_BOUND: Final = struct.Struct(">QB")
_NONCE_BYTES: Final = 12
_LEVEL: Final = 3

NEWER: Final = N_(
    "Cette sauvegarde vient d’une version plus récente de plie-server. "
    "Installez cette version, puis recommencez."
)
_FOREIGN: Final = N_(
    "Ce fichier n’est pas une sauvegarde du siège. Donnez un fichier écrit par "
    "« plie-server backup »."
)
_DAMAGED: Final = N_(
    "Cette sauvegarde est abîmée ou incomplète, rien n’a été changé. "
    "Prenez une autre copie de ce fichier, ou une autre sauvegarde."
)
_OTHER_KEY: Final = N_(
    "Cette clé n’ouvre pas cette sauvegarde. Donnez avec --key celle d’empreinte {key}."
)


class DamagedError(RefusedInputError):
    """A backup that is not, to the last bit, what was written."""

    def __init__(self) -> None:
        super().__init__(_DAMAGED)


class Head(msgspec.Struct, frozen=True):
    """What may be read of a backup without its key; bound to all the rest.

    Attributes:
        schema: step of the database that was saved.
        key: fingerprint of the public key it is sealed to.
    """

    organisation: str
    schema: str
    made_at: datetime
    key: str


class Source(Protocol):
    """Where bytes are read from, in their order."""

    def read(self, size: int, /) -> bytes: ...


class Sealer:
    """Writes one backup to a file that is open.

    Attributes:
        opening: everything before the frames.
    """

    def __init__(self, file: BinaryIO, head: Head, public: bytes, content_key: bytes) -> None:
        self._file = file
        self._cipher = AESGCM(content_key)
        self._chunker = zstandard.ZstdCompressor(level=_LEVEL).chunker(chunk_size=FRAME)
        self._waiting: bytes | None = None
        self._number = 0
        spelt = msgspec.msgpack.encode(head)
        bound = _MAGIC + _LENGTH.pack(len(spelt)) + spelt
        recipient = X25519PublicKey.from_public_bytes(public)
        self.opening = bound + _SUITE.encrypt(content_key, recipient, info=bound)
        file.write(self.opening)

    def write(self, content: bytes) -> None:
        for piece in self._chunker.compress(content):
            self._frame(piece)

    def finish(self) -> None:
        """Write what is left, and the mark of the end."""
        for piece in self._chunker.finish():  # type: ignore[no-untyped-call] # bare in the stubs
            self._frame(piece)
        self._put(self._waiting or b"", is_last=True)

    def _frame(self, piece: bytes) -> None:
        # One piece behind: only then is it known which one is the last.
        if self._waiting is not None:
            self._put(self._waiting, is_last=False)
        self._waiting = piece

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(
            _nonce(self._number), piece, _BOUND.pack(self._number, is_last)
        )
        self._file.write(_FRAME_HEAD.pack(is_last, len(sealed)) + sealed)
        self._number += 1


class Opened:
    """Reads what a backup holds; a wrong byte ends the reading.

    Args:
        file: where the frames begin.
    """

    def __init__(self, file: BinaryIO, content_key: bytes) -> None:
        self._file = file
        self._frames = _Frames(file, AESGCM(content_key))
        # Of a file the library asks nothing but to be read.
        self._content = zstandard.ZstdDecompressor().stream_reader(
            cast("BinaryIO", self._frames), read_size=FRAME, closefd=False
        )

    def read(self, size: int) -> bytes:
        """The next bytes, so many of them.

        Raises:
            DamagedError: they are not there as they were written.
        """
        found = bytearray()
        while len(found) < size:
            piece = self._some(size - len(found))
            if not piece:
                raise DamagedError
            found += piece
        return bytes(found)

    def finish(self) -> None:
        """Make sure that this is the end.

        Raises:
            DamagedError: it is not.
        """
        if self._some(1) or not self._frames.is_over or self._file.read(1):
            raise DamagedError

    def _some(self, size: int) -> bytes:
        try:
            return self._content.read(size)
        except zstandard.ZstdError:
            raise DamagedError from None


class _Frames:
    """The compressed stream, frame after frame.

    Attributes:
        is_over: the last one has been read.
    """

    def __init__(self, file: BinaryIO, cipher: AESGCM) -> None:
        self._file = file
        self._cipher = cipher
        self._number = 0
        self.is_over = False

    def read(self, _size: int = FRAME) -> bytes:
        if self.is_over:
            return b""
        mark, length = _FRAME_HEAD.unpack(_exactly(self._file, _FRAME_HEAD.size))
        if length > FRAME + _TAG_BYTES:
            raise DamagedError
        sealed = _exactly(self._file, length)
        bound = _BOUND.pack(self._number, mark)
        try:
            piece = self._cipher.decrypt(_nonce(self._number), sealed, bound)
        except InvalidTag:
            raise DamagedError from None
        self._number += 1
        self.is_over = bool(mark)
        return piece


def unseal(file: BinaryIO, private: X25519PrivateKey) -> tuple[Head, Opened]:
    """What a backup says of itself, and what it holds.

    Raises:
        RefusedInputError: it is no backup, of a format to come, or sealed to another key.
        DamagedError: it is not as it was written.
    """
    magic = file.read(len(_MAGIC))
    if magic != _MAGIC:
        raise RefusedInputError(NEWER if magic.startswith(_ANY_FORMAT) else _FOREIGN)
    length = _exactly(file, _LENGTH.size)
    spelt = _exactly(file, *_LENGTH.unpack(length))
    try:
        head = msgspec.msgpack.decode(spelt, type=Head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise DamagedError from None
    if keys.fingerprint_of(private) != head.key:
        raise RefusedInputError(_OTHER_KEY, key=head.key)
    wrapped = _exactly(file, _WRAPPED_BYTES)
    try:
        content_key = _SUITE.decrypt(wrapped, private, info=magic + length + spelt)
    except InvalidTag:
        raise DamagedError from None
    return head, Opened(file, content_key)


def _exactly(file: BinaryIO, size: int) -> bytes:
    found = file.read(size)
    if len(found) < size:
        raise DamagedError
    return found


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE_BYTES, "big")
