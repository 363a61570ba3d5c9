"""What a browser that sealed by itself sends, read with limits; nothing in it is trusted."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from undaunted.core.intake.rules import Danger, Door

__all__ = ["Sealed", "SealedBox", "SealedMessage", "SealedUnreadable", "read_box", "read_lookup",
           "read_message"]  # fmt: skip

LARGEST: Final = 2 * 1024 * 1024
MOST_BOXES: Final = 2
_LOOKUP: Final = 32


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


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """One more message to a mailbox."""

    lookup: bytes
    sequence: int
    envelope: bytes


def read_box(body: bytes) -> Sealed:
    """Read a submission. Raises `SealedUnreadable`."""
    held = _object(body)
    boxes = held.get("mailboxes")
    if not isinstance(boxes, list) or not 0 < len(boxes) <= MOST_BOXES:
        raise SealedUnreadable("mailboxes")
    return Sealed(_uuid(held, "team"), tuple(_box(each) for each in boxes))


def read_lookup(body: bytes) -> bytes:
    """Read the name under which a mailbox is asked for. Raises `SealedUnreadable`."""
    return _lookup(_object(body))


def read_message(body: bytes) -> SealedMessage:
    """Read one more message. Raises `SealedUnreadable`."""
    held = _object(body)
    sequence = held.get("sequence")
    if not isinstance(sequence, int) or isinstance(sequence, bool) or sequence < 1:
        raise SealedUnreadable("sequence")
    return SealedMessage(_lookup(held), sequence, _bytes(held, "envelope"))


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


def _uuid(held: dict[str, Any], key: str) -> UUID:
    try:
        return UUID(str(held.get(key)))
    except ValueError as problem:
        raise SealedUnreadable(key) from problem


def _lookup(held: dict[str, Any]) -> bytes:
    try:
        value = bytes.fromhex(str(held.get("lookup")))
    except ValueError as problem:
        raise SealedUnreadable("lookup") from problem
    if len(value) != _LOOKUP:
        raise SealedUnreadable("lookup")
    return value
