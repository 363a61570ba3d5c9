"""How an entry is digested and chained; the same rule stands in SQL (migration 0002)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

__all__ = ["GENESIS", "chain_hash", "digest_of", "merkle_root"]

GENESIS = "0" * 64


def digest_of(detail: Mapping[str, object]) -> str:
    """Give the SHA-256 of a detail as canonical JSON."""
    text = json.dumps(detail, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain_hash(  # noqa: PLR0913  (one parameter per column of the chain)
    *,
    previous: str,
    seq: int,
    at: datetime,
    actor: UUID | None,
    verb: str,
    subject_kind: str,
    subject_id: str,
    right: str,
    digest: str,
) -> str:
    """Give the hash that links an entry to the one before."""
    micros = round(at.timestamp() * 1_000_000)
    parts = (previous, seq, micros, actor or "", verb, subject_kind, subject_id, right, digest)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def merkle_root(leaves: Iterable[bytes]) -> str:
    """Give the Merkle root of rows; leaves and nodes are hashed apart (RFC 6962 §2.1)."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        odd = [level[-1]] if len(level) % 2 else []
        level = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in pairs] + odd
    return level[0].hex()
