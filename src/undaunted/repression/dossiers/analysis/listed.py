"""Is somebody on a list already? A search by each name; what it finds is a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.queries import entries_named, lists_standing
from undaunted.core.matching.analysis import likely_entries
from undaunted.engines.names import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.analysis import Likeness
    from undaunted.core.matching.rules import EntryKey

__all__ = ["ListSearch", "entries_called", "lists_unsearched", "search_lists"]

_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class ListSearch:
    """Which lists were searched, in which version, and the entries whose names are alike."""

    searched: tuple[dict[str, Any], ...]
    alike: tuple[dict[str, Any], ...]


def search_lists(actor: Actor, names: Iterable[str], *, person: bool) -> ListSearch:
    """Hold each name against every list in force, the likest first; a likeness is of two names."""
    versions = [each.version for each in lists_standing(actor) if each.version is not None]
    alike = entries_called(actor, names, person=person)
    entries = entries_named(actor, alike)
    told = tuple(
        {
            "list": key[0],
            "key": key[1],
            "name": likeness.name,
            "likeness": round(likeness.score, 3),
            "programmes": [each.code for each in entries[key].programmes],
        }
        for key, likeness in alike.items()
        if key in entries
    )
    return ListSearch(tuple({"list": v.source, "version": v.number} for v in versions), told)


def lists_unsearched(
    actor: Actor, searched: Iterable[Mapping[str, Any]], *, first: str = ""
) -> tuple[str, ...]:
    """Give the titles of lists whose version in force is not among those that were searched.

    The lists of the jurisdiction `first` stand first: it reads the paper.
    """
    known = {(each["list"], each["version"]) for each in searched}
    lacking = [
        each.listing
        for each in lists_standing(actor)
        if each.version is not None and (each.version.source, each.version.number) not in known
    ]
    ordered = sorted(lacking, key=lambda each: each.jurisdiction != first)
    return tuple(each.title for each in ordered)


def entries_called(
    actor: Actor, names: Iterable[str], *, person: bool
) -> Mapping[EntryKey, Likeness]:
    """Give the entries in force of which a whole name is like one of these, the likest first."""
    kind = Kind.PERSON if person else Kind.ORGANISATION
    found: dict[EntryKey, Likeness] = {}
    for name in dict.fromkeys(names):
        for key, likeness in likely_entries(actor, name, kinds=(kind,), parts=False).items():
            if key not in found or likeness.score > found[key].score:
                found[key] = likeness
    ordered = sorted(found.items(), key=lambda each: (-each[1].score, each[0]))
    return dict(ordered[:_MOST])
