"""Which case files are worth comparing: those that share a rare key, so many at most for each file.

Comparing everybody with everybody grows with the square of the list. Here every file brings keys
such that two files which `compare` can call alike share one; files with the same key make a block;
a block too large to compare is parted by what else is known; and each file is compared with the few
files that share most with it, rare keys first. The work grows with the number of files.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import chain, combinations, islice, pairwise
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names import clean_name, romanise
from undaunted.core.actors.rules.names.keys import word_key
from undaunted.prisoners.registry.rules.matching import birth_years, is_syllabic, telling_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from undaunted.prisoners.registry.rules.matching import CaseSketch

__all__ = ["blocking_keys", "pairs_to_compare"]

Block = dict[int, list[int]]
"""The files that share a key, by the lists they stand in."""

MOST_PARTNERS: Final = 8
"""How many files each one asks to be compared with; it may be asked by others as well."""
MOST_PAIRS: Final = 1_800
"""A block with more pairs than sixty files make is parted."""
MOST_LOOKED_AT: Final = 400
"""Files that one file looks at in its blocks, rarest blocks first."""

_MOST_NAMES: Final = 12
_SHORTEST_KEY: Final = 2
_WHOLE: Final = "="
"""Begins the key of a whole name, which alone makes two names the same."""


def blocking_keys(sketch: CaseSketch) -> frozenset[str]:
    """Give the keys of which two files about one person nearly always share at least one.

    Every whole spelling is a key. Names in which each syllable counts meet otherwise only with the
    year of birth. Of other names, every two words meet by their consonants, short names also
    written together.
    """
    years = birth_years(sketch.birth)
    keys: set[str] = set()
    for name in sketch.names[:_MOST_NAMES]:
        whole, words = _keys_of(name)
        keys |= whole
        keys.update(f"{word}@{year}" for word in words for year in years)
    return frozenset(keys)


def pairs_to_compare(
    sketches: Sequence[CaseSketch],
    groups: Sequence[int],
    *,
    open_: Callable[[int, int], bool] = lambda _left, _right: True,
    partners: int = MOST_PARTNERS,
) -> list[tuple[int, int]]:
    """Give the pairs of places in `sketches` that are worth comparing, the lower place first.

    `groups` has a bit for each list that a file stands in: files of one list are not compared; give
    0 to compare a file with all. Pairs that are not `open_` cost no other pair its place.
    """
    blocks = list(_blocks(sketches, groups))
    blocks.sort(key=_size)
    of_file: list[list[int]] = [[] for _ in sketches]
    for number, block in enumerate(blocks):
        for place in chain.from_iterable(block.values()):
            of_file[place].append(number)
    found: set[tuple[int, int]] = set()
    for place, numbers in enumerate(of_file):
        shared = _shared(place, (blocks[number] for number in numbers), groups[place])
        ranked = sorted(shared, key=lambda other: (-shared[other], other))
        wanted = (other for other in ranked if open_(place, other))
        found.update((min(place, one), max(place, one)) for one in islice(wanted, partners))
    return sorted(found)


def _blocks(sketches: Sequence[CaseSketch], groups: Sequence[int]) -> Iterator[Block]:
    """Give the blocks that hold a pair to compare, each parted by the lists of its files."""
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for place, sketch in enumerate(sketches):
        for key in blocking_keys(sketch):
            by_key[key].append(place)
    for members in by_key.values():
        if len(members) > 1:
            block = _by_group(members, groups)
            pairs = _pairs_in(block)
            if 0 < pairs <= MOST_PAIRS:
                yield block
            elif pairs:
                yield from _parted(members, sketches, groups)


def _parted(
    members: Sequence[int], sketches: Sequence[CaseSketch], groups: Sequence[int]
) -> Iterator[Block]:
    """Part a block too large to compare by what else is known; where nothing is, it is lost."""
    for values in (_born, _arrested, _place):
        parts: defaultdict[object, list[int]] = defaultdict(list)
        for place in members:
            for value in values(sketches[place]):
                parts[value].append(place)
        for part in parts.values():
            block = _by_group(part, groups)
            if 0 < _pairs_in(block) <= MOST_PAIRS:
                yield block


def _shared(place: int, blocks: Iterable[Block], group: int) -> dict[int, float]:
    """Give the files that share keys with one, and how much the keys say, rarest first."""
    weights: defaultdict[int, float] = defaultdict(float)
    looked_at = 0
    for block in blocks:
        weight = 1 / _size(block)
        for other, members in block.items():
            if not group & other:
                looked_at += len(members)
                for member in members:
                    weights[member] += weight
        if looked_at > MOST_LOOKED_AT:
            break
    weights.pop(place, None)
    return weights


def _by_group(members: Iterable[int], groups: Sequence[int]) -> Block:
    block: Block = {}
    for place in members:
        block.setdefault(groups[place], []).append(place)
    return block


def _pairs_in(block: Block) -> int:
    """Count the pairs of a block that stand in no list together."""
    sizes = [(group, len(members)) for group, members in block.items()]
    across = sum(
        one * other
        for (first, one), (second, other) in combinations(sizes, 2)
        if not first & second
    )
    alone = len(block.get(0, ()))
    return across + alone * (alone - 1) // 2


def _size(block: Block) -> int:
    return sum(map(len, block.values()))


@lru_cache(maxsize=16_384)
def _keys_of(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the keys of a name alone, and the words that make a key with a year of birth."""
    whole = {f"{_WHOLE}{clean_name(name).casefold()}"} if clean_name(name) else set()
    words: set[str] = set()
    syllabic = is_syllabic(name)
    for spelling in romanise(name):
        whole.add(f"{_WHOLE}{' '.join(sorted(spelling.split()))}")
        told = telling_words(spelling)
        sounds = {word_key(word) for word in told}
        words.update(sound for sound in sounds if len(sound) >= _SHORTEST_KEY)
        if not syllabic:
            together = {word_key(first + second) for first, second in pairwise(told)}
            words.update(sound for sound in together if len(sound) >= _SHORTEST_KEY)
            ordered = sorted(sounds | together)
            whole.update(f"{one}|{other}" for one, other in combinations(ordered, 2))
            if len(told) <= 2:  # noqa: PLR2004 - what others may write as one word
                whole.add(word_key("".join(told)))
    return frozenset(whole), frozenset(words)


def _born(sketch: CaseSketch) -> Iterable[object]:
    return birth_years(sketch.birth)


def _arrested(sketch: CaseSketch) -> Iterable[object]:
    return birth_years(sketch.arrested)


def _place(sketch: CaseSketch) -> Iterable[object]:
    return (clean_name(sketch.place).casefold(),) if sketch.place else ()
