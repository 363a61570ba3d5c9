"""Laws over the wire: the register, one law, facts tested under each, plans of states."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.standards.rules import Finding, PackUnknown, Value, pack
from undaunted.repression.sanctions.analysis import plan_for, stakes_given
from undaunted.repression.sanctions.readers import LARGEST
from undaunted.repression.sanctions.rules import (
    AuthorityUnknown,
    RegisterBroken,
    SanctionsRefused,
    authorities,
    authority_for,
    facts,
    tested_under,
)
from undaunted.repression.sanctions.writers import (
    authority_told,
    law_told_whole,
    plan_told,
    tested_told,
)
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["sanctions"])
Names = Annotated[list[str], Field(max_length=60, default_factory=list)]


class AuthorityOut(Schema):
    """A law: what is told of it, with answers, marks and sources."""

    code: str
    jurisdiction: str
    title: str
    short: str
    status: str
    since: str
    begun: str
    alone: str
    runs_until: str
    mark: str
    invented: bool
    pack: str
    no_test: str
    conduct: list[str]
    programmes: list[dict[str, Any]]
    measures: list[dict[str, Any]]
    told: dict[str, dict[str, Any]]
    sources: list[dict[str, str]]


class SanctionsLawOut(AuthorityOut):
    """A law with the version of its rule pack that is in force on a day; null where none is."""

    law: dict[str, Any] | None


class TestIn(Schema):
    """Facts that evidence shows, that were found not to be so, and under which laws."""

    met: Names
    not_met: Names
    authority: Names
    on: date | None = None


class TestOut(Schema):
    """A file under one law: element by element, and no number."""

    authority: str
    jurisdiction: str
    on: str
    fit: str
    law: str
    why: str
    outside: list[str]
    elements: list[dict[str, Any]]


class PlanOut(Schema):
    """What a state could adopt, use and enforce, with the facts each step follows from."""

    state: str
    on: str
    known_on: str
    adoption: dict[str, Any] | None
    enforcement: dict[str, Any] | None
    facts: list[dict[str, Any]]
    authorities: list[dict[str, Any]]
    uses: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    enablers: dict[str, Any] | None


@router.get("/authorities", response=list[AuthorityOut], summary="Laws, and states without one")
@face("public")
def list_authorities(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - ninja hands it in
    """Give the register of legal authorities."""
    return [authority_told(each) for each in authorities().values() if not each.invented]


@router.get("/authorities/{slug:code}", response=SanctionsLawOut, summary="A law")
@face("public")
def show_authority(
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    code: str,
    on: date | None = None,
) -> dict[str, Any]:
    """Give one law with what it asks on a day, fact by fact."""
    try:
        held = authority_for(code)
    except AuthorityUnknown:
        raise Http404 from None
    try:
        law = pack(held.pack, on or timezone.now().date()) if held.pack else None
    except PackUnknown:
        law = None
    return {**authority_told(held), "law": law_told_whole(law) if law else None}


@router.get("/tests", response=list[TestOut], summary="Facts tested under laws")
@face("public")
def test_facts(
    request: HttpRequest,
    asked: Annotated[TestIn, Query()],
) -> list[dict[str, Any]]:
    """Test facts under every law or some, of a day; nothing is stored and nobody is named."""
    _refuse_unknown(request, asked)
    found = {name: Finding(Value.MET) for name in asked.met}
    found |= {name: Finding(Value.NOT_MET) for name in asked.not_met}
    try:
        laws = [authority_for(code) for code in asked.authority] or [
            each for each in authorities().values() if each.pack
        ]
        results = tested_under(laws, found, on=asked.on or timezone.now().date())
    except AuthorityUnknown as unknown:
        said = str(unknown).removeprefix("authority: ")
        raise Unusable("authority", said, allowed=authorities()) from None
    return [tested_told(each) for each in results]


@router.get("/plans/{slug:state}", response=PlanOut, summary="The action plan of a state")
@face("public")
def show_plan(
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    state: str,
    on: date | None = None,
) -> dict[str, Any]:
    """Give what follows for a state from accepted statements and loaded lists."""
    now = timezone.now()
    try:
        return plan_told(plan_for(PUBLIC, state, on=on or now.date(), known_at=now))
    except SanctionsRefused:
        raise Http404 from None


@router.post(
    "/desk/plans/{slug:state}/stakes",
    response=PlanOut,
    auth=TokenScope(Scope.READ),
    summary="A plan with stakes",
)
def plan_with_stakes(
    request: HttpRequest,
    state: str,
    file: File[UploadedFile],
    on: Form[date | None] = None,
) -> dict[str, Any]:
    """Give the plan with companies that listed people control; the file is read and not kept."""
    actor_of(request).person  # noqa: B018 - raises for the public
    now = timezone.now()
    try:
        given = stakes_given(PUBLIC, file.read(LARGEST + 1), file.name or "stakes.csv")
    except RegisterBroken as broken:
        raise Unusable("file", str(broken), body=True) from None
    try:
        return plan_told(plan_for(PUBLIC, state, on=on or now.date(), known_at=now, given=given))
    except SanctionsRefused:
        raise Http404 from None


def _refuse_unknown(request: HttpRequest, asked: TestIn) -> None:
    """Refuse parameters and facts that there are none of: silence would read as "missing"."""
    names = tuple(TestIn.model_fields)
    for name in request.GET:
        if name not in names:
            told = f"{name}: is no parameter; there are {', '.join(names)}"
            raise Unusable(name, told, allowed=names)
    for name, codes in (("met", asked.met), ("not_met", asked.not_met)):
        unknown = sorted(set(codes) - set(facts()))
        if unknown:
            told = f"{', '.join(unknown)}: is no fact; there are {', '.join(facts())}"
            raise Unusable(name, told, allowed=facts())
    both = sorted(set(asked.met) & set(asked.not_met))
    if both:
        raise Unusable("not_met", f"{', '.join(both)}: stands in met too; leave it in one")
