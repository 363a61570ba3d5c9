"""What a browser that sealed by itself sends, read with limits; nothing in it is trusted."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from undaunted.core.intake.rules import Danger, Door

__all__ = [
    "Sealed",
    "SealedBox",
    "SealedDraft",
    "SealedFile",
    "SealedMessage",
    "SealedUnreadable",
    "read_box",
    "read_draft",
    "read_file",
    "read_handed",
    "read_lookup",
    "read_message",
]

LARGEST: Final = 2 * 1024 * 1024
HANDED: Final = "undaunted-handed-in-1"
"""The format that the offline form saves."""
MOST_BOXES: Final = 2
_DIGEST: Final = 32


class SealedUnreadable(ValueError):
    """What was sent is not what our script sends; `field` names where."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field}: not what the form of this site sends")
        self.field = field


@dataclass(frozen=True, slots=True)
class SealedBox:
    """One mailbox made in a browser: sealed answers, its key sealed to the team, and no receipt."""

    record: UUID
    door: Door
    danger: Danger
    lookup: bytes
    recipient: str
    record_recipient: str
    sealed_key: bytes
    envelope: bytes
    reply: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one submission holds: the mailbox, and perhaps a harmless one."""

    team: UUID
    mailboxes: tuple[SealedBox, ...]
    ticket: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """One more message to a mailbox."""

    lookup: bytes
    sequence: int
    envelope: bytes
    ticket: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """What somebody saves for themselves."""

    lookup: bytes
    envelope: bytes
    ticket: str
    answer: str


@dataclass(frozen=True, slots=True)
class SealedFile:
    """What a sender states of a file whose parts are all there."""

    lookup: bytes
    record: UUID
    record_recipient: str
    sealed_key: bytes
    size: int
    digest: bytes


def read_box(body: bytes) -> Sealed:
    """Read a submission. Raises `SealedUnreadable`."""
    held = _object(body)
    boxes = held.get("mailboxes")
    if not isinstance(boxes, list) or not 0 < len(boxes) <= MOST_BOXES:
        raise SealedUnreadable("mailboxes")
    return Sealed(
        team=_uuid(held, "team"),
        mailboxes=tuple(_box(each) for each in boxes),
        ticket=_text(held, "ticket") if "ticket" in held else "",
        answer=_text(held, "answer") if "answer" in held else "",
    )


def read_handed(content: bytes) -> Sealed:
    """Read what an offline form has saved. Raises `SealedUnreadable`."""
    held = _object(content)
    if held.get("format") != HANDED:
        raise SealedUnreadable("format")
    sent = held.get("sent")
    if not isinstance(sent, str):
        raise SealedUnreadable("sent")
    body = sent.encode("utf-8", "surrogatepass")
    if hashlib.sha256(body).digest() != _digest(held, "digest"):
        raise SealedUnreadable("digest")
    return read_box(body)


def read_lookup(body: bytes) -> bytes:
    """Read the name under which a mailbox is asked for. Raises `SealedUnreadable`."""
    return _lookup(_object(body))


def read_message(body: bytes) -> SealedMessage:
    """Read one more message. Raises `SealedUnreadable`."""
    held = _object(body)
    sequence = held.get("sequence")
    if not isinstance(sequence, int) or isinstance(sequence, bool) or sequence < 1:
        raise SealedUnreadable("sequence")
    return SealedMessage(_lookup(held), sequence, _bytes(held, "envelope"), *_pass(held))


def read_draft(body: bytes) -> SealedDraft:
    """Read a draft. Raises `SealedUnreadable`."""
    held = _object(body)
    return SealedDraft(_lookup(held), _bytes(held, "envelope"), *_pass(held))


def read_file(body: bytes) -> SealedFile:
    """Read what is stated of a file. Raises `SealedUnreadable`."""
    held = _object(body)
    size = held.get("size")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise SealedUnreadable("size")
    return SealedFile(
        lookup=_lookup(held),
        record=_uuid(held, "record"),
        record_recipient=_text(held, "record_recipient"),
        sealed_key=_bytes(held, "sealed_key"),
        size=size,
        digest=_digest(held, "digest"),
    )


def _box(held: object) -> SealedBox:
    if not isinstance(held, dict):
        raise SealedUnreadable("mailboxes")
    try:
        door, danger = Door(str(held.get("door"))), Danger(str(held.get("danger")))
    except ValueError as problem:
        raise SealedUnreadable("door") from problem
    return SealedBox(
        record=_uuid(held, "record"),
        door=door,
        danger=danger,
        lookup=_lookup(held),
        recipient=_text(held, "recipient"),
        record_recipient=_text(held, "record_recipient"),
        sealed_key=_bytes(held, "sealed_key"),
        envelope=_bytes(held, "envelope"),
        reply=_bytes(held, "reply") if "reply" in held else b"",
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        held = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise SealedUnreadable("body") from problem
    if len(body) > LARGEST or not isinstance(held, dict):
        raise SealedUnreadable("body")
    return held


def _text(held: dict[str, Any], key: str) -> str:
    value = held.get(key)
    if not isinstance(value, str) or not value.isascii() or len(value) > 80:  # noqa: PLR2004 - a key
        raise SealedUnreadable(key)
    return value


def _bytes(held: dict[str, Any], key: str) -> bytes:
    try:
        return base64.b64decode(held.get(key) or "", validate=True)
    except (binascii.Error, TypeError, ValueError) as problem:
        raise SealedUnreadable(key) from problem


def _pass(held: dict[str, Any]) -> tuple[str, str]:
    """Give the ticket and the answer to what the gate asks, each empty where it was not sent."""
    ticket = _text(held, "ticket") if "ticket" in held else ""
    return ticket, _text(held, "answer") if "answer" in held else ""


def _uuid(held: dict[str, Any], key: str) -> UUID:
    try:
        return UUID(str(held.get(key)))
    except ValueError as problem:
        raise SealedUnreadable(key) from problem


def _lookup(held: dict[str, Any]) -> bytes:
    return _digest(held, "lookup")


def _digest(held: dict[str, Any], key: str) -> bytes:
    try:
        value = bytes.fromhex(str(held.get(key)))
    except ValueError as problem:
        raise SealedUnreadable(key) from problem
    if len(value) != _DIGEST:
        raise SealedUnreadable(key)
    return value
