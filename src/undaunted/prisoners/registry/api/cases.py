"""Reading one's own cases with a token: the same queries as the desk's pages."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.errors import HttpError

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.prisoners.registry.api.checks import PageSize, country_code, found, term_of
from undaunted.prisoners.registry.api.cursors import read_cursor, write_cursor
from undaunted.prisoners.registry.queries.records import CaseFile, case_file, cases_for

__all__ = ["etag_of", "router", "told_case", "unchanged_or_refused"]

router = Router(tags=["desk"])
READ = TokenScope(Scope.READ)
PRIVATE = "private, no-store"


class OwnCase(Schema):
    """One record in a list of one's own."""

    id: UUID
    name: str
    country: str
    roles: list[str]
    holder: UUID
    sharing: str
    recorded_at: datetime


class OwnCases(Schema):
    """One page of records; `next` is the cursor of the page after, empty on the last."""

    cases: list[OwnCase]
    next: str


@router.get("/cases", response=OwnCases, auth=READ, summary="Records one may read")
def own_cases(
    request: HttpRequest,
    *,
    country: str = "",
    role: str = "",
    cursor: str = "",
    size: PageSize = 25,
) -> dict[str, Any]:
    """Give the records that the token's person may read, the newest first."""
    rows = cases_for(
        actor_of(request),
        country=country_code("country", country),
        role=term_of("role", role, "target_roles"),
    )
    if cursor:
        at, last = read_cursor(cursor)
        rows = rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, id__gt=last))
    page = list(rows[: size + 1])
    shown = page[:size]
    return {
        "cases": [
            {
                "id": one.pk,
                "name": next((name.text for name in one.names.all() if name.primary), ""),
                "country": one.country,
                "roles": one.roles,
                "holder": one.holder,
                "sharing": one.sharing,
                "recorded_at": one.recorded_at,
            }
            for one in shown
        ],
        "next": write_cursor(shown[-1].recorded_at, shown[-1].pk) if len(page) > size else "",
    }


@router.get("/cases/{uuid:party}", response=dict[str, Any], auth=READ, summary="One record")
def own_case(
    request: HttpRequest, response: HttpResponse, party: UUID
) -> dict[str, Any] | HttpResponse:
    """Give a case with all records judged to be the same person, and its ETag for a change."""
    told = told_case(found(case_file(actor_of(request), party)))
    tag = etag_of(told)
    if request.headers.get("If-None-Match", "") == tag:
        response = HttpResponse(status=304)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = PRIVATE
    return response if response.status_code == 304 else told  # noqa: PLR2004 - not modified


def told_case(file: CaseFile) -> dict[str, Any]:
    """Give a case file as plain values."""
    party = file.party
    return {
        "id": str(party.pk),
        "records": [str(one.pk) for one in file.members],
        "holder": str(party.holder),
        "sharing": party.sharing,
        "gender": party.gender,
        "birth": party.birth,
        "death": party.death,
        "nationalities": party.nationalities,
        "country": party.country,
        "roles": party.roles,
        "names": [
            {"id": str(one.pk), "record": str(one.party_id), "text": one.text, "kind": one.kind,
             "language": one.language, "first": one.primary}
            for one in file.names
        ],
        "acts": [_act(one) for one in file.acts],
        "citations": [
            {"id": str(one.pk), "source": str(one.source_id), "claim": one.claim,
             "of": one.subject_kind, "grade": f"{one.reliability}{one.credibility}"}
            for one in file.citations
        ],
        "recognitions": [
            {"standard": one.standard, "status": one.status, "since": str(one.recorded_from)}
            for one in file.recognitions
        ],
        "proposals": [
            {"id": str(one.pk), "standard": one.standard, "status": one.status}
            for one in file.proposals
        ],
        "publication": _publication(file),
    }  # fmt: skip


def etag_of(told: dict[str, Any]) -> str:
    """Give a strong ETag of what a case says."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def unchanged_or_refused(request: HttpRequest, told: dict[str, Any]) -> None:
    """Let a change through only where the program saw the newest state (RFC 9110, If-Match)."""
    held = request.headers.get("If-Match", "")
    if not held:
        raise HttpError(428, "Send If-Match with the ETag of the record that you read.")
    if held != etag_of(told):
        raise HttpError(412, "The record was changed since you read it. Read it again.")


def _act(act: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the ledger
    names = (
        "category", "type", "start", "end", "country", "admin1", "city", "facility", "authority",
        "law", "law_category", "stage", "sentence_kind", "sentence_months", "release_type",
        "whereabouts", "health_alert", "family_contact", "tier",
    )  # fmt: skip
    told = {name: getattr(act, name) for name in names}
    within = str(act.within) if act.within else None
    return {"claim": str(act.claim), "version": str(act.pk), "within": within, **told}


def _publication(file: CaseFile) -> dict[str, Any] | None:
    gate = file.publication
    if gate is None:
        return None
    until = gate.embargo_until.isoformat() if gate.embargo_until else None
    return {
        "id": str(gate.pk),
        "reference": gate.reference,
        "state": gate.state,
        "embargo_until": until,
    }
