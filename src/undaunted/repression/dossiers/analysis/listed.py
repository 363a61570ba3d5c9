"""Is somebody on a list already? A search by each name; what it finds is a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.queries import entries_of, lists_standing
from undaunted.engines.names import REVIEW, Kind, NameRefused, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.models import ListEntry

__all__ = ["ListSearch", "search_lists"]

_MOST: int = 20
_LOOKED_AT: int = 400
_SHORT: int = 3


@dataclass(frozen=True, slots=True)
class ListSearch:
    """Which lists were searched, in which version, and the entries whose names are alike."""

    searched: tuple[dict[str, Any], ...]
    alike: tuple[dict[str, Any], ...]


def search_lists(actor: Actor, names: Iterable[str], *, person: bool) -> ListSearch:
    """Hold each name against every list in force; the likest first. A score is of two names."""
    wanted = tuple(dict.fromkeys(names))
    kind = Kind.PERSON if person else Kind.ORGANISATION
    searched, alike = [], {}
    for standing in lists_standing(actor):
        if standing.version is None:
            continue
        version = standing.version
        searched.append({"list": version.source, "version": version.number})
        for name in wanted:
            for row in _candidates(actor, version, name):
                found = _alike(name, row, kind)
                key = (row.source, row.key)
                if found and found["likeness"] > alike.get(key, {"likeness": 0})["likeness"]:
                    alike[key] = found
    ordered = sorted(alike.values(), key=lambda each: (-each["likeness"], each["list"], each["key"]))
    return ListSearch(tuple(searched), tuple(ordered[:_MOST]))


def _candidates(actor: Actor, version: Any, name: str) -> list[ListEntry]:  # noqa: ANN401
    """Give the entries that share a word of the name, each word apart."""
    found: dict[int, ListEntry] = {}
    for word in name.split():
        if len(word) >= _SHORT:
            for row in entries_of(actor, version, words=word)[:_LOOKED_AT]:
                found[row.pk] = row
    return list(found.values())


def _alike(name: str, row: ListEntry, kind: Kind) -> dict[str, Any] | None:
    entry = row.entry
    best, said = 0.0, ""
    for other in entry.names:
        try:
            score = compare(name, other.text, kind=kind).score
        except NameRefused:
            continue
        if score > best:
            best, said = score, other.text
    if best < REVIEW:
        return None
    return {
        "list": row.source,
        "key": row.key,
        "name": said,
        "likeness": round(best, 3),
        "programmes": [each.code for each in entry.programmes],
        "delisted": row.delisted,
    }
