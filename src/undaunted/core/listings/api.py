"""Lists over the wire: which are in force, versions, entries by name, one entry, what changed."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the library reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.listings.analysis import entries_sought
from undaunted.core.listings.queries import (
    change_lines,
    changes_of,
    entry_for,
    history_of,
    lists_standing,
    version_for,
    version_in_force,
    versions_of,
)
from undaunted.core.listings.rules import Kind, ListChange, UnknownList, list_source
from undaunted.core.listings.writers import (
    alike_told,
    changed_told,
    entry_told,
    standing_told,
    version_told,
)
from undaunted.site.problems import demand_fields

if TYPE_CHECKING:
    from undaunted.core.listings.models import ListVersion

__all__ = ["router"]

router = Router(tags=["lists"])
MOST_SHOWN = 500

Thing = TypeVar("Thing")


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be searched for")
    return text


Words = Annotated[str, Field(max_length=200, default=""), AfterValidator(_without_nulls)]
Number = Annotated[int | None, Field(ge=1, le=2**31 - 1, default=None)]


class ListVersionOut(Schema):
    """A version of a list: its file, how it came, what it changed."""

    source: str
    number: int
    name: str
    digest: str
    size: int
    published: str
    came: str
    address: str
    loaded_at: datetime
    entries: int
    added: int
    amended: int
    removed: int
    fault_count: int
    lost: int
    confirmed: bool
    withdrawn: bool
    attested: bool
    unplaced: int


class FaultsOut(ListVersionOut):
    """A version with the first thousand faults: row, field, rule and value.

    `kept` are keys whose rows could not be read: their entries stand as they last stood.
    """

    faults: list[dict[str, Any]]
    kept: list[str]


class ListOut(Schema):
    """A list with the version in force; without one, nothing can be said about it."""

    code: str
    title: str
    issuer: str
    jurisdiction: str
    counter: bool
    ended: str
    invented: bool
    status: str
    version: ListVersionOut | None


class EntriesOut(Schema):
    """A page of entries, each as its issuer wrote it; first those with every word in these letters.

    Then those called alike, each with `alike`: likeness, name and whether it is a part of one.
    """

    version: ListVersionOut
    count: int
    lettered: int
    """How many of them have every word in these letters."""
    more: int
    """How many are as like and not told: write more of the name."""
    letters_alone: bool
    """Whether they were searched by letters alone: who is written otherwise is not found so."""
    entries: list[dict[str, Any]]


class ChangesOut(Schema):
    """What came, went and was changed, with both forms of each entry."""

    before: int
    after: int
    count: int
    changes: list[dict[str, Any]]


class EntriesIn(Schema):
    """Which entries: by words of a name, kind, programme, of a version, from which on."""

    q: Words
    kind: Kind | None = None
    programme: Words
    version: Number
    start: Annotated[int, Field(ge=0, le=10_000_000, default=0)]


@router.get("/", response=list[ListOut], summary="Lists")
@face("public")
def list_lists(request: HttpRequest) -> list[dict[str, Any]]:
    """Give every list that can be read, with the version in force."""
    demand_fields(request)
    return [standing_told(each) for each in lists_standing(PUBLIC)]


@router.get("/{slug:source}/versions", response=list[ListVersionOut], summary="Versions of a list")
@face("public")
def list_versions(request: HttpRequest, source: str) -> list[dict[str, Any]]:
    """Give the versions of a list, newest first, withdrawn ones too."""
    demand_fields(request)
    _demand_list(source)
    return [version_told(each) for each in versions_of(PUBLIC, source)]


@router.get("/{slug:source}/versions/{int:number}", response=FaultsOut, summary="A version")
@face("public")
def show_version(request: HttpRequest, source: str, number: int) -> dict[str, Any]:
    """Give one version with what was wrong in which row."""
    demand_fields(request)
    return version_told(_version(source, number), faults=True)


@router.get("/{slug:source}/entries", response=EntriesOut, summary="Entries of a list")
@face("public")
def list_entries(
    request: HttpRequest,
    source: str,
    asked: Annotated[EntriesIn, Query()],
) -> dict[str, Any]:
    """Give up to 500 entries by name, as the list stands or as a version stood.

    Who is called like `q` in another script or spelling is found in the version in force.
    """
    demand_fields(request, EntriesIn.model_fields)
    version = _version(source, asked.version)
    rows = entries_sought(
        PUBLIC, version, words=asked.q, kind=asked.kind, programme=asked.programme
    )
    page = rows[asked.start : asked.start + MOST_SHOWN]
    return {
        "version": version_told(version),
        "count": len(rows),
        "lettered": rows.lettered_count,
        "more": rows.more,
        "letters_alone": rows.letters_alone,
        "entries": [
            entry_told(each, version) | {"alike": alike_told(alike)} for each, alike in page
        ],
    }


@router.get("/{slug:source}/entry", response=list[dict[str, Any]], summary="An entry")
@face("public")
def show_entry(
    request: HttpRequest,
    source: str,
    key: Words,
    version: Number,
) -> list[dict[str, Any]]:
    """Give every form of an entry, oldest first; or the one that a version holds."""
    demand_fields(request, ("key", "version"))
    if version is not None:
        held = _version(source, version)
        return [entry_told(_found(entry_for(PUBLIC, source, key, held)), held)]
    _demand_list(source)
    standing = version_in_force(PUBLIC, source)
    forms = _found(history_of(PUBLIC, source, key) or None)
    return [entry_told(each, standing) for each in forms]


@router.get("/{slug:source}/changes", response=ChangesOut, summary="What changed")
@face("public")
def show_changes(  # noqa: PLR0913, PLR0917 - what is asked for
    request: HttpRequest,
    source: str,
    before: Annotated[int, Field(ge=1, le=2**31 - 1)],
    after: Annotated[int, Field(ge=1, le=2**31 - 1)],
    change: ListChange | None = None,
    start: Annotated[int, Field(ge=0, le=10_000_000, default=0)] = 0,
) -> dict[str, Any]:
    """Give up to 500 changes from one version to a later one, by change and name."""
    demand_fields(request, ("before", "after", "change", "start"))
    lines = change_lines(PUBLIC, _version(source, before), _version(source, after))
    lines = tuple(each for each in lines if change is None or each.change is change)
    found = changes_of(PUBLIC, lines[start : start + MOST_SHOWN])
    return {
        "before": before,
        "after": after,
        "count": len(lines),
        "changes": [changed_told(each) for each in found],
    }


def _demand_list(source: str) -> None:
    try:
        list_source(source)
    except UnknownList:
        raise Http404 from None


def _version(source: str, number: int | None) -> ListVersion:
    _demand_list(source)
    if number is None:
        return _found(version_in_force(PUBLIC, source))
    return _found(version_for(PUBLIC, source, number))


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
