"""Scripts we serve are the bundles whose checksums are recorded, and small enough."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from tests.house.tree import PACKAGE, ROOT

__all__: list[str] = []

FOLDER = PACKAGE / "core/intake/static/intake"
LOADED = ("seal.js", "work.js")
"""What a page may load; `kit.js` stands inside the offline form alone."""
MOST = 60_000


def test_bundles_are_those_whose_checksums_are_recorded() -> None:
    lines = (ROOT / "assets/checksums.txt").read_text("ascii").splitlines()
    stated = {name: digest for digest, name in map(str.split, lines)}
    found = {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in FOLDER.glob("*.js")
    }
    assert stated == found


def test_what_a_page_loads_is_small() -> None:
    packed = [len(gzip.compress((FOLDER / name).read_bytes(), 9)) for name in LOADED]
    assert sum(packed) < MOST


@pytest.mark.parametrize("name", [*LOADED, "kit.js"])
def test_bundle_asks_nobody_else(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert b"eval(" not in content
    assert b"http://" not in content.replace(b"http://www.w3.org", b"")


def test_lock_names_no_address_of_a_registry() -> None:
    lock = (ROOT / "assets/package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
