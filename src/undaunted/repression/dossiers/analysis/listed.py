"""Is somebody on a list already? A search by each name; what it finds is a question."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.queries import entries_of, lists_standing
from undaunted.core.listings.writers import titled_whose
from undaunted.core.matching.analysis import likely_entries, unheard
from undaunted.core.matching.rules import form_of_entry
from undaunted.engines.names import Kind
from undaunted.repression.sanctions.queries import held_versions
from undaunted.repression.sanctions.rules import ListSpoken, footing_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import ListVersion
    from undaunted.core.listings.rules import Entry, ListSource
    from undaunted.core.matching.analysis import Likeness
    from undaunted.core.matching.rules import EntryKey
    from undaunted.repression.dossiers.analysis.gathering import PersonLine

__all__ = [
    "ListSearch",
    "SearchTold",
    "entries_called",
    "lists_not_held",
    "lists_unsearched",
    "search_lists",
    "search_told",
]

_MOST: Final = 20
"""So many entries of each list are told; how many more there are is told with the last."""


@dataclass(frozen=True, slots=True)
class ListSearch:
    """Which lists were searched, in which version, and the entries whose names are alike."""

    searched: tuple[dict[str, Any], ...]
    alike: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SearchTold:
    """What a search that was kept can say: of which versions, and of what it says nothing.

    Attributes:
        searched: each list in the version that was searched, as it speaks of the day.
        unheld: codes of lists that were not searched, as no version of them is held.
        since: codes of lists that are held by now, and were not searched.
        heard: whether a name of theirs could be compared at all.
        unheard: names in letters that cannot be compared with those of other scripts.
    """

    searched: tuple[ListSpoken, ...]
    unheld: tuple[str, ...]
    since: tuple[str, ...]
    unheard: tuple[str, ...]
    heard: bool

    @property
    def speaks(self) -> bool:
        """Whether it says anything that no entry was found: some list, some name was compared."""
        return bool(self.searched) and self.heard


def search_lists(
    actor: Actor,
    names: Iterable[str],
    *,
    person: bool,
    versions: Iterable[ListVersion] | None = None,
) -> ListSearch:
    """Hold each name against every list in force, the likest first; a likeness is of two names.

    With `versions` these are searched, in place of those in force. Of a list with many that are
    alike the likest are told, and with the last how many `more`.
    """
    standing = (each.version for each in lists_standing(actor) if each.version is not None)
    held = list(standing if versions is None else versions)
    alike = entries_called(actor, names, person=person, versions=held)
    entries = _entries(actor, held, alike)
    told = [
        {
            "list": key[0],
            "key": key[1],
            "name": likeness.name,
            "likeness": round(likeness.score, 3),
            "programmes": [each.code for each in entries[key].programmes],
            "form": form_of_entry(entries[key]).digest,
        }
        for key, likeness in alike.items()
        if key in entries
    ]
    searched = tuple({"list": v.source, "version": v.number} for v in held)
    return ListSearch(searched, tuple(_likest(told)))


def _entries(
    actor: Actor, versions: Iterable[ListVersion], keys: Iterable[EntryKey]
) -> dict[EntryKey, Entry]:
    """Give entries as they stand in the versions."""
    wanted: dict[str, list[str]] = {}
    for source, key in keys:
        wanted.setdefault(source, []).append(key)
    return {
        (each.source, row.key): row.entry
        for each in versions
        if each.source in wanted
        for row in entries_of(actor, each).filter(key__in=wanted[each.source])
    }


def _likest(told: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tell of each list the likest alone, and with the last of them how many more there are."""
    of_each, come = Counter(each["list"] for each in told), Counter[str]()
    for each in told:
        come[each["list"]] += 1
        if (place := come[each["list"]]) <= _MOST:
            more = of_each[each["list"]] - _MOST
            yield each | ({"more": more} if place == _MOST and more > 0 else {})


def lists_unsearched(
    actor: Actor,
    searched: Iterable[Mapping[str, Any]],
    *,
    first: str = "",
    still: Collection[tuple[str, int]] = (),
) -> tuple[str, ...]:
    """Give each list, with whose it is, of which the version in force was not searched.

    The lists of the jurisdiction `first` stand first: it reads the paper. `still` are versions that
    say the same as those that were searched.
    """
    known = {(each["list"], each["version"]) for each in searched} | set(still)
    lacking = [
        each.listing
        for each in lists_standing(actor)
        if each.version is not None and (each.version.source, each.version.number) not in known
    ]
    return tuple(titled_whose(each.code) for each in _ordered(lacking, first))


def lists_not_held(actor: Actor, *, first: str = "") -> tuple[str, ...]:
    """Give the codes of lists of which no version is held: nobody can search them here.

    Those of the jurisdiction `first` stand first. Lists that have ended and counter-sanctions are
    none that a paper's reader misses; of an invented list, its jurisdiction alone is a reader.
    """
    lacking = [
        each.listing
        for each in lists_standing(actor)
        if each.version is None
        and not (each.listing.ended or each.listing.counter)
        and (not each.listing.invented or each.listing.jurisdiction == first)
    ]
    return tuple(each.code for each in _ordered(lacking, first))


def search_told(actor: Actor, person: PersonLine, *, on: date, first: str = "") -> SearchTold:
    """Give what the search for somebody can say on a day to a reader of a jurisdiction."""
    held = {(v.source, v.number): v for rows in held_versions(actor).values() for v in rows}
    lists = lists_standing(actor)
    standing, spoken = {each.listing.code: each.listing for each in lists}, []
    for each in person.row.searched:
        version, listing = held.get((each["list"], each["version"])), standing.get(each["list"])
        if version is not None and listing is not None:
            ended = date.fromisoformat(listing.ended) if listing.ended else None
            footing = footing_of(version, on, ended)
            spoken.append(ListSpoken(listing.code, listing.jurisdiction, version, footing))
    spoken.sort(key=lambda each: each.jurisdiction != first)
    searched = {each.source for each in spoken}
    since = [e.listing for e in lists if e.version and e.listing.code not in searched]
    return SearchTold(
        tuple(spoken),
        lists_not_held(actor, first=first),
        tuple(each.code for each in _ordered(since, first)),
        tuple(each for each in person.names if unheard([each])),
        not unheard(person.names),
    )


def _ordered(lacking: Iterable[ListSource], first: str) -> list[ListSource]:
    return sorted(lacking, key=lambda each: each.jurisdiction != first)


def entries_called(
    actor: Actor,
    names: Iterable[str],
    *,
    person: bool,
    versions: Iterable[ListVersion] | None = None,
) -> Mapping[EntryKey, Likeness]:
    """Give the entries of which a whole name is like one of these, the likest first.

    Those in force, or those of the `versions`.
    """
    kinds = (Kind.PERSON if person else Kind.ORGANISATION,)
    searched = None if versions is None else tuple(versions)
    found: dict[EntryKey, Likeness] = {}
    for name in dict.fromkeys(names):
        alike = likely_entries(actor, name, kinds=kinds, versions=searched, parts=False)
        for key, likeness in alike.items():
            if key not in found or likeness.score > found[key].score:
                found[key] = likeness
    return dict(sorted(found.items(), key=lambda each: (-each[1].score, each[0])))
