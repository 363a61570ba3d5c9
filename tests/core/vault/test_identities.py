"""Private keys: never shown, never stored, and the same 32 bytes in age's form and in ours."""

from __future__ import annotations

import copy
import pickle
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.vault.rules import OpenKey, identity_from, new_identity, raw_identity

# Published with age 1.1.1 (testdata/example_keys.txt), and in the recipient's own words there.
PUBLISHED = "AGE-SECRET-KEY-184JMZMVQH3E6U0PSL869004Y3U2NYV7R30EU99CSEDNPH02YUVFSZW44VU"


def test_a_key_becomes_bytes_and_a_key_again() -> None:
    for _ in range(20):
        identity = new_identity()
        raw = raw_identity(identity)
        assert len(raw) == 32
        assert str(identity_from(raw)) == str(identity)


@given(raw=st.binary(min_size=32, max_size=32))
def test_any_32_bytes_are_a_key_and_come_back(raw: bytes) -> None:
    assert raw_identity(identity_from(raw)) == raw


def test_a_published_key_is_read_and_written_alike() -> None:
    from pyrage import x25519  # noqa: PLC0415  (this test alone reads a key from its text)

    identity = x25519.Identity.from_str(PUBLISHED)
    assert str(identity_from(raw_identity(identity))) == PUBLISHED


def test_an_open_key_does_not_show_itself() -> None:
    key = OpenKey(UUID(int=5), 2, new_identity())
    shown = f"{key!r} {key} {key.identity!r}"
    assert "generation 2" in shown
    assert "SECRET" not in shown


def test_an_open_key_is_not_stored() -> None:
    key = OpenKey(UUID(int=5), 1, new_identity())
    for store in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="an open key is not stored"):
            store(key)
