"""What of numbered stakes is in doubt as a whole: repeated rows, and more than all of a company.

`control` reads a repeated row as one that may hold and need not. Pairs are of exact stakes, so that
a table with repeated rows is refused. Stakes beyond the whole stand, as there, and are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership import WHOLE, Rule, StakesMalformed, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from undaunted.cli.ownership_numbered import NumberedStakes
    from undaunted.engines.ownership import Held

    Ints = NDArray[np.int64]

__all__ = ["beyond_whole", "refuse_repeats"]

PIECE = 1 << 22
"""About so many stakes are looked at together, those of one company never apart."""
TOLD = 20
"""So many companies are named; of all, the number is told."""


def refuse_repeats(table: NumberedStakes, held: Held) -> None:
    """Raise `StakesMalformed` where rows say the same, with owner, company and rule."""
    itself = np.argsort(table.own, kind="stable")
    own, own_share = table.own[itself], table.own_share[itself]
    found, first = _repeated(own, own, own_share)
    for begin, end in _pieces(held):
        counts = np.diff(held.held_first[begin : end + 1])
        inside = slice(held.held_first[begin], held.held_first[end])
        companies = np.repeat(np.arange(begin, end), counts)
        number, row = _repeated(companies, held.owner[inside], held.share[inside])
        found, first = found + number, first or row
    if first:
        owner, company, share = first
        raise StakesMalformed(
            f"owner {owner}, company {company}, {in_words(share)}: {Rule.REPEAT.says} "
            f"({found} such rows); {Rule.REPEAT.remedy} [{Rule.REPEAT.code}]"
        )


def beyond_whole(held: Held) -> list[str]:
    """Tell of which companies more than the whole is held, with rule and remedy."""
    own = np.zeros(held.held_first.size - 1, np.int64)
    own[held.own] = held.own_share
    found, told = 0, list[str]()
    for begin, end in _pieces(held):
        edges = held.held_first[begin : end + 1]
        sums = np.zeros(edges[-1] - edges[0] + 1, np.int64)
        np.cumsum(held.share[edges[0] : edges[-1]], out=sums[1:])
        totals = np.diff(sums[edges - edges[0]]) + own[begin:end]
        over = np.flatnonzero(totals > WHOLE + np.diff(edges) + (own[begin:end] > 0))
        told += [f"company {begin + at}: {in_words(int(totals[at]))}" for at in over[:TOLD]]
        found += over.size
    if not found:
        return []
    rule = f"{Rule.TOTAL.says}, in {found} companies; {Rule.TOTAL.remedy} [{Rule.TOTAL.code}]"
    return [rule, *told[:TOLD]]


def _pieces(held: Held) -> Iterator[tuple[int, int]]:
    """Give companies from one to another, whose stakes are looked at together."""
    size, begin = held.held_first.size - 1, 0
    while begin < size:
        enough = np.searchsorted(held.held_first, held.held_first[begin] + PIECE)
        end = min(max(int(enough), begin + 1), begin + PIECE, size)
        yield begin, end
        begin = end


def _repeated(
    company: NDArray[np.integer], owner: NDArray[np.integer], share: NDArray[np.integer]
) -> tuple[int, tuple[int, int, int] | None]:
    """Give how many rows say what another says, and one of them; rows come by company and owner."""
    near = (company[1:] == company[:-1]) & (owner[1:] == owner[:-1])
    if not near.any():
        return 0, None
    several = np.zeros(company.size, np.bool_)
    several[1:] |= near
    several[:-1] |= near
    company, owner, share = company[several], owner[several], share[several]
    order = np.lexsort((share, owner, company))
    same = np.ones(order.size - 1, np.bool_)
    for column in (company[order], owner[order], share[order]):
        same &= column[1:] == column[:-1]
    if not same.any():
        return 0, None
    at = order[int(np.argmax(same))]
    return int(same.sum()), (int(owner[at]), int(company[at]), int(share[at]))
