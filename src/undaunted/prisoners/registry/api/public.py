"""The registry over the wire: what the public may read, with ETags and cursors.

Nothing here knows who asks: every answer is the same for everybody.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from ninja.responses import Status
from pydantic import Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.prisoners.registry.api.checks import (
    PageSize,
    among,
    country_code,
    standard_known,
    term_of,
)
from undaunted.prisoners.registry.models import PublishedCase
from undaunted.prisoners.registry.queries.counting import PeriodReversed, count, flows, series
from undaunted.prisoners.registry.queries.countries import lists_published
from undaunted.prisoners.registry.queries.published import (
    CaseQuery,
    CursorUnreadable,
    FoundCase,
    merged_into,
    published_case,
    published_spells,
    published_version,
    search,
    tombstone,
)
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    RULE,
    Breakdown,
    BreakdownUnknown,
    breakdowns_of,
)
from undaunted.prisoners.registry.rules.facets import allowed_values
from undaunted.prisoners.registry.rules.month_ends import searched_day
from undaunted.site.instants import read_instant
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["registry"])

Answer = dict[str, Any] | HttpResponse | Status[dict[str, Any]]

MINUTES_SHARED = "public, max-age=60"
LONGEST_SERIES = 150
Breakdowns = Annotated[
    list[str],
    Query(
        default_factory=list,
        description=f"Among {', '.join(Breakdown)}; several with commas, or given again.",
    ),
]


class CaseLine(Schema):
    """One case in a list."""

    reference: str
    name: str
    country: str
    gender: str
    birth_year: int | None
    roles: list[str]
    laws: list[str]
    lists: list[str]
    status: str
    standards: list[str]
    tier: str
    held_now: bool
    first_start: str | None = Field(
        description="Month of the first possible day held, as EDTF: 2020-03."
    )
    last_end: str | None = Field(
        description="Month of the last possible day free, as EDTF: 2021-11; null while open."
    )
    release_type: str


class CaseList(Schema):
    """One page of cases; `next` is the cursor of the page after, empty on the last."""

    total: int
    cases: list[CaseLine]
    facets: dict[str, dict[str, int]]
    next: str


class Merged(Schema):
    """Where a case went that was found to be the same person as another."""

    reference: str
    merged_into: str


def _head(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """Set ETag and caching; gives the 304 where the reader holds this version already."""
    basis = f"{RULE} {published_version(PUBLIC)} {datetime.now(UTC):%Y-%m-%d}"
    text = f"{basis} {request.get_full_path()}"
    tag = f'W/"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]}"'
    held = {one.strip() for one in request.headers.get("If-None-Match", "").split(",")}
    answer = HttpResponse(status=304) if tag in held else response
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = MINUTES_SHARED
    return answer if tag in held else None


@router.get("/cases", response=CaseList, summary="Search published cases")
@face("public")
def cases(  # noqa: PLR0913 - one parameter a dimension of the search
    request: HttpRequest,
    response: HttpResponse,
    *,
    name: str = "",
    country: str = "",
    role: str = "",
    law: str = "",
    gender: str = "",
    listed: str = "",
    held_on: date | None = None,
    held_now: bool | None = None,
    status: str = "",
    tier: str = "",
    cursor: str = "",
    size: PageSize = 25,
) -> Answer:
    """Search by name in any script and by facets; the numbers beside the facets are exact."""
    _refuse_nulls(name, listed, cursor)
    query = CaseQuery(
        name=name,
        country=country_code("country", country),
        role=term_of("role", role, "target_roles"),
        law=term_of("law", law, "law_taxonomy"),
        gender=among("gender", gender, allowed_values("gender")),
        listed=listed and among("listed", listed, lists_published(PUBLIC)),
        held_on=held_on and searched_day(held_on, datetime.now(UTC).date()),
        status=among("status", status, allowed_values("status")),
        tier=among("tier", tier, allowed_values("tier")),
        held_now=held_now,
    )
    known = _head(request, response)
    if known:
        return known
    try:
        page = search(PUBLIC, query, cursor=cursor, size=size)
    except CursorUnreadable:
        raise HttpError(422, "This cursor was not given by this search.") from None
    return {
        "total": page.total,
        "cases": [_line(case) for case in page.cases],
        "facets": {each: dict(values) for each, values in page.facets.items()},
        "next": page.next_cursor,
    }


@router.get(
    "/cases/{reference}",
    response={200: dict[str, Any], 308: Merged},
    summary="One published case",
)
@face("public")
def case(request: HttpRequest, response: HttpResponse, reference: str) -> Answer:
    """Give one case as far as consent and publication allow; 410 where it was taken down.

    Small letters of a reference mean the same as capitals.
    A case that was merged into another answers 308 with the address and the reference of that one.
    """
    _refuse_nulls(reference)
    reference = reference.upper()
    known = _head(request, response)
    if known:
        return known
    try:
        found = published_case(PUBLIC, reference)
    except PublishedCase.DoesNotExist:
        into = merged_into(PUBLIC, reference)
        if into:
            response.headers["Location"] = reverse("api-1:case", args=[into])
            return Status(308, {"reference": reference, "merged_into": into})
        if tombstone(PUBLIC, reference):
            raise HttpError(410, "This case was taken down.") from None
        raise Http404 from None
    return _told(found)


@router.get("/count", response=dict[str, Any], summary="Persons held on a day")
@face("public")
def count_persons(  # noqa: PLR0913 - one parameter a dimension of the question
    request: HttpRequest,
    response: HttpResponse,
    *,
    as_of: date,
    country: str = "",
    known_at: str = "",
    standard: str = DEFAULT_STANDARD,
    by: Breakdowns,
) -> Answer:
    """Count published persons held on a day, with the bands around the number.

    `breakdowns` holds each breakdown that was asked for, beside each other and not crossed;
    `breakdown` and `by` are the first.
    """
    where, standard = _where(country, standard)
    parts = _breakdowns(by)
    known = _head(request, response)
    if known:
        return known
    return count(
        PUBLIC,
        as_of=as_of,
        country=where,
        known_at=_moment("known_at", known_at),
        standard=standard,
        by=parts,
    ).as_json()


@router.get("/series", response=dict[str, Any], summary="Persons held, month by month")
@face("public")
def monthly(  # noqa: PLR0913 - as above
    request: HttpRequest,
    response: HttpResponse,
    *,
    since: date,
    until: date,
    country: str = "",
    known_at: str = "",
    standard: str = DEFAULT_STANDARD,
) -> Answer:
    """Give the stock on the first of every month, a hundred and fifty years at most."""
    where, standard = _where(country, standard)
    if until.year - since.year > LONGEST_SERIES:
        raise HttpError(422, "The period is too long.")
    known = _head(request, response)
    if known:
        return known
    try:
        found = series(
            PUBLIC,
            since=since,
            until=until,
            country=where,
            known_at=_moment("known_at", known_at),
            standard=standard,
        )
    except PeriodReversed:
        raise HttpError(422, "The period ends before it begins.") from None
    return found.as_json()


@router.get("/flows", response=dict[str, Any], summary="What made one number the other")
@face("public")
def flow_lines(  # noqa: PLR0913 - as above
    request: HttpRequest,
    response: HttpResponse,
    *,
    since: date,
    until: date,
    country: str = "",
    since_known: str = "",
    known_at: str = "",
    standard: str = DEFAULT_STANDARD,
) -> Answer:
    """Give the lines between two stocks; late documentation is a line of its own."""
    where, standard = _where(country, standard)
    known = _head(request, response)
    if known:
        return known
    try:
        found = flows(
            PUBLIC,
            since=since,
            until=until,
            country=where,
            since_known=_moment("since_known", since_known),
            known_at=_moment("known_at", known_at),
            standard=standard,
        )
    except PeriodReversed:
        raise HttpError(422, "The period ends before it begins.") from None
    return found.as_json()


@router.get("/downloads", response=list[dict[str, Any]], summary="Prepared downloads")
@face("public")
def downloads(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - the router passes it
    """List the prepared files of the open data with their sizes."""
    folder = Path(settings.DOWNLOADS_FOLDER)
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [
        {"name": str(file.relative_to(folder)), "bytes": file.stat().st_size}
        for file in files
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]


def _line(case: FoundCase | PublishedCase) -> dict[str, Any]:
    """Give one case as a line; what is known to the month is told to the month."""
    told = {line: getattr(case, line) for line in CaseLine.model_fields}
    for name in ("first_start", "last_end"):
        told[name] = f"{told[name]:%Y-%m}" if told[name] else None
    return told


def _told(found: PublishedCase) -> dict[str, Any]:
    return _line(found) | {
        "merged": found.merged,
        "whereabouts": found.whereabouts,
        "health_alert": found.health_alert,
        "names": [
            {"text": one.text, "kind": one.kind, "script": one.script, "language": one.language}
            for one in found.names.all()
        ],
        "spells": [
            {
                "category": one.category,
                "type": one.type,
                "start": one.start,
                "end": one.end,
                "country": one.country,
                "admin1": one.admin1,
                "laws": one.laws,
                "stage": one.stage,
                "sentence_kind": one.sentence_kind,
                "sentence_months": one.sentence_months,
                "release_type": one.release_type,
                "tier": one.tier,
            }
            for one in published_spells(PUBLIC, found)
        ],
        "sources": [
            {"publisher": one.publisher, "title": one.title, "url": one.url,
             "published": one.published, "claim": one.claim, "grade": one.grade}
            for one in found.sources.all()
        ],
    }  # fmt: skip


def _breakdowns(words: list[str]) -> tuple[Breakdown, ...]:
    try:
        return breakdowns_of(words)
    except BreakdownUnknown as unknown:
        raise Unusable("by", f"{unknown.word!r} is not known", allowed=list(Breakdown)) from None


def _where(country: str, standard: str) -> tuple[str | None, str]:
    """Give country and standard of a count. Raises `Unusable` for what nobody knows."""
    return country_code("country", country) or None, standard_known("standard", standard)


def _moment(parameter: str, text: str) -> datetime | None:
    """Give the instant; a day alone means its end, as at the terminal. Raises `Unusable`."""
    if not text:
        return None
    try:
        return read_instant(text)
    except ValueError:
        raise Unusable(parameter, "write a day, YYYY-MM-DD, or an ISO 8601 time") from None


def _refuse_nulls(*texts: str) -> None:
    if any("\x00" in text for text in texts):
        raise HttpError(422, "A null character cannot be looked for.")
