"""An envelope gives back exactly what was sealed, to whom it was sealed, and nothing else."""

from __future__ import annotations

import threading
import tracemalloc
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.vault.readers import opened, opened_stream
from undaunted.core.vault.rules import (
    AlteredEnvelope,
    Binding,
    NoRecipients,
    NotForThisKey,
    SealRefused,
    new_identity,
    recipient_from,
)
from undaunted.core.vault.writers import PushedSeal, sealed, sealed_stream

if TYPE_CHECKING:
    from pathlib import Path

BINDING = Binding(UUID(int=7), UUID(int=11), "report.answers", 2, 3)
OWNER = new_identity()
TO = str(OWNER.to_public())
MEGABYTE = 2**20


class Lean:
    """A source of so many bytes that are never all there, and a sink that keeps none of them."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.taken = 0

    def read(self, size: int, /) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return b"\x5a" * given

    def write(self, piece: bytes, /) -> int:
        self.taken += len(piece)
        return len(piece)


def _streamed(envelope: bytes, expected: Binding = BINDING) -> bytes:
    out = BytesIO()
    length = opened_stream(BytesIO(envelope), out, expected, OWNER)
    assert length == len(out.getvalue())
    return out.getvalue()


@given(content=st.binary(max_size=20_000))
def test_sealing_then_opening_is_identity(content: bytes) -> None:
    envelope = sealed(content, BINDING, [TO])
    assert opened(envelope, BINDING, OWNER) == content
    assert _streamed(envelope) == content


@given(
    pieces=st.lists(st.binary(max_size=3_000), max_size=8), known=st.booleans(), more=st.booleans()
)
def test_a_stream_gives_back_what_went_in(pieces: list[bytes], *, known: bool, more: bool) -> None:
    content = b"".join(pieces) + (bytes(200_000) if more else b"")
    out = BytesIO()
    length = len(content) if known else None
    assert sealed_stream(BytesIO(content), out, BINDING, [TO], length=length) == len(content)
    assert _streamed(out.getvalue()) == content
    assert opened(out.getvalue(), BINDING, OWNER) == content


@given(pieces=st.lists(st.binary(max_size=50_000), max_size=6))
def test_what_is_pushed_piece_by_piece_comes_back_whole(pieces: list[bytes]) -> None:
    out = BytesIO()
    push = PushedSeal(out, BINDING, [TO])
    assert [push.write(piece) for piece in pieces] == [len(piece) for piece in pieces]
    assert push.finish() == sum(map(len, pieces))
    assert _streamed(out.getvalue()) == b"".join(pieces)


def test_pieces_larger_than_memory_should_hold_are_cut() -> None:
    content = b"\x01" * (3 * MEGABYTE + 5)
    out = BytesIO()
    push = PushedSeal(out, BINDING, [TO])
    push.write(content)
    assert push.finish() == len(content)
    assert _streamed(out.getvalue()) == content


def test_a_broken_off_upload_opens_for_nobody() -> None:
    out = BytesIO()
    push = PushedSeal(out, BINDING, [TO])
    push.write(bytes(3 * MEGABYTE))
    push.abandon()
    with pytest.raises(AlteredEnvelope):
        _streamed(out.getvalue())


def test_a_slow_disk_holds_the_upload_back_and_loses_nothing() -> None:
    class Slow(BytesIO):
        ready = threading.Event()

        def write(self, piece: Any, /) -> int:
            self.ready.wait(10)
            return super().write(piece)

    out = Slow()
    push = PushedSeal(out, BINDING, [TO])
    threading.Timer(0.4, out.ready.set).start()
    for number in range(12):
        push.write(bytes([number]) * MEGABYTE)
    assert out.ready.is_set(), "the upload ran ahead of the disk"
    assert push.finish() == 12 * MEGABYTE
    assert _streamed(out.getvalue()) == b"".join(bytes([n]) * MEGABYTE for n in range(12))


def test_a_full_disk_is_told_to_whoever_finishes() -> None:
    class Full:
        def write(self, _piece: bytes, /) -> int:
            raise OSError(28, "No space left on device")

    push = PushedSeal(Full(), BINDING, [TO])
    for _ in range(40):
        push.write(bytes(MEGABYTE))
    with pytest.raises(OSError, match="No space left"):
        push.finish()


def test_a_full_disk_stops_a_stream() -> None:
    class Full:
        def write(self, _piece: bytes, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        sealed_stream(BytesIO(bytes(MEGABYTE)), Full(), BINDING, [TO])


def test_a_full_disk_while_opening_is_no_altered_envelope() -> None:
    class Full:
        def write(self, _piece: bytes, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        opened_stream(BytesIO(sealed(b"text", BINDING, [TO])), Full(), BINDING, OWNER)


@pytest.mark.parametrize("stated", [9, 11])
def test_a_source_of_another_length_is_refused(stated: int) -> None:
    with pytest.raises(SealRefused, match=f"{stated} bytes were announced"):
        sealed_stream(BytesIO(b"ten bytes!"), BytesIO(), BINDING, [TO], length=stated)


def test_every_recipient_opens_and_nobody_else() -> None:
    others = [new_identity() for _ in range(5)]
    envelope = sealed(b"text", BINDING, [str(each.to_public()) for each in others])
    assert {opened(envelope, BINDING, each) for each in others} == {b"text"}
    with pytest.raises(NotForThisKey):
        opened(envelope, BINDING, OWNER)
    with pytest.raises(NotForThisKey):
        opened_stream(BytesIO(envelope), BytesIO(), BINDING, OWNER)


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(NoRecipients):
        sealed(b"text", BINDING, [])


def test_a_public_key_that_is_none_is_named() -> None:
    with pytest.raises(SealRefused, match="'age1nobody' is not an age public key"):
        recipient_from("age1nobody")


def test_a_stream_of_any_length_takes_the_same_memory(tmp_path: Path) -> None:
    whole = 70 * MEGABYTE
    path = tmp_path / "sealed"
    tracemalloc.start()
    try:
        with path.open("wb") as sink:
            assert sealed_stream(Lean(whole), sink, BINDING, [TO]) == whole
        out = Lean(0)
        with path.open("rb") as source:
            assert opened_stream(source, out, BINDING, OWNER) == whole
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert out.taken == whole
    assert peak < 8 * MEGABYTE


def test_a_failing_disk_is_no_altered_envelope() -> None:
    class Failing(BytesIO):
        broken = False

        def read(self, size: int | None = -1, /) -> bytes:
            if self.broken and size != 22:
                raise OSError(5, "Input/output error")
            return super().read(size)

    source = Failing(sealed(b"text", BINDING, [TO]))
    source.broken = True
    with pytest.raises(OSError, match="Input/output error"):
        opened_stream(source, BytesIO(), BINDING, OWNER)
