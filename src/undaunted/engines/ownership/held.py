"""Stakes in as little memory as answers for every owner: for registers of whole continents.

A table of stakes knows days, sources and names, some hundred bytes a stake; a graph is laid out for
every question. Here stand only an owner, a company and an exact share, each of four bytes, twice:
two hundred million stakes take less than five gigabytes. They come in pieces, from a file or from
several, and are read twice, so that they are never held beside what is laid out of them.

    held = held_in(parties, pieces)
    pairs = every_owner(held)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undaunted.engines.compiling import compiled
from undaunted.engines.ownership.errors import StakesMalformed
from undaunted.engines.ownership.reaching import UNBOUNDED, Bounds, every_pair
from undaunted.engines.ownership.shares import WHOLE
from undaunted.engines.ownership.thresholds import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from undaunted.engines.ownership.reaching import Pairs
    from undaunted.engines.ownership.thresholds import Threshold

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Piece = tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]], NDArray[np.integer[Any]]]
    Columns = tuple[Numbers, Numbers, Numbers]

__all__ = ["Held", "every_owner", "held_in"]

MOST = np.iinfo(np.int32).max
"""So many stakes are taken, and parties: numbers of both are kept in four bytes."""
KEPT, MIXED = (1 << 40) - 1, 2_862_933
"""Of a digest is kept so much, and multiplied by an odd number: each row counts at its place."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Exact stakes of others, by company and owner, and once more by owner.

    Attributes:
        held_first: stakes in company j stand from `held_first[j]` to the next.
        owner: who holds.
        share: how much, in units.
        first: companies that owner i holds stand in `below` from `first[i]` to the next.
        below: what is held.
        own: companies that hold shares of themselves, ascending.
        own_share: how much each holds.
        several: who cannot decide as one; nobody where it is empty.
    """

    held_first: Ints
    owner: Numbers
    share: Numbers
    first: Ints
    below: Numbers
    own: Numbers
    own_share: Ints
    several: NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.owner.size)


def held_in(
    parties: int,
    pieces: Callable[[], Iterable[Piece]],
    *,
    several: NDArray[np.bool_] | None = None,
) -> Held:
    """Lay out stakes that `pieces` gives: numbers of owner and company, and the share in units.

    A company's own shares do not vote, as in `votes_graph`. `pieces` is called twice and gives
    the same each time.
    """
    _demand(parties <= MOST, f"no more than {MOST} parties are taken")
    first, held_first = np.zeros(parties + 2, np.int64), np.zeros(parties + 2, np.int64)
    digests = [np.zeros(1, np.int64), np.zeros(1, np.int64)]
    for owner, owned, share in _checked(parties, pieces):
        _count(owner, owned, share, first, held_first, digests[0])
    for each in (first, held_first):
        np.cumsum(each, out=each)
    number = int(first[-1])
    _demand(number <= MOST, f"no more than {MOST} stakes are taken")
    below, moved = np.empty(number, np.int32), np.empty(number, np.int32)
    own = [(np.empty(0, np.int32), np.empty(0, np.int32))]
    for owner, owned, share in _checked(parties, pieces):
        _put(owner, owned, share, first, below, moved, digests[1])
        own.append((owned[owner == owned], share[owner == owned]))
    _demand(
        digests[0][0] == digests[1][0], "the second reading of a table gives what the first gave"
    )
    holder, held = np.empty(number, np.int32), np.empty(number, np.int32)
    _turn(first, below, moved, held_first, holder, held)
    return Held(
        held_first[:-1], holder, held, first[:-1], below, *_own(own),
        np.zeros(0, np.bool_) if several is None else several,
    )  # fmt: skip


def every_owner(held: Held, threshold: Threshold = MAJORITY) -> Pairs:
    """Give who controls whom, each owner by itself, as `all_control` does of a graph."""
    size = held.first.size - 1
    needed = np.full(size, threshold.needed(np.zeros(1, np.int64))[0], np.int32)
    needed[held.own] = threshold.needed(held.own_share)
    unbounded = np.broadcast_to(np.int64(UNBOUNDED), size)
    bounds = Bounds(held.share, held.share, unbounded, needed)
    below = held.first, held.below, np.empty(0, np.int32)
    return every_pair(below, held.held_first, held.owner, bounds, held.several)


def _checked(parties: int, pieces: Callable[[], Iterable[Piece]]) -> Iterator[Columns]:
    """Give pieces whose numbers and shares are in bounds."""
    for owner, owned, share in pieces():
        _demand(owner.shape == owned.shape == share.shape, "every column has one value a stake")
        for name, values, bound in (
            ("owner", owner, parties), ("owned", owned, parties), ("share", share, WHOLE + 1),
        ):  # fmt: skip
            inside = not values.size or (int(values.min()) >= 0 and int(values.max()) < bound)
            _demand(inside, f"{name} is a number below {bound}")
        yield (
            np.ascontiguousarray(owner, np.int32),
            np.ascontiguousarray(owned, np.int32),
            np.ascontiguousarray(share, np.int32),
        )


def _demand(holds: bool | np.bool_, sentence: str) -> None:  # noqa: FBT001 - what is demanded
    if not holds:
        raise StakesMalformed(sentence)


def _own(rows: list[tuple[Numbers, Numbers]]) -> tuple[Numbers, Ints]:
    """Give companies that hold shares of themselves, each once, and how much each holds."""
    companies, shares = (np.concatenate([each[k] for each in rows]) for k in (0, 1))
    found, at = np.unique(companies, return_inverse=True)
    own = np.zeros(found.size, np.int64)
    np.add.at(own, at, shares)
    return found, np.minimum(own, WHOLE)


@compiled
def _count(  # noqa: PLR0913, PLR0917 - the columns of stakes
    owner: Numbers, owned: Numbers, share: Numbers, first: Ints, held_first: Ints, digest: Ints
) -> None:
    """Count the stakes of each owner, and in each company, two rows further on."""
    for place in range(owner.size):
        holder, company = owner[place], owned[place]
        digest[0] = MIXED * ((digest[0] ^ holder) & KEPT) + 3 * np.int64(company) + share[place]
        if holder != company:
            first[holder + 2] += 1
            held_first[company + 2] += 1


@compiled
def _put(  # noqa: PLR0913, PLR0917 - the columns of stakes
    owner: Numbers,
    owned: Numbers,
    share: Numbers,
    first: Ints,
    below: Numbers,
    moved: Numbers,
    digest: Ints,
) -> None:
    """Put stakes in order by owner; where there are more than were counted, they are left out."""
    for place in range(owner.size):
        holder, company = owner[place], owned[place]
        digest[0] = MIXED * ((digest[0] ^ holder) & KEPT) + 3 * np.int64(company) + share[place]
        at = first[holder + 1]
        if holder != company and at < below.size:
            first[holder + 1] = at + 1
            below[at], moved[at] = company, share[place]


@compiled
def _turn(  # noqa: PLR0913, PLR0917 - the columns of stakes
    first: Ints, below: Numbers, moved: Numbers, held_first: Ints, holder: Numbers, held: Numbers
) -> None:
    """Put stakes that are in order by owner in order by company, and by owner within each."""
    for owner in range(first.size - 2):
        for place in range(first[owner], first[owner + 1]):
            at = held_first[below[place] + 1]
            held_first[below[place] + 1] = at + 1
            holder[at], held[at] = owner, moved[place]
