"""Companies of which stakes tell less than the whole."""

from __future__ import annotations

from undaunted.engines.ownership import NEVER, WHOLE, Right, below_whole, gather_stakes
from undaunted.engines.ownership.parties import Register

__all__: list[str] = []

HALF, THIRD = WHOLE // 2, WHOLE // 3
DAY = 739_000


def test_companies_whose_stakes_never_make_the_whole_are_given() -> None:
    """Neither a third of rounding, nor a missing share, nor two halves of other days count."""
    register = Register()
    rows = [
        ("a", "Few", 0, HALF, HALF, 0, NEVER), ("b", "Few", 0, 1, 1, 0, NEVER),
        ("a", "Few", Right.VOTES, WHOLE, WHOLE, 0, NEVER),
        *(("a", "Thirds", 0, THIRD, THIRD, 0, NEVER) for _ in range(3)),
        ("a", "Missing", 0, 0, WHOLE, 0, NEVER), ("a", "Board", Right.BOARD, 0, 1, 0, NEVER),
        ("a", "Turns", 0, HALF, HALF, 0, DAY), ("b", "Turns", 0, HALF, HALF + 2, DAY, NEVER),
        ("a", "Once", 0, HALF, HALF, 0, DAY), ("b", "Once", 0, HALF, HALF, DAY - 1, NEVER),
    ]  # fmt: skip
    columns = {
        "owner": [register.number(row[0]) for row in rows],
        "owned": [register.number(row[1]) for row in rows],
        **{
            name: [int(row[at]) for row in rows]
            for at, name in enumerate(("right", "lo", "hi", "valid_from", "valid_to"), start=2)
        },
    }
    stakes = gather_stakes(register.parties(), columns)
    assert below_whole(stakes) == [
        ("Few", Right.EQUITY, HALF + 1), ("Turns", Right.EQUITY, HALF + 2)
    ]  # fmt: skip
    assert below_whole(stakes.of(Right.BOARD)) == []
