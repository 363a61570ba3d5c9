"""The tree of what an entry covers: one root, leaves and nodes hashed apart."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from undaunted.core.audit.rules import GENESIS, chain_hash, digest_of, merkle_root


def _hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def test_a_root_is_that_of_rfc_6962() -> None:
    one, two, three = (_hashed(b"\0", each) for each in (b"a", b"b", b"c"))
    assert merkle_root([]) == hashlib.sha256(b"").hexdigest()
    assert merkle_root([b"a"]) == one.hex()
    pair = _hashed(b"\1", one, two)
    assert merkle_root([b"a", b"b"]) == pair.hex()
    assert merkle_root([b"a", b"b", b"c"]) == _hashed(b"\1", pair, three).hex()


def test_order_and_number_of_rows_change_the_root() -> None:
    told = {merkle_root(rows) for rows in ([b"a", b"b"], [b"b", b"a"], [b"a"], [b"ab"])}
    assert len(told) == 4


def test_the_link_of_an_entry_follows_from_every_column() -> None:
    entry: dict[str, Any] = {
        "previous": GENESIS, "seq": 1, "at": datetime(2026, 1, 2, tzinfo=UTC), "actor": None,
        "verb": "case.opened", "subject_kind": "case", "subject_id": "7", "right": "",
        "digest": digest_of({"b": 1, "a": "ä"}),
    }  # fmt: skip
    parts = (GENESIS, 1, 1767312000000000, "", "case.opened", "case", "7", "", entry["digest"])
    wanted = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    assert chain_hash(**entry) == wanted
    changed = {
        "previous": wanted, "seq": 2, "at": datetime(2026, 1, 3, tzinfo=UTC), "actor": UUID(int=1),
        "verb": "case.closed", "subject_kind": "person", "subject_id": "8", "right": "retention",
        "digest": digest_of({"a": "ä"}),
    }  # fmt: skip
    links = {chain_hash(**{**entry, name: value}) for name, value in changed.items()}
    assert len(links | {wanted}) == len(entry) + 1
    assert digest_of({"a": "ä", "b": 1}) == entry["digest"]
