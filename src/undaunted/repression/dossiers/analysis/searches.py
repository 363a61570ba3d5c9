"""What a written paper was searched for stays good while later versions of lists say the same.

Lists change every day, and whoever may load one can change it every minute: a paper that waits for
its second person is not held up by that. It goes out with the versions that it names, once whoever
is alike on the later ones is who was alike on these, in the same form.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.queries import lists_standing
from undaunted.repression.dossiers.analysis.listed import search_lists
from undaunted.repression.dossiers.rules import PartyKind, digest_of_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.gathering import PersonLine
    from undaunted.repression.dossiers.models import Submission

__all__ = ["as_written", "searches_of"]


def searches_of(people: Iterable[PersonLine]) -> dict[str, dict[str, Any]]:
    """Give of each person which versions were searched and when, and a digest of what was found."""
    return {
        str(each.row.pk): {
            "searched": list(each.row.searched),
            "at": each.row.searched_at.isoformat(),
            "found": _digest(each.row.listings),
        }
        for each in people
        if each.row.searched_at is not None
    }


def as_written(actor: Actor, person: PersonLine, submission: Submission) -> PersonLine:
    """Give somebody as the search stood when a submission was written, if it found the same.

    Where what was found is another by now, or on other lists, they stay as they are: the paper is
    written anew.
    """
    kept, row = submission.searches.get(str(person.row.pk)), copy.copy(person.row)
    if kept is None or row.searched_at is None or _digest(row.listings) != kept["found"]:
        return person
    now, then_searched = _versions(row.searched), _versions(kept["searched"])
    if now.keys() != then_searched.keys() or any(now[one] < then_searched[one] for one in now):
        return person  # on another list, or on one of which a version was taken back since
    row.searched, row.searched_at = kept["searched"], datetime.fromisoformat(kept["at"])
    then = replace(person, row=row)
    return replace(then, still=frozenset(_still(actor, then)))


def _still(actor: Actor, person: PersonLine) -> Iterable[tuple[str, int]]:
    """Give the later versions in force on which the same entries are alike, in the same form."""
    searched = _versions(person.row.searched)
    later = {
        (each.version.source, each.version.number)
        for each in lists_standing(actor)
        if each.version is not None
        and each.version.number > searched.get(each.version.source, each.version.number)
    }
    if not later:
        return ()
    found = search_lists(actor, person.names, person=person.row.kind == PartyKind.PERSON)
    now = {(each["list"], each["version"]) for each in found.searched}
    return [
        (code, number)
        for code, number in later & now
        if _hits(found.alike, code) == _hits(person.row.listings, code)
    ]


def _versions(searched: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return {each["list"]: each["version"] for each in searched}


def _hits(found: Iterable[Mapping[str, Any]], code: str) -> dict[str, object]:
    """Give what is told of each entry of a list by its key; how alike it is is not told."""
    return {each["key"]: _hit(each) for each in found if each["list"] == code}


def _hit(each: Mapping[str, Any]) -> list[object]:
    parts = (each[name] for name in ("list", "key", "name", "programmes"))
    return [*parts, each.get("form", ""), each.get("more", 0)]


def _digest(found: Iterable[Mapping[str, Any]]) -> str:
    return digest_of_told([_hit(each) for each in found])
