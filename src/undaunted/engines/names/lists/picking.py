"""Which names on a shelf are compared with one that is asked for.

Those that promise enough, by the words alone; and whoever shares something that is known besides,
however many others promise more: an identifier, or a full day of birth and a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.engines.names.known.facts import NOTHING_KNOWN, days_of
from undaunted.engines.names.lists.index import identifiers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.engines.names.lists.index import Entry, Stand
    from undaunted.engines.names.words.prepared import Prepared

__all__ = ["every_promising", "to_compare"]


def to_compare(
    name: Prepared,
    entry: Entry,
    stand: Stand,
    among: Callable[[Entry], bool] | None,
    least: float,
) -> tuple[list[int], bool]:
    """Give places that promise enough and may score `least`, or share something known.

    Says besides whether more may promise enough.
    """
    wanted = _wanted(stand, among)
    promising, full = stand.shelf.promising(name, wanted, _by_name(entry, least))
    numbers = identifiers_of(entry.facts)
    sharing = [place for one in numbers for place in stand.by_identifier.get(one, ())]
    sharing += _born_alike(name, entry, stand)
    found = dict.fromkeys((*promising, *(at for at in sharing if wanted is None or wanted(at))))
    return list(found), full


def every_promising(
    name: Prepared,
    entry: Entry,
    stand: Stand,
    among: Callable[[Entry], bool] | None,
    least: float,
) -> list[int]:
    """Give places of however many promise enough and may score `least`."""
    return stand.shelf.all_promising(name, _wanted(stand, among), _by_name(entry, least))


def _by_name(entry: Entry, least: float) -> float:
    """Give what a name must score: what is known may lift it, so that nobody is left out before."""
    return least if entry.facts == NOTHING_KNOWN else 0.0


def _born_alike(name: Prepared, entry: Entry, stand: Stand) -> Iterator[int]:
    """Give places of those who share a day of birth, and at least one key of a word."""
    keys = frozenset[str]().union(*(one.keys for one in (name, *name.also)))
    for day in days_of(entry.facts):
        for place in stand.by_day.get(day, ()):
            other = stand.shelf.names[place]
            if not all(keys.isdisjoint(one.keys) for one in (other, *other.also)):
                yield place


def _wanted(stand: Stand, among: Callable[[Entry], bool] | None) -> Callable[[int], bool] | None:
    if among is None:
        return None
    return lambda place: among(stand.entries[place])
