"""Scripts we serve are the bundles whose checksums are recorded, and small enough."""

from __future__ import annotations

import gzip
import hashlib

from tests.house.tree import PACKAGE, ROOT

__all__: list[str] = []

BUNDLE = PACKAGE / "core/intake/static/intake/seal.js"
MOST = 60_000


def test_bundle_is_the_one_whose_checksum_is_recorded() -> None:
    digest, name = (ROOT / "assets/checksums.txt").read_text("ascii").split()
    assert name == BUNDLE.name
    assert hashlib.sha256(BUNDLE.read_bytes()).hexdigest() == digest


def test_bundle_is_small_and_asks_nobody_else() -> None:
    content = BUNDLE.read_bytes()
    assert len(gzip.compress(content, 9)) < MOST
    assert b"eval(" not in content
    assert b"http://" not in content.replace(b"http://www.w3.org", b"")


def test_lock_names_no_address_of_a_registry() -> None:
    lock = (ROOT / "assets/package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
