r"""The first bytes inside every envelope: what the content is, and how long it truly is.

A sealed thing is moved by whoever can write to the disk or the database. These bytes are therefore
inside the envelope, and opening compares them with what was asked for before anything is released.

    offset  bytes  holds
    0       16     "undaunted-vault\n"
    16      2      format of the inside, 1
    18      2      zero
    20      4      version of the kind
    24      8      sequence of the kind within the record
    32      8      true length; all ones: not known at the start, see the last eight bytes
    40      16     tenant: organisation that holds the record
    56      16     record
    72      48     kind, ASCII, filled with zero
    120     8      zero

The content follows, then zeros up to a fixed size (`buckets`), then the true length again as the
last eight bytes. Numbers are unsigned and big-endian.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.vault.rules.refusals import (
    LaterSequence,
    NotAnEnvelope,
    OlderSequence,
    SealRefused,
    UnknownFormat,
    VaultError,
    WrongKind,
    WrongLength,
    WrongRecord,
    WrongTenant,
    WrongVersion,
)

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["FORMAT", "HEADER", "TRAILER", "UNKNOWN", "Binding", "header_of", "read_header"]

FORMAT = 1
MAGIC = b"undaunted-vault\n"
UNKNOWN = 2**64 - 1
_LAYOUT = struct.Struct(">16sHHIQQ16s16s48s8s")
HEADER = _LAYOUT.size
TRAILER = 8
_KIND = re.compile(r"[a-z][a-z0-9_.]{0,47}")


@dataclass(frozen=True, slots=True)
class Binding:
    """What one envelope holds: whose, of which record, which kind, version and sequence."""

    tenant: UUID
    record: UUID
    kind: str
    version: int
    sequence: int

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            what = "1 to 48 of a-z, 0-9, _ and ., beginning with a letter"
            raise SealRefused(f"kind {self.kind!r}: give {what}")
        if not 0 < self.version < 2**32:
            raise SealRefused(f"version {self.version}: give a number from 1 to 4294967295")
        if not 0 < self.sequence < 2**63:
            raise SealRefused(f"sequence {self.sequence}: give a number from 1")


def header_of(binding: Binding, length: int) -> bytes:
    """Give the first bytes of an envelope; `length` may be `UNKNOWN`."""
    return _LAYOUT.pack(
        MAGIC,
        FORMAT,
        0,
        binding.version,
        binding.sequence,
        length,
        binding.tenant.bytes,
        binding.record.bytes,
        binding.kind.encode("ascii"),
        bytes(8),
    )


def read_header(head: bytes, expected: Binding) -> int:
    """Give the length that `head` states, once all else in it is what is expected.

    Raises `NotAnEnvelope`, `UnknownFormat`, or the error that names what differs.
    """
    if len(head) != HEADER or not head.startswith(MAGIC):
        raise NotAnEnvelope("what is inside was not sealed by this vault")
    form = int.from_bytes(head[16:18], "big")
    if form != FORMAT:
        raise UnknownFormat(f"format {form} inside; this version opens format {FORMAT} only")
    _, _, zero, version, sequence, length, tenant, record, kind, rest = _LAYOUT.unpack(head)
    for refusal, differs in (
        (WrongTenant, tenant != expected.tenant.bytes),
        (WrongRecord, record != expected.record.bytes),
        (WrongKind, kind.rstrip(b"\0") != expected.kind.encode("ascii")),
        (WrongVersion, version != expected.version),
        (OlderSequence, sequence < expected.sequence),
        (LaterSequence, sequence > expected.sequence),
        (WrongLength, zero != 0 or any(rest)),
    ):
        if differs:
            raise _refusal(refusal)
    return int(length)


def _refusal(refusal: type[VaultError]) -> VaultError:
    return refusal((refusal.__doc__ or "").strip())
