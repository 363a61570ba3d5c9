"""A package that is the same every time, and ways to make others of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from undaunted.core.sharing.rules import (
    Item,
    Manifest,
    PackageKind,
    public_key,
    sign,
    write_manifest,
)
from undaunted.core.sharing.writers import write_package

__all__ = ["AT", "CONTENT", "SEED", "digest_of", "manifest", "packed"]

SEED = bytes(range(32))
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
CONTENT = b"what is shared"
ITEM = Item(
    kind="registry.case",
    id=str(UUID(int=7)),
    version="1",
    media_type="application/json",
    length=len(CONTENT),
    sha256="5ca2bbb0e5e9e2f2a0c5c2d5bb6cbd1a7d4a3d4a8a7ba9e6a8e6a32b7d9c1f10",
    consents=(str(UUID(int=9)),),
)


def manifest(**changed: Any) -> Manifest:
    """Give a good list of contents, with what is to be changed in it."""
    usual: dict[str, Any] = {
        "kind": PackageKind.ITEMS,
        "id": str(UUID(int=1)),
        "sequence": 3,
        "created": AT,
        "expires": AT + timedelta(days=30),
        "from_name": "Harbour Watch",
        "from_key": public_key(SEED),
        "from_recipient": "age1ours",
        "to_name": "Lantern Fund",
        "to_key": "age1theirs",
        "recipients": ("Lantern Fund",),
        "tlp": "AMBER+STRICT",
        "pap": "GREEN",
        "purpose": "campaign",
        "watermark": "ab" * 16,
        "items": (replace(ITEM, sha256=digest_of(CONTENT)),),
    }
    return Manifest(**(usual | changed))


def digest_of(content: bytes) -> str:
    """Give the checksum of an item."""
    return hashlib.sha256(content).hexdigest()


def packed(told: Manifest, *contents: bytes, seed: bytes = SEED) -> bytes:
    """Give the opened package of a list of contents."""
    signed = write_manifest(told)
    return write_package(signed, sign(seed, signed), contents)
