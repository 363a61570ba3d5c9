"""One layer of stakes on one day, laid out to be walked: who holds what of whom.

`votes_graph` is the layer that decides control: votes where a company's are stated, equity where
they are not (one share, one vote, unless a source says otherwise). Where votes are stated for some
owners only, another owner of equity has between nothing and what they leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership import walking
from undaunted.engines.ownership.shares import WHOLE, Right

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from undaunted.engines.ownership.parties import Parties
    from undaunted.engines.ownership.stakes import Stakes

    Ints = NDArray[np.int64]
    Numbers = NDArray[np.int32]

__all__ = ["Graph", "layer_graph", "part_of", "votes_graph"]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Stakes of others, shape (m,), sorted by company and owner; a company's own stand apart.

    Attributes:
        stakes: the table it was made of; `place` leads into it.
        held_first: stakes in company j stand from `held_first[j]` to the next.
        owner: who holds.
        owned: what is held.
        lo: lowest share.
        hi: highest share, not above what the lowest shares of the others leave.
        place: row of `stakes` for each.
        first: places of the stakes of owner i stand in `out` from `first[i]` to the next.
        out: places in these columns, by owner and company.
        total: lowest shares in each company together, its own included.
        over: companies in which they exceed the whole; all of their rows stand.
        own_lo: lowest share that a company holds of itself.
        own_hi: highest, together with the lowest shares of others; less than the whole where it
            can be, since whoever holds the rest decides then.
        own_place: rows of `stakes` in which a company holds itself.
        own_least: lowest share of each, as it counts in this layer.
        own_most: highest.
        suspended: a company's own shares do not count (of votes, they do not vote).
    """

    stakes: Stakes
    held_first: Ints
    owner: Numbers
    owned: Numbers
    lo: Numbers
    hi: Numbers
    place: Numbers
    first: Ints
    out: Numbers
    total: Ints
    over: NDArray[np.bool_]
    own_lo: Ints
    own_hi: Ints
    own_place: Numbers
    own_least: Ints
    own_most: Ints
    suspended: bool

    @property
    def parties(self) -> Parties:
        """Give whom the numbers mean."""
        return self.stakes.parties

    @property
    def size(self) -> int:
        """Give the number of parties."""
        return int(self.first.size - 1)

    @property
    def exact(self) -> bool:
        """Tell whether every share is exact, so that what may be is what must be."""
        return bool(np.array_equal(self.lo, self.hi) and np.array_equal(self.own_lo, self.own_hi))

    def stakes_in(self, company: int) -> slice:
        """Give where the stakes in a company stand."""
        return slice(int(self.held_first[company]), int(self.held_first[company + 1]))

    def stakes_of(self, owner: int) -> Numbers:
        """Give the places of an owner's stakes."""
        return self.out[self.first[owner] : self.first[owner + 1]]


def layer_graph(stakes: Stakes, right: Right) -> Graph:
    """Give the graph of one kind of right; `stakes` are those of one day."""
    chosen = np.flatnonzero(stakes.right == right)
    return _graph(stakes, chosen, stakes.hi[chosen], stakes.lo[chosen], suspended=_votes(right))


def votes_graph(stakes: Stakes) -> Graph:
    """Give the graph that decides control: votes where stated, equity elsewhere."""
    votes, equity = stakes.right == Right.VOTES, stakes.right == Right.EQUITY
    told = np.zeros(len(stakes.parties), np.bool_)
    told[stakes.owned[votes]] = True
    voter = _pairs_of(stakes, votes)
    spoken_for = np.isin(_pairs_of(stakes, equity), voter)
    silent = np.flatnonzero(equity)[~spoken_for]
    chosen = np.concatenate([np.flatnonzero(votes), silent])
    unknown = (stakes.right[chosen] == Right.EQUITY) & told[stakes.owned[chosen]]
    lo = np.where(unknown, 0, stakes.lo[chosen])
    hi = np.where(unknown, WHOLE, stakes.hi[chosen])
    return _graph(stakes, chosen, hi, lo, suspended=True)


def part_of(graph: Graph, places: Ints, own_rows: Ints) -> Graph:
    """Give the graph of some stakes alone, with rows in which companies hold themselves."""
    own = np.flatnonzero(np.isin(graph.own_place, own_rows))
    return _graph(
        graph.stakes,
        np.concatenate([graph.place[places], graph.own_place[own]]),
        np.concatenate([graph.hi[places], graph.own_most[own]]),
        np.concatenate([graph.lo[places], graph.own_least[own]]),
        suspended=graph.suspended,
    )


def _votes(right: Right) -> bool:
    return right is Right.VOTES


def _pairs_of(stakes: Stakes, chosen: NDArray[np.bool_]) -> Ints:
    pairs: Ints = stakes.owner[chosen].astype(np.int64) * len(stakes.parties) + stakes.owned[chosen]
    return pairs


def _graph(stakes: Stakes, chosen: Ints, hi: Ints, lo: Ints, *, suspended: bool) -> Graph:
    """Sort by owner and company, tighten the highest shares, take self-ownership apart."""
    size = len(stakes.parties)
    owner, owned = stakes.owner[chosen], stakes.owned[chosen]
    total = _sums(owned, lo, size)
    over = total > WHOLE + np.bincount(owned, minlength=size)
    left = np.where(over, WHOLE, WHOLE - total)
    tight = np.where(over[owned], hi, np.maximum(lo, np.minimum(hi, left[owned] + lo)))
    itself = owner == owned
    other = np.flatnonzero(~itself)
    by_owner = other[walking.grouped(owner[other], size)[1]]
    held_first, by_company = walking.grouped(owned[by_owner], size)
    order = by_owner[by_company]
    first, out = walking.grouped(owner[order], size)
    own_lo = np.minimum(_sums(owned[itself], lo[itself], size), WHOLE)
    own_hi = np.minimum(_sums(owned[itself], tight[itself], size), own_lo + left)
    return Graph(
        stakes=stakes,
        held_first=held_first,
        owner=owner[order],
        owned=owned[order],
        lo=lo[order].astype(np.int32),
        hi=tight[order].astype(np.int32),
        place=chosen[order].astype(np.int32),
        first=first,
        out=out,
        total=total,
        over=over,
        own_lo=own_lo,
        own_hi=np.maximum(own_lo, np.minimum(own_hi, WHOLE - 1)),
        own_place=chosen[itself].astype(np.int32),
        own_least=lo[itself],
        own_most=tight[itself],
        suspended=suspended,
    )


def _sums(keys: Numbers, values: Ints, size: int) -> Ints:
    """Add up by key; exact, for sums below 2^53."""
    summed: Ints = np.bincount(keys, weights=values, minlength=size).astype(np.int64)
    return summed
