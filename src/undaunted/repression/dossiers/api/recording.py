"""Dossiers opened and written by program, part by part, by the steps of the pages.

Nothing is told of victims but their numbers, and no name of theirs is asked for.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from undaunted.core.accounts.api import actor_of, conflicts
from undaunted.repression.dossiers import actions
from undaunted.repression.dossiers.analysis import gather
from undaunted.repression.dossiers.api.root import (
    DECIDE,
    ONE,
    PROPOSE,
    READ,
    DossierIdOut,
    router,
    stepped,
    unchanged_or_refused,
    whole,
)
from undaunted.repression.dossiers.forms import (
    AnnexIn,
    DetailIn,
    DossierActIn,
    DossierChangeIn,
    DossierFindingIn,
    DossierPersonIn,
    DossierReplyIn,
    DossierStatementIn,
    LinkIn,
    OpenedIn,
    PartIn,
    PostIn,
    offered_told,
)
from undaunted.repression.dossiers.queries import dossier_for, part_of
from undaunted.repression.dossiers.rules import DossierRefused
from undaunted.site.answers import found

__all__: list[str] = []

MADE = {201: DossierIdOut}


@router.post("/desk/dossiers", response=MADE, auth=PROPOSE, summary="Open a dossier")
def open_one(request: HttpRequest, told: OpenedIn) -> Any:  # noqa: ANN401 - a row
    """Open a dossier for one's own organisation; whoever opens it handles it."""
    actor = actor_of(request)
    with conflicts(DossierRefused):
        plan = told.plan(actor, told.holder)
        return actions.open_dossier(told.holder, plan, actor=actor, at=timezone.now())


@router.patch(
    ONE, response=DossierIdOut, auth=PROPOSE, summary="Change title, summary, marking, team"
)
def change(request: HttpRequest, dossier: UUID, told: DossierChangeIn) -> Any:  # noqa: ANN401
    """Write some of it anew; needs If-Match with its ETag. What is left out stays."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    unchanged_or_refused(request, whole(actor, held))
    with conflicts(DossierRefused):
        plan = told.plan(actor, held)
        return actions.write_dossier(held, plan, actor=actor, at=timezone.now())


@router.get(f"{ONE}/offered", response=dict[str, Any], auth=READ, summary="What it may rest on")
def offered(
    request: HttpRequest, dossier: UUID, find: Annotated[str, Query(max_length=200)] = ""
) -> dict[str, Any]:
    """Give acts, sources and documents by id, and the words for links and findings."""
    actor = actor_of(request)
    return offered_told(actor, gather(actor, found(dossier_for(actor, dossier))), find)


@router.post(f"{ONE}/acts", response=MADE, auth=PROPOSE, summary="Add an act")
def add_act(request: HttpRequest, dossier: UUID, told: DossierActIn) -> dict[str, UUID]:
    """Let it rest on an act of the ledger that one's own organisation recorded."""
    return _added(request, dossier, told)


@router.post(f"{ONE}/people", response=MADE, auth=PROPOSE, summary="Add somebody alleged")
def add_person(request: HttpRequest, dossier: UUID, told: DossierPersonIn) -> dict[str, UUID]:
    """Record somebody alleged to be responsible."""
    return _added(request, dossier, told)


@router.post(f"{ONE}/details", response=MADE, auth=PROPOSE, summary="Add who somebody is")
def add_detail(request: HttpRequest, dossier: UUID, told: DetailIn) -> dict[str, UUID]:
    """Record a name, a birth, a paper, an entry of a list, or other things that tell who it is."""
    return _added(request, dossier, told)


@router.post(f"{ONE}/posts", response=MADE, auth=PROPOSE, summary="Add a post")
def add_post(request: HttpRequest, dossier: UUID, told: PostIn) -> dict[str, UUID]:
    """Record an office, its period, and the office that it answered to."""
    return _added(request, dossier, told)


@router.post(f"{ONE}/links", response=MADE, auth=PROPOSE, summary="Link somebody to an act")
def add_link(request: HttpRequest, dossier: UUID, told: LinkIn) -> dict[str, UUID]:
    """Record how somebody had a part in an act."""
    return _added(request, dossier, told)


@router.post(f"{ONE}/findings", response=MADE, auth=PROPOSE, summary="Add a finding")
def add_finding(request: HttpRequest, dossier: UUID, told: DossierFindingIn) -> dict[str, UUID]:
    """Record what was found on a fact; an earlier finding on the same is replaced."""
    return _added(request, dossier, told)


@router.post(f"{ONE}/statements", response=MADE, auth=PROPOSE, summary="Add what speaks for them")
def add_statement(request: HttpRequest, dossier: UUID, told: DossierStatementIn) -> dict[str, UUID]:
    """Write what speaks for somebody; a second person confirms it."""
    return _added(request, dossier, told)


@router.post(
    f"{ONE}/statements/{{uuid:statement}}/confirmation",
    response=DossierIdOut,
    auth=DECIDE,
    summary="Confirm what speaks for them",
)
def confirm(request: HttpRequest, dossier: UUID, statement: UUID) -> Any:  # noqa: ANN401
    """Confirm as a second person what speaks for somebody."""
    held = _part(request, dossier, "statement", statement)
    return _taken(request, actions.confirm_statement, held)


@router.post(f"{ONE}/replies", response=MADE, auth=PROPOSE, summary="Say of their own account")
def add_reply(request: HttpRequest, dossier: UUID, told: DossierReplyIn) -> dict[str, UUID]:
    """Say whether somebody's own account was sought; gives the id of the person."""
    return _added(request, dossier, told)


@router.post(f"{ONE}/annexes", response=MADE, auth=PROPOSE, summary="Add an annex")
def add_annex(request: HttpRequest, dossier: UUID, told: AnnexIn) -> dict[str, UUID]:
    """Let a document go along, and say by their numbers whom it shows."""
    return _added(request, dossier, told)


@router.post(
    f"{ONE}/people/{{uuid:person}}/search",
    response=DossierIdOut,
    auth=PROPOSE,
    summary="Search the lists",
)
def search(request: HttpRequest, dossier: UUID, person: UUID) -> Any:  # noqa: ANN401
    """Search the lists in force for somebody; what is alike is kept as a question."""
    held = _part(request, dossier, "accused", person)
    return _taken(request, actions.search_listings, held)


def _added(request: HttpRequest, dossier: UUID, told: PartIn) -> dict[str, UUID]:
    return {"id": stepped(request, dossier, told.recorded)}


def _part(request: HttpRequest, dossier: UUID, kind: str, part: UUID) -> Any:  # noqa: ANN401 - a row
    actor = actor_of(request)
    return found(part_of(actor, found(dossier_for(actor, dossier)), kind, part))


def _taken(request: HttpRequest, step: Any, held: Any) -> Any:  # noqa: ANN401 - a step and its row
    with conflicts(DossierRefused):
        return step(held, actor=actor_of(request), at=timezone.now())
