"""Opening: an age v1 envelope, refused unless it is whole and what was asked for.

Private to the vault: other subjects call `actions.open_sealed` and its siblings. A stream is read
twice, because age releases what it has read before it learns that the end is missing: first to the
last piece without releasing anything, then again to release.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import IO, TYPE_CHECKING

import pyrage

from undaunted.core.vault.rules import (
    AGE,
    HEADER,
    TRAILER,
    UNKNOWN,
    AlteredEnvelope,
    Binding,
    NotAnEnvelope,
    NotForThisKey,
    VaultError,
    WrongLength,
    bucket_for,
    read_header,
)

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

    from undaunted.core.vault.writers import Sink

__all__ = ["opened", "opened_plain", "opened_stream"]

PIECE = 2**20
_NO_KEY = "No matching keys found"


def opened(envelope: bytes, expected: Binding, identity: Identity, *, key: bool = False) -> bytes:
    """Give the content of an envelope. Raises a `VaultError` that names what is wrong."""
    if not envelope.startswith(AGE):
        raise NotAnEnvelope("this is not a binary age v1 file")
    try:
        inside: bytes = pyrage.decrypt(envelope, [identity])
    except (pyrage.DecryptError, OSError) as problem:
        raise _refusal(problem) from None
    stated = read_header(inside[:HEADER], expected)
    length = int.from_bytes(inside[-TRAILER:], "big")
    filling = inside[HEADER + length : -TRAILER]
    if stated not in {UNKNOWN, length} or len(inside) != bucket_for(length, key=key):
        raise WrongLength("length and size inside do not agree")
    if filling.strip(b"\0"):
        raise WrongLength("the filling is not empty")
    return inside[HEADER : HEADER + length]


def opened_plain(envelope: bytes, identity: Identity) -> bytes:
    """Give all that is in an envelope that another instance sealed; nothing of ours is in front."""
    if not envelope.startswith(AGE):
        raise NotAnEnvelope("this is not a binary age v1 file")
    try:
        inside: bytes = pyrage.decrypt(envelope, [identity])
    except (pyrage.DecryptError, OSError) as problem:
        raise _refusal(problem) from None
    return inside


def opened_stream(source: IO[bytes], sink: Sink, expected: Binding, identity: Identity) -> int:
    """Release the content of the envelope in `source` into `sink`; give its length.

    `source` is read from its present position twice, and must not be writable by others meanwhile.
    Nothing is written to `sink` unless the whole envelope was found good.
    """
    begin = source.tell()
    if source.read(len(AGE)) != AGE:
        raise NotAnEnvelope("this is not a binary age v1 file")
    source.seek(begin)
    checked = _Checked(expected)
    _pass(source, checked, identity)
    length = checked.finish()
    source.seek(begin)
    _pass(source, _Released(sink, expected, length), identity)
    return length


def _pass(source: IO[bytes], through: _Through, identity: Identity) -> None:
    read, written = _Read(source), _Written(through)
    try:
        pyrage.decrypt_io(read, written, [identity])
    except (pyrage.DecryptError, OSError, VaultError) as problem:
        # The library tells of our own errors as texts; they are raised again as they were.
        for own in filter(None, (read.problem, written.problem)):
            raise own from None
        raise _refusal(problem) from None


def _refusal(problem: Exception) -> VaultError:
    if _NO_KEY in str(problem):
        return NotForThisKey("the envelope is not sealed to this key")
    return AlteredEnvelope("the envelope was cut or changed")


class _Read:
    """Reads a source in larger pieces, and remembers what went wrong there."""

    def __init__(self, source: IO[bytes]) -> None:
        self.problem: Exception | None = None
        self._source = source
        self._held, self._at = b"", 0

    def read(self, size: int, /) -> bytes:
        """Give the next bytes."""
        given = self._held[self._at : self._at + size]
        if not given:
            try:
                self._held, self._at = self._source.read(PIECE), 0
            except Exception as problem:
                self.problem = problem
                raise
            given = self._held[:size]
        self._at += size
        return given


class _Written:
    """Passes an inside on, and remembers what went wrong there."""

    def __init__(self, through: _Through) -> None:
        self.problem: Exception | None = None
        self._through = through

    def write(self, piece: bytes, /) -> int:
        """Pass the next bytes on."""
        try:
            self._through.write(piece)
        except Exception as problem:
            self.problem = problem
            raise
        return len(piece)

    def flush(self) -> None:
        """Leave that to whoever holds the sink."""


class _Through(ABC):
    """Compares the first bytes of an inside with what was asked for, in either pass."""

    def __init__(self, expected: Binding) -> None:
        self.stated = UNKNOWN
        self.head = b""
        self._expected = expected

    def write(self, piece: bytes) -> None:
        """Look at the next bytes."""
        if len(self.head) == HEADER:
            self.after_head(piece)
            return
        taken = HEADER - len(self.head)
        self.head += piece[:taken]
        if len(self.head) == HEADER:
            self.stated = read_header(self.head, self._expected)
            self.after_head(piece[taken:])

    @abstractmethod
    def after_head(self, piece: bytes) -> None:
        """Take what follows the first bytes."""


class _Checked(_Through):
    """Reads an inside to its end and releases nothing."""

    def __init__(self, expected: Binding) -> None:
        super().__init__(expected)
        self._size = HEADER
        self._last_used = 0
        self._held = b""

    def after_head(self, piece: bytes) -> None:
        """Count what came before, and keep this: the end of it may be the end of all."""
        if len(piece) < TRAILER:
            self._held += piece
            return
        self._count(self._held)
        self._held = piece

    def finish(self) -> int:
        """Give the true length. Raises `WrongLength`."""
        if len(self.head) < HEADER:
            raise NotAnEnvelope("what is inside was not sealed by this vault")
        self._count(self._held[:-TRAILER])
        length = int.from_bytes(self._held[-TRAILER:], "big")
        if self.stated not in {UNKNOWN, length} or self._size + TRAILER != bucket_for(length):
            raise WrongLength("length and size inside do not agree")
        if self._last_used > HEADER + length:
            raise WrongLength("the filling is not empty")
        return length

    def _count(self, body: bytes) -> None:
        if used := len(body.rstrip(b"\0")):
            self._last_used = self._size + used
        self._size += len(body)


class _Released(_Through):
    """Writes the content of an inside that was found good, without its frame."""

    def __init__(self, sink: Sink, expected: Binding, length: int) -> None:
        super().__init__(expected)
        self._sink = sink
        self._left = length

    def after_head(self, piece: bytes) -> None:
        """Release what belongs to the content."""
        content = piece[: self._left]
        if content:
            self._sink.write(content)
            self._left -= len(content)
