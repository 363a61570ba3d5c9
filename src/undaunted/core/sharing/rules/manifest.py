"""What a package says of itself: canonical JSON, which is what is signed.

Canonical means: UTF-8, keys sorted, no space outside strings, numbers whole, times in UTC to the
second. Reading refuses every other spelling, so that one manifest has one signature.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from undaunted.core.consent.rules import Purpose
from undaunted.core.sharing.rules.markings import pap_of, tlp_of
from undaunted.core.sharing.rules.recipients import MOST_RECIPIENTS
from undaunted.core.sharing.rules.refusals import (
    AltogetherTooLarge,
    MarkingRefused,
    PackageUnreadable,
)

__all__ = [
    "FORMAT",
    "LONGEST",
    "MOST_CONTENT",
    "MOST_ITEMS",
    "MOST_MANIFEST",
    "About",
    "Item",
    "Manifest",
    "PackageKind",
    "read_manifest",
    "write_manifest",
]

FORMAT = 1
MOST_MANIFEST = 2**20
MOST_ITEMS = 200
MOST_CONTENT = 16 * 2**20
LONGEST = timedelta(days=366)
MOST_NUMBER = 2**31
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_WORD = re.compile(r"[a-z][a-z0-9_.-]{0,47}")
_MARK = re.compile(r"[0-9a-f]{32}")
_MOST_TEXT = 200
UNUSABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)


class PackageKind(StrEnum):
    """What a package does."""

    ITEMS = "items"
    REVOCATION = "revocation"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a package: what it is, which, in which version, its checksum, its consent."""

    kind: str
    id: str
    version: str
    media_type: str
    length: int
    sha256: str
    consents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a revocation takes back or a receipt confirms: an item of a package, and the outcome."""

    package: str
    item: str
    notice: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is signed. `to_key` is the one key to which this copy is sealed.

    `recipients` names everybody who gets a copy, or this one alone where `others` counts the rest.
    """

    kind: PackageKind
    id: str
    sequence: int
    created: datetime
    expires: datetime
    from_name: str
    from_key: str
    from_recipient: str
    to_name: str
    to_key: str
    recipients: tuple[str, ...]
    tlp: str
    pap: str
    purpose: str
    watermark: str
    others: int = 0
    items: tuple[Item, ...] = ()
    about: About | None = None
    format: int = FORMAT


def write_manifest(manifest: Manifest) -> bytes:
    """Give the bytes that are signed."""
    told = asdict(manifest)
    if not manifest.others:
        del told["others"]
    told["created"] = manifest.created.astimezone(UTC).strftime(_TIME)
    told["expires"] = manifest.expires.astimezone(UTC).strftime(_TIME)
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def read_manifest(content: bytes) -> Manifest:
    """Read the bytes of a manifest. Raises `PackageUnreadable`, `MarkingRefused`."""
    if len(content) > MOST_MANIFEST:
        raise AltogetherTooLarge(f"the list of contents has more than {MOST_MANIFEST} bytes")
    try:
        told = json.loads(content.decode("utf-8"))
        manifest = _manifest(told)
    except MarkingRefused:
        raise
    except UNUSABLE as problem:
        raise PackageUnreadable(f"the list of contents cannot be read: {problem}") from problem
    if write_manifest(manifest) != content:
        raise PackageUnreadable("the list of contents is not in its one canonical spelling")
    return manifest


def _manifest(told: dict[str, Any]) -> Manifest:
    told = {"others": 0} | told
    _exactly(told, Manifest)
    if told["format"] != FORMAT:
        raise ValueError(f"format {told['format']!r}; this version reads format {FORMAT} only")
    items = tuple(_item(each) for each in told["items"])
    if len(items) > MOST_ITEMS:
        raise ValueError(f"more than {MOST_ITEMS} items")
    about = _about(told["about"]) if told["about"] is not None else None
    values = told | {
        "kind": PackageKind(told["kind"]),
        "created": _time(told["created"]),
        "expires": _time(told["expires"]),
        "recipients": tuple(_text(each) for each in told["recipients"]),
        "items": items,
        "about": about,
    }
    return _checked(Manifest(**values))


def _checked(manifest: Manifest) -> Manifest:
    _id(manifest.id)
    tlp_of(_text(manifest.tlp))
    pap_of(_text(manifest.pap))
    Purpose(manifest.purpose)
    for name in ("from_name", "from_key", "from_recipient", "to_name", "to_key"):
        _text(getattr(manifest, name))
    if not _MARK.fullmatch(manifest.watermark):
        raise ValueError("the watermark is not 32 of 0-9 and a-f")
    if type(manifest.sequence) is not int or not 0 <= manifest.sequence < MOST_NUMBER:
        raise ValueError("the sequence is no number")
    if type(manifest.others) is not int or not 0 <= manifest.others < MOST_RECIPIENTS:
        raise ValueError("the number of other recipients is no number")
    if manifest.to_name not in manifest.recipients or (manifest.others and manifest.recipients[1:]):
        raise ValueError("the recipients are neither all named nor this one alone")
    carries = manifest.kind is PackageKind.ITEMS
    if carries != bool(manifest.items) or carries != (manifest.about is None):
        raise ValueError("items and what it is about do not fit its kind")
    if carries != (manifest.sequence > 0):
        raise ValueError("a package of items, and no other, is numbered from 1")
    if not manifest.created <= manifest.expires <= manifest.created + LONGEST:
        raise ValueError(f"it ends before it begins, or after more than {LONGEST.days} days")
    if len({item.id for item in manifest.items}) != len(manifest.items):
        raise ValueError("an item is in it twice")
    return manifest


def _item(told: dict[str, Any]) -> Item:
    _exactly(told, Item)
    if not _WORD.fullmatch(told["kind"]) or not _DIGEST.fullmatch(told["sha256"]):
        raise ValueError("an item has no kind or no checksum")
    if type(told["length"]) is not int or not 0 <= told["length"] <= MOST_CONTENT:
        raise AltogetherTooLarge(f"an item has more than {MOST_CONTENT} bytes")
    for each in (told["id"], *told["consents"]):
        _id(each)
    _text(told["version"])
    _text(told["media_type"])
    return Item(**(told | {"consents": tuple(told["consents"])}))


def _about(told: dict[str, Any]) -> About:
    _exactly(told, About)
    for name in ("package", "item", "notice"):
        _id(told[name])
    if not _WORD.fullmatch(told["outcome"]):
        raise ValueError("the outcome is no word")
    return About(**told)


def _exactly(told: dict[str, Any], kind: type[Manifest | Item | About]) -> None:
    wanted = {each.name for each in fields(kind)}
    if set(told) != wanted:
        different = ", ".join(map(repr, sorted(set(told) ^ wanted)))
        raise ValueError(f"fields missing or unknown: {different}")


def _id(text: str) -> None:
    if str(UUID(text)) != text:
        raise ValueError("an id is not in its one spelling")


def _text(text: Any) -> str:  # noqa: ANN401 - from outside
    if not isinstance(text, str) or len(text) > _MOST_TEXT or not text.isprintable():
        raise ValueError(f"a text is longer than {_MOST_TEXT} characters or cannot be printed")
    return text


def _time(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
