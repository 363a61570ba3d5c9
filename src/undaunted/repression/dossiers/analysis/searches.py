"""What a written paper was searched for stays good while later versions of lists say the same.

Lists change every day, and whoever may load one can change it every minute: a paper that waits for
its second person is not held up by that. It goes out with the versions that it names, once whoever
is alike on the later ones is who was alike on these, in the same form. Where somebody else is, that
stops it, unless one person alone brought what the list says now: else one person, who loads lists
of namesakes, would hold every paper up for ever. Whoever releases is then told who is alike there,
and goes on without that list, or has it searched and the paper written anew. The versions that it
names are searched again all the same: what a row says that it found is not taken on trust.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from undaunted.core.listings.queries import lists_standing, version_for, vouched_for
from undaunted.repression.dossiers.analysis.listed import search_lists
from undaunted.repression.dossiers.rules import PartyKind, digest_of_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import ListVersion
    from undaunted.repression.dossiers.analysis.gathering import PersonLine
    from undaunted.repression.dossiers.models import Submission

__all__ = ["Since", "as_written", "lists_since", "searches_of"]


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


@dataclass(frozen=True, slots=True)
class Since:
    """A list that one person alone changed since a paper was searched for it.

    Attributes:
        version: the one in force.
        alike: who is alike there by now, as a search tells it.
        people: the labels of those whom the paper is about, and whom these are like, or were.
    """

    version: ListVersion
    alike: tuple[Mapping[str, Any], ...]
    people: tuple[str, ...]


def as_written(
    actor: Actor, person: PersonLine, submission: Submission, *, without: Collection[str] = ()
) -> PersonLine:
    """Give somebody as the search stood when a submission was written, if it found the same.

    Where what was found is another by now, or on other lists, they stay as they are: the paper is
    written anew. A list that finds others than were kept, in the version that it names, counts as
    not searched. `without` are codes of lists that whoever releases goes on without, as far as one
    person alone says what they say now.
    """
    then = _then(person, submission)
    if then is None:
        return _as_found(actor, person)
    still = (
        (each.version.source, each.version.number)
        for each in _later(actor, then)
        if each.same or (each.alone and each.version.source in without)
    )
    return _as_found(actor, replace(then, still=frozenset(still)))


def _as_found(actor: Actor, person: PersonLine) -> PersonLine:
    """Search the same versions again: a list that finds others than were kept was not searched."""
    row = copy.copy(person.row)
    named = (version_for(actor, each["list"], each["version"]) for each in row.searched)
    alike = _alike(actor, person, [each for each in named if each is not None])
    row.searched = [
        each
        for each in row.searched
        if _hits(alike, each["list"]) == _hits(row.listings, each["list"])
    ]
    return replace(person, row=row)


def lists_since(
    actor: Actor, people: Iterable[PersonLine], submission: Submission
) -> tuple[Since, ...]:
    """Give the lists that one person alone changed since, where others are alike by now."""
    found: dict[str, Since] = {}
    for person in people:
        then = _then(person, submission)
        for each in _later(actor, then) if then is not None else ():
            if each.same or not each.alone:
                continue
            code = each.version.source
            held = found.get(code, Since(each.version, (), ()))
            found[code] = Since(
                each.version, (*held.alike, *each.alike), (*held.people, person.label)
            )
    return tuple(found.values())


def _then(person: PersonLine, submission: Submission) -> PersonLine | None:
    """Give somebody as they were searched when it was written; None where another was found."""
    kept, row = submission.searches.get(str(person.row.pk)), copy.copy(person.row)
    if kept is None or row.searched_at is None or _digest(row.listings) != kept["found"]:
        return None
    now, then_searched = _versions(row.searched), _versions(kept["searched"])
    if now.keys() != then_searched.keys() or any(now[one] < then_searched[one] for one in now):
        return None  # on another list, or on one of which a version was taken back since
    row.searched, row.searched_at = kept["searched"], datetime.fromisoformat(kept["at"])
    return replace(person, row=row)


@dataclass(frozen=True, slots=True)
class _Later:
    """A later version in force: who is alike there, and whether that is who was searched for.

    `alone`: one person alone brought it, and no version before it that more than one person vouches
    for says anything else than the paper does.
    """

    version: ListVersion
    alike: tuple[Mapping[str, Any], ...]
    same: bool
    alone: bool


def _later(actor: Actor, person: PersonLine) -> Iterable[_Later]:
    """Give the later versions of the lists that were searched, as they are in force."""
    searched = _versions(person.row.searched)
    later = [
        each.version
        for each in lists_standing(actor)
        if each.version is not None
        and each.version.number > searched.get(each.version.source, each.version.number)
    ]
    alike = _alike(actor, person, later)
    for version in later:
        code = version.source
        equal = _hits(alike, code) == _hits(person.row.listings, code)
        told = tuple(each for each in alike if each["list"] == code)
        borne = version.sure or _vouched(actor, person, code, searched[code])
        yield _Later(version, told, equal and borne, not equal and borne and not version.sure)


def _vouched(actor: Actor, person: PersonLine, code: str, searched: int) -> bool:
    """Whether the last version that more than one person vouches for says what the paper does."""
    last = max(vouched_for(actor, code), default=0)
    held = version_for(actor, code, last) if last > searched else None
    if held is None:
        return True
    return _hits(_alike(actor, person, [held]), code) == _hits(person.row.listings, code)


def _alike(
    actor: Actor, person: PersonLine, versions: Sequence[ListVersion]
) -> tuple[Mapping[str, Any], ...]:
    if not versions:
        return ()
    is_person = person.row.kind == PartyKind.PERSON
    return search_lists(actor, person.names, person=is_person, versions=versions).alike


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
