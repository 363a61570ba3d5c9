"""Sealing: content and what it is, into an age v1 envelope.

Private to the vault: other subjects call `actions.seal_for` and its siblings.
"""

from __future__ import annotations

import queue
import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

import pyrage

from undaunted.core.vault.rules import (
    HEADER,
    TRAILER,
    UNKNOWN,
    Binding,
    NoRecipients,
    SealRefused,
    bucket_for,
    header_of,
    recipient_from,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyrage.x25519 import Recipient

__all__ = ["PushedSeal", "Sink", "Source", "sealed", "sealed_plain", "sealed_stream"]

PIECE = 2**20
WAITING_PIECES = 4


class Source(Protocol):
    """Something bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes; none at the end."""


class Sink(Protocol):
    """Something bytes are written to."""

    def write(self, piece: bytes, /) -> Any:  # noqa: ANN401  (as in the standard library)
        """Take all of `piece`."""


def sealed(
    content: bytes, binding: Binding, recipients: Iterable[str], *, key: bool = False
) -> bytes:
    """Give the envelope of `content`, filled up to a fixed size, for every recipient."""
    length = len(content)
    frame = bytearray(bucket_for(length, key=key))
    head = header_of(binding, length)
    frame[: len(head)] = head
    frame[len(head) : len(head) + length] = content
    frame[-TRAILER:] = length.to_bytes(TRAILER, "big")
    envelope: bytes = pyrage.encrypt(bytes(frame), _keys_of(recipients))
    return envelope


def sealed_plain(content: bytes, recipients: Iterable[str]) -> bytes:
    """Give the envelope of `content` alone, for another instance, which binds it in its own way."""
    envelope: bytes = pyrage.encrypt(content, _keys_of(recipients))
    return envelope


def sealed_stream(
    source: Source,
    sink: Sink,
    binding: Binding,
    recipients: Iterable[str],
    *,
    length: int | None = None,
) -> int:
    """Seal what `source` holds into `sink` in constant memory; give the true length.

    With `length` given, a source that is shorter or longer is refused (`SealRefused`), and what was
    written so far cannot be opened.
    """
    framed, whole = _Framed(source, binding, length), _Whole(sink)
    try:
        pyrage.encrypt_io(framed, whole, _keys_of(recipients))
    except Exception as failure:  # noqa: BLE001  (raised again)
        # The library tells of our own errors as texts; they are raised again as they were.
        raise (framed.problem or whole.problem or failure) from None
    return framed.length


class PushedSeal:
    """A seal that is written to piece by piece, for uploads that arrive that way.

    `write` each piece, then `finish`, which gives the true length; `abandon` ends it without an
    envelope that anybody can open. At most a few pieces wait in memory.
    """

    def __init__(self, sink: Sink, binding: Binding, recipients: Iterable[str]) -> None:
        self._pieces: queue.Queue[bytes | None] = queue.Queue(WAITING_PIECES)
        self._left = BytesIO()
        self._abandoned = False
        self._problem: BaseException | None = None
        self._length = 0
        keys = tuple(recipients)
        self._thread = threading.Thread(
            target=self._seal, args=(sink, binding, keys), name="vault-seal", daemon=True
        )
        self._thread.start()

    def write(self, piece: bytes) -> int:
        """Seal one more piece."""
        for start in range(0, len(piece), PIECE):
            self._put(piece[start : start + PIECE])
        return len(piece)

    def finish(self) -> int:
        """Write the end; gives the true length. Raises what went wrong on the way."""
        self._put(None)
        self._thread.join()
        if self._problem is not None:
            raise self._problem
        return self._length

    def abandon(self) -> None:
        """Stop without an end: what was written is a torso that opening refuses."""
        self._abandoned = True
        self._put(None)
        self._thread.join()

    def read(self, size: int, /) -> bytes:
        """Give the sealing thread its next bytes."""
        while not (piece := self._left.read(size)):
            more = self._pieces.get()
            if self._abandoned:
                raise SealRefused("the upload was broken off")
            if more is None:
                return b""
            self._left = BytesIO(more)
        return piece

    def _seal(self, sink: Sink, binding: Binding, recipients: tuple[str, ...]) -> None:
        try:
            self._length = sealed_stream(self, sink, binding, recipients)
        except BaseException as problem:  # noqa: BLE001  (told to whoever finishes)
            self._problem = problem

    def _put(self, piece: bytes | None) -> None:
        while self._thread.is_alive():
            try:
                self._pieces.put(piece, timeout=0.1)
            except queue.Full:
                continue
            return


class _Framed:
    """Reads as the inside of an envelope: first bytes, content, filling, length."""

    def __init__(self, source: Source, binding: Binding, stated: int | None) -> None:
        self.length = 0
        self.problem: Exception | None = None
        self._held, self._at = b"", 0
        self._pieces = self._inside(source, binding, stated)

    def read(self, size: int, /) -> bytes:
        """Give the next bytes of the inside."""
        while not (given := self._held[self._at : self._at + size]):
            try:
                piece = next(self._pieces, None)
            except Exception as problem:
                self.problem = problem
                raise
            if piece is None:
                return b""
            self._held, self._at = piece, 0
        self._at += size
        return given

    def _inside(self, source: Source, binding: Binding, stated: int | None) -> Iterator[bytes]:
        yield header_of(binding, UNKNOWN if stated is None else stated)
        while piece := source.read(PIECE):
            self.length += len(piece)
            if stated is not None and self.length > stated:
                break
            yield piece
        if stated not in {None, self.length}:
            raise SealRefused(f"{stated} bytes were announced; there are fewer or more")
        filling = bucket_for(self.length) - HEADER - self.length - TRAILER
        for start in range(0, filling, PIECE):
            yield bytes(min(PIECE, filling - start))
        yield self.length.to_bytes(TRAILER, "big")


class _Whole:
    """Writes to a sink that may know neither `flush` nor how much it took."""

    def __init__(self, sink: Sink) -> None:
        self.problem: Exception | None = None
        self._sink = sink

    def write(self, piece: bytes, /) -> int:
        """Write all of it."""
        try:
            self._sink.write(piece)
        except Exception as problem:
            self.problem = problem
            raise
        return len(piece)

    def flush(self) -> None:
        """Leave that to whoever holds the sink."""


def _keys_of(recipients: Iterable[str]) -> list[Recipient]:
    keys = [recipient_from(text) for text in dict.fromkeys(recipients)]
    if not keys:
        raise NoRecipients("there is nobody to seal to")
    return keys
