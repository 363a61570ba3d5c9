"""What a written paper was searched for stays good while later versions of lists say the same.

Lists change every day, and whoever may load one can change it every minute: a paper that waits for
its second person is not held up by that. It goes out with the versions that it names, once whoever
is alike on those in force is who was alike on these, in the same form. Where nothing changed since,
the search is made again all the same: what a row says that it found is not taken on trust.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from undaunted.repression.dossiers.analysis.listed import search_lists
from undaunted.repression.dossiers.rules import PartyKind, digest_of_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.gathering import PersonLine
    from undaunted.repression.dossiers.models import Accused, Submission

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
    written anew. A list on which a search finds others than were kept counts as not searched, also
    in the version that was.
    """
    if person.row.searched_at is None:
        return person
    row, kept = copy.copy(person.row), submission.searches.get(str(person.row.pk))
    goes_on = kept is not None and _goes_on(row, kept)
    if kept is not None and goes_on:
        row.searched, row.searched_at = kept["searched"], datetime.fromisoformat(kept["at"])
    then = replace(person, row=row)
    standing = _standing(actor, then)
    searched = _versions(row.searched)
    row.searched = [
        each for each in row.searched if standing.get((each["list"], each["version"]), True)
    ]
    later = {
        (code, number)
        for (code, number), same in standing.items()
        if goes_on and same and number > searched.get(code, number)
    }
    return replace(then, still=frozenset(later))


def _goes_on(row: Accused, kept: Mapping[str, Any]) -> bool:
    """Whether somebody's search is the one that was kept, or a later one that found the same.

    Not where it was of another list, or of one of which a version was taken back since.
    """
    now, then = _versions(row.searched), _versions(kept["searched"])
    return (
        _digest(row.listings) == kept["found"]
        and now.keys() == then.keys()
        and all(now[one] >= then[one] for one in now)
    )


def _standing(actor: Actor, person: PersonLine) -> dict[tuple[str, int], bool]:
    """Search again, and tell of each version in force whether it finds what was kept of its list.

    The same are the same entries, in the same form.
    """
    found = search_lists(actor, person.names, person=person.row.kind == PartyKind.PERSON)
    return {
        (each["list"], each["version"]): (
            _hits(found.alike, each["list"]) == _hits(person.row.listings, each["list"])
        )
        for each in found.searched
    }


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
