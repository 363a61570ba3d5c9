"""Public facts by program: what versions of lists did, court cases, renewals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from pydantic import Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.listings.queries import latest_change, version_for
from undaunted.core.listings.rules import UnknownList, list_source
from undaunted.repression.coordination.analysis import entry_history, list_changes, renewals_due
from undaunted.repression.coordination.api.root import MOST_SHOWN, found, router
from undaunted.repression.coordination.api.schemas import (
    CoordinationCaseOut,
    EntryOut,
    RenewalOut,
    TrackedOut,
)
from undaunted.repression.coordination.queries import published_cases, published_cases_about
from undaunted.repression.coordination.rules import Change

if TYPE_CHECKING:
    from undaunted.repression.coordination.models import PublishedCase
    from undaunted.repression.coordination.rules import Tracked

__all__: list[str] = []

_RENEWAL = ("code", "title", "jurisdiction", "since", "source", "status", "read_on", "read_in")
LATEST = 0


@router.get("/cases", response=list[CoordinationCaseOut], summary="Court cases about listings")
@face("public")
def cases(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - the same for all
    """Give the court cases that two people let out, the latest first."""
    return [_case(each) for each in published_cases(PUBLIC)[:MOST_SHOWN]]


@router.get("/renewals", response=list[RenewalOut], summary="Renewals of regimes")
@face("public")
def renewals(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - the same for all
    """Give when regimes end unless they are renewed, with source and mark."""
    return [
        {
            **{name: getattr(each.renewal, name) for name in _RENEWAL},
            "ends": each.ends,
            "last": each.last,
            "passed": each.passed,
            "rule": each.rule.reference,
        }
        for each in renewals_due(PUBLIC, timezone.now())
    ]


@router.get(
    "/designations/{source}", response=list[TrackedOut], summary="What a version of a list did"
)
@face("public")
def designations(  # noqa: PLR0913, PLR0917 - which list, version, kind, page
    request: HttpRequest,  # noqa: ARG001 - the same for all
    source: str,
    version: Annotated[int, Field(ge=0, le=10**6)] = LATEST,
    kind: Change | None = None,
    offset: Annotated[int, Field(ge=0, le=10**6)] = 0,
    limit: Annotated[int, Field(ge=1, le=MOST_SHOWN)] = MOST_SHOWN,
) -> list[dict[str, Any]]:
    """Give what a version, the latest unless told otherwise, did against the one before."""
    try:
        list_source(source)
    except UnknownList:
        raise Http404 from None
    asked = version_for(PUBLIC, source, version) if version else latest_change(PUBLIC, source)
    rows = list_changes(PUBLIC, found(asked), kind=kind)
    return [_tracked(each) for each in rows[offset : offset + limit]]


@router.get(
    "/designations/{source}/{path:key}", response=EntryOut, summary="What is known of an entry"
)
@face("public")
def entry(request: HttpRequest, source: str, key: str) -> dict[str, Any]:  # noqa: ARG001 - as above
    """Give what versions of its list did to one entry, and court cases about it."""
    history = entry_history(PUBLIC, (source, key))
    told = list(published_cases_about(PUBLIC, (source, key)))
    if not history and not told:
        raise Http404
    return {
        "entry": f"{source}:{key}",
        "history": [_tracked(each) for each in history],
        "cases": [_case(each) for each in told],
    }


def _tracked(each: Tracked) -> dict[str, Any]:
    return {
        "entry": ":".join(each.entry),
        "name": each.name,
        "change": each.change,
        "seen": each.seen,
        "version": each.version,
        "acted": each.acted,
        "reasons": each.reasons,
        "fields": list(each.fields),
    }


def _case(each: PublishedCase) -> dict[str, Any]:
    return {
        "entry": f"{each.source}:{each.key}",
        "number": each.number,
        "court": each.court,
        "outcome": each.outcome,
        "day": each.day,
        "source": each.said_by,
        "address": each.address,
        "verified": each.verified,
    }
