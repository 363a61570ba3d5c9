"""The stakes that bear on one company: everybody above it; and those that hang together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import scipy

from undaunted.engines.ownership import walking
from undaunted.engines.ownership.parties import Parties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from undaunted.engines.ownership.stakes import Stakes

__all__ = ["together", "upstream"]


def together(stakes: Stakes, parties: Iterable[str]) -> NDArray[np.bool_]:
    """Tell of each stake whether it hangs together with any of some parties, through any others.

    No answer about those parties can rest on one that does not.
    """
    size = len(stakes.parties)
    ties = scipy.sparse.csr_array(
        (np.ones(len(stakes), np.int64), (stakes.owner, stakes.owned)), shape=(size, size)
    )
    _, group = scipy.sparse.csgraph.connected_components(ties, directed=False)
    known = [stakes.parties.number_of(each) for each in parties if each in stakes.parties]
    return np.isin(group[stakes.owner], group[np.array(known, np.int64)])


def upstream(stakes: Stakes, company: str, also: tuple[str, ...] = ()) -> Stakes:
    """Give the stakes in a company and in whoever is above it, with those parties alone.

    `also` keeps parties that are asked about and may not be above it.
    """
    parties = stakes.parties
    first, order = walking.grouped(stakes.owned, len(parties))
    above = {parties.number_of(company)}
    waiting, rows = list(above), []
    while waiting:
        held = waiting.pop()
        places = order[first[held] : first[held + 1]]
        rows.append(places)
        new = set(stakes.owner[places].tolist()) - above
        above |= new
        waiting += new
    numbers = np.array(sorted(above | set(parties.numbers_of(also).tolist())), np.int64)
    ids = parties.named(numbers)
    labels = {each: parties.labels[each] for each in ids if each in parties.labels}
    kept = stakes.take(np.sort(np.concatenate(rows)).astype(np.int64))
    return replace(
        kept,
        parties=Parties(ids, parties.kinds[numbers], labels),
        owner=np.searchsorted(numbers, kept.owner).astype(np.int32),
        owned=np.searchsorted(numbers, kept.owned).astype(np.int32),
    )
