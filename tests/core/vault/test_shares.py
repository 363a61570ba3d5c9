"""Shares: any quorum gives the key back, fewer give nothing, and a mistake is told kindly."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undaunted.core.vault.rules import (
    NotTheQuorum,
    SharesDisagree,
    ShareUnreadable,
    combined,
    new_identity,
    read_share,
    split,
)

HOLDERS = ("The Archive of Zubrowka", "Freedonian Bar", "Friends of Ruritania")


@settings(max_examples=8)
@given(members=st.integers(2, 6), data=st.data())
def test_any_quorum_gives_the_key_back(members: int, data: st.DataObject) -> None:
    threshold = data.draw(st.integers(2, members))
    identity = new_identity()
    shares = split(identity, threshold=threshold, holders=[f"org {n}" for n in range(members)])
    assert len(set(shares)) == members
    for brought in list(combinations(shares, threshold))[:6]:
        assert str(combined(brought)) == str(identity)


def test_fewer_than_the_quorum_give_nothing() -> None:
    shares = split(new_identity(), threshold=3, holders=[*HOLDERS, "Fourth"])
    for brought in combinations(shares, 2):
        with pytest.raises(NotTheQuorum, match="3 different shares are needed; 2 were given"):
            combined(brought)
    with pytest.raises(NotTheQuorum):
        combined([shares[0]] * 3)
    with pytest.raises(NotTheQuorum, match="no share"):
        combined([])


@pytest.mark.parametrize(
    ("threshold", "holders"),
    [
        (1, HOLDERS),
        (4, HOLDERS),
        (2, ("one",)),
        (2, ("one", " ONE ")),
        (2, ("one", "")),
        (2, tuple(map(str, range(17)))),
    ],
)
def test_no_organisation_alone_and_none_twice(threshold: int, holders: tuple[str, ...]) -> None:
    with pytest.raises(NotTheQuorum):
        split(new_identity(), threshold=threshold, holders=holders)


def test_a_share_is_read_as_people_write_it() -> None:
    share = split(new_identity(), threshold=2, holders=HOLDERS)[0]
    assert read_share("\n  ".join(share.upper().split())) == share


def test_a_mistyped_share_says_so_and_not_where() -> None:
    share = split(new_identity(), threshold=2, holders=HOLDERS)[0].split()
    with pytest.raises(ShareUnreadable, match="33 words; 32 were given"):
        read_share(" ".join(share[:-1]))
    for wrong in ("zebra", share[5] if share[5] != share[6] else "academic"):
        changed = [*share[:6], wrong, *share[7:]]
        with pytest.raises(ShareUnreadable, match="compare with the sheet"):
            read_share(" ".join(changed))


def test_shares_of_two_ceremonies_do_not_mix() -> None:
    one, other = (split(new_identity(), threshold=2, holders=HOLDERS) for _ in range(2))
    with pytest.raises(SharesDisagree):
        combined([one[0], other[1]])
