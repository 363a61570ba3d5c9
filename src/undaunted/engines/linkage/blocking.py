"""Which files are worth comparing: those that share a rare key, so many at most for each file.

Comparing all with all grows with the square of the files. Here files with one key make a block; a
block too large to compare is parted by what else is known, and passed over where nothing is; and
each file is compared with the few that share most with it, rare keys first; never with one whose
birth excludes it, unless both were arrested on one day. Said twice, in Python for few files and in
DuckDB for many (`tables`); weights are whole numbers, so that both ways and any number of threads
give the same pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from undaunted.engines.linkage.files import Files, Pair, Span

__all__ = ["MOST_HINTED", "MOST_PAIRS", "MOST_PARTNERS", "RARITY", "pairs_to_compare", "parts_of"]

MOST_PARTNERS: Final = 8
"""How many files each one asks to be compared with; it may be asked by others as well."""
MOST_PAIRS: Final = 1_800
"""A block with more pairs than sixty files make is parted."""
MOST_HINTED: Final = 66
"""A block of a hint with more pairs than a dozen files make is passed over."""
RARITY: Final = 1 << 32
"""What a key would weigh that one file has; a key that two have weighs half as much."""
_YEAR: Final = 365


def pairs_to_compare(
    files: Files, *, closed: Collection[Pair] = (), partners: int = MOST_PARTNERS
) -> list[Pair]:
    """Give the pairs worth comparing, in order; closed ones take no other pair's place."""
    judged = set(closed)
    shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for block in _blocks(files):
        weight = RARITY // len(block)
        for one, other in combinations(block, 2):
            if (one, other) not in judged and files.may_meet(one, other):
                shared[one][other] += weight
                shared[other][one] += weight
    found: set[Pair] = set()
    for place, others in shared.items():
        hopeful = (other for other in others if not files.is_hopeless(place, other))
        ranked = sorted(hopeful, key=lambda other: (-others[other], other))
        found.update((min(place, one), max(place, one)) for one in islice(ranked, partners))
    return sorted(found)


def parts_of(files: Files, place: int) -> Iterator[str]:
    """Give what a file is parted by where too many share a key with it."""
    yield from (f"b{year}" for year in _years(files.born[place]))
    yield from (f"a{year}" for year in _years(files.arrested[place]))
    if files.place[place]:
        yield f"p{files.place[place]}"


def _years(span: Span | None) -> range:
    """Give counted years, so that spans with a day in common have one in common."""
    return range(span[0] // _YEAR, span[1] // _YEAR + 1) if span else range(0)


def _blocks(files: Files) -> Iterator[Sequence[int]]:
    for members in _sharing(files.keys):
        pairs = _pairs_in(members, files)
        if 0 < pairs <= MOST_PAIRS:
            yield members
        elif pairs:
            yield from _parted(members, files)
    for members in _sharing(files.hints):
        if 0 < _pairs_in(members, files) <= MOST_HINTED:
            yield members


def _sharing(keys: Sequence[Collection[str]]) -> Iterator[Sequence[int]]:
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for place, of_file in enumerate(keys):
        for key in of_file:
            by_key[key].append(place)
    yield from by_key.values()


def _parted(members: Sequence[int], files: Files) -> Iterator[Sequence[int]]:
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for place in members:
        for part in parts_of(files, place):
            parts[part].append(place)
    for block in parts.values():
        if 0 < _pairs_in(block, files) <= MOST_PAIRS:
            yield block


def _pairs_in(members: Sequence[int], files: Files) -> int:
    """Count the pairs of a block, without those that stand in the very same lists."""
    of_lists = Counter(files.lists[place] for place in members)
    alone = sum(times * (times - 1) for lists, times in of_lists.items() if lists)
    return (len(members) * (len(members) - 1) - alone) // 2
