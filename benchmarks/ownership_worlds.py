"""Invented stakes: scale-free tables, and conglomerates planted so that what is true is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from undaunted.engines.ownership import WHOLE, Parties, Stakes, gather_stakes

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Planted", "drawn_stakes", "planted_stakes"]

HUBS = 3
"""The owner of a stake is drawn by a uniform number to this power: few hold in many."""
LISTED = 0.98
MISSING = 0.44
STATE = "STATE:XR"


Rows = list[tuple[int, int, int]]


class Planted(NamedTuple):
    """Stakes, and the companies that the state controls in them: all of them and no other."""

    stakes: Stakes
    controlled: frozenset[str]


def drawn_stakes(companies: int, stakes: int, *, seed: int = 1, missing: bool = False) -> Stakes:
    """Draw stakes; with `missing`, 44 % of them state no share, as in public registers."""
    rng = np.random.default_rng(seed)
    owned = rng.integers(0, companies, stakes)
    owner = (companies * rng.random(stakes) ** HUBS).astype(np.int64)
    kept = owner != owned
    owner, owned = owner[kept], owned[kept]
    weight = rng.random(owner.size)
    total = np.bincount(owned, weights=weight, minlength=companies)
    lo = np.floor(weight / np.maximum(total[owned], 1) * LISTED * WHOLE).astype(np.int64)
    unknown = rng.random(owner.size) < (MISSING if missing else 0)
    columns = {
        "owner": owner, "owned": owned,
        "lo": np.where(unknown, 0, lo), "hi": np.where(unknown, WHOLE, lo),
    }  # fmt: skip
    return gather_stakes(_parties([f"company {each}" for each in range(companies)]), columns)


def planted_stakes(planted: int = 2_000, background: int = 20_000, *, seed: int = 1) -> Planted:
    """Plant companies that a state controls together with those planted before, among others.

    Most are held through several, none of which has more than half. As many again are held by the
    same to just half or less. Companies of the background hold the rest, and each other; what the
    planted hold of them is never more than half.
    """
    rng = np.random.default_rng(seed)
    names = [STATE, *(f"planted {each}" for each in range(planted))]
    names += [f"decoy {each}" for each in range(planted)]
    first_other = len(names)
    names += [f"other {each}" for each in range(background)]
    rows: Rows = []
    for number in range(1, planted + 1):
        total = int(rng.integers(WHOLE // 2 + 1, 8 * WHOLE // 10))
        _hold(rng, rows, number, number, total)
    for number in range(planted + 1, first_other):
        half = rng.random() < 0.3
        total = WHOLE // 2 if half else int(rng.integers(WHOLE // 5, WHOLE // 2))
        _hold(rng, rows, number, planted + 1, total)
    _outsiders(rng, rows, first_other, len(names))
    for number in range(first_other, len(names)):
        if rng.random() < 0.3:
            _hold(rng, rows, number, planted + 1, int(rng.integers(1, WHOLE // 2)))
        rows.append((int(rng.integers(first_other, len(names))), number, WHOLE // 2))
    owner, owned, lo = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    kept = owner != owned
    columns = {"owner": owner[kept], "owned": owned[kept], "lo": lo[kept]}
    return Planted(
        gather_stakes(_parties(names), columns), frozenset(names[1 : planted + 1])
    )  # fmt: skip


def _hold(
    rng: np.random.Generator,
    rows: list[tuple[int, int, int]],
    company: int,
    before: int,
    total: int,
) -> None:
    """Let the state and planted companies below `before` hold so much, by one to five."""
    number = min(before, int(rng.integers(1, 6)))
    holders = rng.choice(before, number, replace=False)
    cuts = np.sort(rng.integers(0, total, number - 1))
    parts = np.diff(np.concatenate([[0], cuts, [total]]))
    rows += [(int(each), company, int(part)) for each, part in zip(holders, parts, strict=True)]


def _outsiders(rng: np.random.Generator, rows: Rows, first: int, end: int) -> None:
    """Let others hold what is left of each company so far, by one or two."""
    left: dict[int, int] = {}
    for _, company, part in rows:
        left[company] = left.get(company, WHOLE) - part
    for company, rest in left.items():
        part = int(rng.integers(0, rest + 1))
        rows += [(int(rng.integers(first, end)), company, each) for each in (part, rest - part)]


def _parties(names: list[str]) -> Parties:
    kinds: NDArray[np.int8] = np.ones(len(names), np.int8)
    return Parties(tuple(names), kinds)
