"""Is somebody on a list already? A search by each name; what it finds is a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import entries_in_force, lists_standing
from undaunted.engines.names import Entry, Kind, NameRefused, build_index, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.engines.names import Index

    _Held = tuple[str, str, tuple[str, ...]]
    _Versions = tuple[tuple[str, int, str], ...]

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
    versions = tuple(
        (each.version.source, each.version.number, str(each.version.pk))
        for each in lists_standing(actor)
        if each.version is not None
    )
    index, held = _prepared(versions, kind)
    alike: dict[tuple[str, str], dict[str, Any]] = {}
    for name in dict.fromkeys(names):
        try:
            hits = search(Entry(name, kind), index, most=_MOST)
        except NameRefused:
            continue
        for hit in hits:
            source, key, programmes = held[int(hit.found.id)]
            known = alike.get((source, key))
            if known is None or hit.score > known["likeness"]:
                alike[source, key] = {
                    "list": source,
                    "key": key,
                    "name": hit.found.name,
                    "likeness": round(hit.score, 3),
                    "programmes": list(programmes),
                }
    searched = tuple({"list": source, "version": number} for source, number, _ in versions)
    ordered = sorted(alike.values(), key=lambda one: (-one["likeness"], one["list"], one["key"]))
    return ListSearch(searched, tuple(ordered[:_MOST]))


@lru_cache(maxsize=2)
def _prepared(versions: _Versions, kind: Kind) -> tuple[Index, tuple[_Held, ...]]:
    """Prepare every name of these versions, once: it takes seconds, and lists are public."""
    held: list[_Held] = []
    sources = [source for source, _, _ in versions]
    return build_index(_entries(sources, kind, held)), tuple(held)


def _entries(sources: list[str], kind: Kind, held: list[_Held]) -> Iterator[Entry]:
    for source, listed in entries_in_force(PUBLIC, sources):
        if (listed.kind.value == Kind.PERSON.value) is not (kind is Kind.PERSON):
            continue
        held.append((source, listed.key, tuple(each.code for each in listed.programmes)))
        for name in listed.names:
            yield Entry(name.text, kind, id=str(len(held) - 1))
