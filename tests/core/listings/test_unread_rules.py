"""Rows that cannot be read, as pure rules: whose they are, and whom they leave unsure."""

import pytest

from undaunted.core.listings.rules import Nameless, kept_of, nameless_of, perhaps_unread


def test_a_row_that_names_its_entry_keeps_it_also_where_the_key_stands_several_times() -> None:
    assert kept_of(["1", "2", "3#2"], {"1", "3"}) == {"1", "3#2"}
    assert kept_of([], {"1"}) == frozenset()


@pytest.mark.parametrize(
    ("rows", "before", "told_before", "doubtful"),
    [
        (["a"], None, 0, ("a",)),
        (["a", "a"], None, 1, ("a#2",)),
        (["a", "b"], Nameless(settled=("a",)), 0, ("b",)),
        ([], Nameless(doubtful=("b",)), 0, ()),
    ],
)
def test_a_row_nobody_can_place_is_doubtful_where_somebody_is_missing(
    rows: list[str], before: Nameless | None, told_before: int, doubtful: tuple[str, ...]
) -> None:
    found = nameless_of(rows, before, gone=True, told_before=told_before)
    assert found.doubtful == doubtful
    assert len(found.doubtful) + len(found.settled) == len(rows)


def test_a_row_that_came_when_nobody_was_missing_is_settled() -> None:
    assert nameless_of(["a"], None, gone=False) == Nameless(settled=("a",))
    known = Nameless(settled=("a",))
    assert nameless_of(["a", "b"], known, gone=False) == Nameless(settled=("a", "b"))
    doubted = Nameless(doubtful=("b",))
    assert nameless_of(["b"], doubted, gone=False) == doubted, "somebody is missing since"


@pytest.mark.parametrize(
    ("doubtful", "read", "gone", "back"),
    [([3], [], 3, None), ([4], [], 3, None), ([3], [5], 3, 4)],
)
def test_whoever_is_missing_may_stand_in_such_a_row(
    doubtful: list[int], read: list[int], gone: int, back: int | None
) -> None:
    assert perhaps_unread(doubtful, read, gone, back)


@pytest.mark.parametrize(
    ("doubtful", "read", "gone", "back"),
    [([2], [], 3, None), ([3], [4], 3, None), ([4], [3], 3, None), ([5], [], 3, 4)],
)
def test_nobody_does_before_it_came_nor_once_a_version_can_be_read(
    doubtful: list[int], read: list[int], gone: int, back: int | None
) -> None:
    assert not perhaps_unread(doubtful, read, gone, back)
