"""The code under which wrong tries are counted tells names apart and gives none away."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from undaunted.core.access.rules import Door, TooManyTries, tries_bucket

KEY = b"k" * 32


@given(st.text(max_size=64), st.text(max_size=64))
def test_two_names_share_no_bucket(one: str, other: str) -> None:
    same = tries_bucket(KEY, Door.PASSPHRASE, one) == tries_bucket(KEY, Door.PASSPHRASE, other)
    assert same == (one == other)


def test_doors_devices_and_instances_count_apart() -> None:
    buckets = [
        tries_bucket(key, door, "anna", device)
        for key, door, device in itertools.product((KEY, b"x" * 32), Door, ("", "ab", "abc"))
    ]
    assert len(set(buckets)) == len(buckets)
    assert all(len(each) == 64 and set(each) <= set("0123456789abcdef") for each in buckets)


def test_a_refusal_says_how_long_and_of_whom_nothing() -> None:
    refusal = TooManyTries(16)
    assert refusal.wait == 16
    assert str(refusal) == "too many wrong tries; try again in 16 seconds"
