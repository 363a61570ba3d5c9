"""Which entry of a new version is one of the version before, where a list gives no number.

Such a list is known by names: one that is written otherwise would be gone, and stand anew. What
was judged of it would be lost. So an entry that came takes the key of one that went where both are
surely one; where they only may be, that is told, and a person is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from undaunted.core.listings.rules.entry import Entry

__all__ = ["Succession", "contradicts", "successors"]

MOST_PAIRS = 50_000
"""So many pairs are compared by name alone; a list that changes more is replaced, not respelt."""
_A_DAY = 10


@dataclass(frozen=True, slots=True)
class Succession:
    """By the key of an entry that came: which one it is, and which ones it may be."""

    sure: Mapping[str, str]
    perhaps: Mapping[str, tuple[Entry, ...]]


def successors(
    gone: Sequence[Entry], come: Sequence[Entry], alike: Callable[[Entry, Entry], bool]
) -> Succession:
    """Say which entries that came are entries that went.

    Sure is a pair of one kind under one regime, with names that are `alike`, with an equal number
    of the list, day of birth or paper, with nothing that speaks against it, and where neither has
    another such. Without that equal thing, or with several, a pair is a perhaps.
    """
    sure: dict[str, list[Entry]] = defaultdict(list)
    taken: dict[str, list[str]] = defaultdict(list)
    held: dict[tuple[str, str], bool] = {}

    def may_be(before: Entry, after: Entry) -> bool:
        pair = (before.key, after.key)
        if pair not in held:
            held[pair] = not contradicts(before, after) and alike(before, after)
        return held[pair]

    marked = _marked(gone)
    for after in come:
        near = {each.key: each for mark in _marks(after) for each in marked.get(mark, ())}
        for before in near.values():
            if may_be(before, after):
                sure[after.key].append(before)
                taken[before.key].append(after.key)
    found = {
        key: before[0].key
        for key, before in sure.items()
        if len(before) == 1 and len(taken[before[0].key]) == 1
    }
    perhaps = {key: tuple(before) for key, before in sure.items() if key not in found}
    perhaps |= _by_name_alone(gone, come, may_be, found, perhaps)
    return Succession(found, perhaps)


def contradicts(before: Entry, after: Entry) -> bool:
    """Whether two entries cannot be one: of another kind or regime, born otherwise, or else."""
    regimes, later_ones = _regimes(before), _regimes(after)
    born, later = _born(before), _born(after)
    return (
        before.kind != after.kind
        or bool(regimes and later_ones and not regimes & later_ones)
        or bool(before.gender and after.gender and before.gender != after.gender)
        or bool(born and later and not any(_agree(one, other) for one in born for other in later))
    )


def _regimes(entry: Entry) -> set[str]:
    return {each.code for each in entry.programmes}


def _born(entry: Entry) -> list[str]:
    return [each.day for each in entry.births if each.day]


def _by_name_alone(
    gone: Iterable[Entry],
    come: Iterable[Entry],
    may_be: Callable[[Entry, Entry], bool],
    found: Mapping[str, str],
    told: Mapping[str, object],
) -> dict[str, tuple[Entry, ...]]:
    """Give what may be one by its name, of those that are left; none where too many are."""
    placed = set(found.values())
    left = [each for each in gone if each.key not in placed]
    asked = [each for each in come if each.key not in found and each.key not in told]
    if len(left) * len(asked) > MOST_PAIRS:
        return {}
    may = {after.key: tuple(each for each in left if may_be(each, after)) for after in asked}
    return {key: before for key, before in may.items() if before}


def _marked(entries: Iterable[Entry]) -> dict[tuple[str, ...], list[Entry]]:
    held: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for each in entries:
        for mark in _marks(each):
            held[mark].append(each)
    return held


def _marks(entry: Entry) -> Iterator[tuple[str, ...]]:
    """Give what two forms of one entry have in common, and two entries seldom."""
    for scheme, number in entry.ids:
        yield "id", scheme, number
    for born in entry.births:
        if len(born.day) == _A_DAY and born.day.replace("-", "").isdecimal():
            yield "born", born.day
    for paper in entry.identifiers:
        yield "paper", paper.kind, paper.number
    for name in entry.names:
        yield "name", name.text.casefold()


def _agree(one: str, other: str) -> bool:
    """Whether two days may be one: the shorter one begins the other, or either is no plain day."""
    plain = all(each.replace("-", "").isdecimal() for each in (one, other))
    return not plain or one.startswith(other) or other.startswith(one)
