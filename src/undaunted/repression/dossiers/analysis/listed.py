"""Is somebody on a list already? A search by each name; what it finds is a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.listings.queries import entries_in_force, lists_standing
from undaunted.engines.names import Entry, Kind, NameRefused, build_index, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import Entry as Listed

__all__ = ["ListSearch", "search_lists"]

_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class ListSearch:
    """Which lists were searched, in which version, and the entries whose names are alike."""

    searched: tuple[dict[str, Any], ...]
    alike: tuple[dict[str, Any], ...]


def search_lists(actor: Actor, names: Iterable[str], *, person: bool) -> ListSearch:
    """Hold each name against every list in force, the likest first; a likeness is of two names."""
    kind = Kind.PERSON if person else Kind.ORGANISATION
    held: list[tuple[str, Listed]] = []
    index = build_index(_entries(actor, kind, held))
    alike: dict[tuple[str, str], dict[str, Any]] = {}
    for name in dict.fromkeys(names):
        try:
            hits = search(Entry(name, kind), index, most=_MOST)
        except NameRefused:
            continue
        for hit in hits:
            source, listed = held[int(hit.found.id)]
            known = alike.get((source, listed.key))
            if known is None or hit.score > known["likeness"]:
                alike[source, listed.key] = _told(source, listed, hit.found.name, hit.score)
    searched = tuple(
        {"list": each.version.source, "version": each.version.number}
        for each in lists_standing(actor)
        if each.version is not None
    )
    ordered = sorted(alike.values(), key=lambda one: (-one["likeness"], one["list"], one["key"]))
    return ListSearch(searched, tuple(ordered[:_MOST]))


def _entries(actor: Actor, kind: Kind, held: list[tuple[str, Listed]]) -> Iterator[Entry]:
    for source, listed in entries_in_force(actor):
        if (listed.kind.value == Kind.PERSON.value) is not (kind is Kind.PERSON):
            continue
        held.append((source, listed))
        for name in listed.names:
            yield Entry(name.text, kind, id=str(len(held) - 1))


def _told(source: str, listed: Listed, name: str, score: float) -> dict[str, Any]:
    return {
        "list": source,
        "key": listed.key,
        "name": name,
        "likeness": round(score, 3),
        "programmes": [each.code for each in listed.programmes],
    }
