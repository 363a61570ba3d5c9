"""Adopters by program: recorded, agreed, adopting, stopping, taken out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from undaunted.core.accounts.api import actor_of
from undaunted.prisoners.campaigns.actions import (
    Standing,
    adopt_case,
    agree_to_be_named,
    end_adoption,
    record_adopter,
    withdraw_adopter,
)
from undaunted.prisoners.campaigns.api.root import PROPOSE, READ, found, refusals, router
from undaunted.prisoners.campaigns.api.schemas import (
    AdopterIn,
    AdopterOut,
    AdoptionIn,
    AgreementIn,
    CampaignIdOut,
    DeskAdoptionOut,
)
from undaunted.prisoners.campaigns.models import Adopter
from undaunted.prisoners.campaigns.queries import (
    adopter_for,
    adopters_for,
    adoption_for,
    campaign_for,
    case_for,
    desk_cases,
)

__all__: list[str] = []


@router.get(
    "/desk/campaigns/{slug:reference}/adopters",
    response=list[AdopterOut],
    auth=READ,
    summary="Adopters",
)
def list_adopters(request: HttpRequest, reference: str) -> list[Adopter]:
    """Give the adopters that the campaign's organisation knows; not how to reach them."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    return list(adopters_for(actor).filter(holder=held.holder))


@router.post(
    "/desk/campaigns/{slug:reference}/adopters",
    response={201: CampaignIdOut},
    auth=PROPOSE,
    summary="Record an adopter",
)
def add_adopter(request: HttpRequest, reference: str, told: AdopterIn) -> Any:  # noqa: ANN401
    """Record an adopter for the organisation of a campaign."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    with refusals():
        return record_adopter(held.holder, Standing(**dict(told)), actor=actor, at=timezone.now())


@router.put(
    "/desk/adopters/{uuid:adopter}/agreement",
    response=CampaignIdOut,
    auth=PROPOSE,
    summary="Agreed",
)
def agree(request: HttpRequest, adopter: UUID, told: AgreementIn) -> Any:  # noqa: ANN401 - as above
    """Record that an adopter agreed to be named publicly, or no longer does."""
    actor = actor_of(request)
    held = found(adopter_for(actor, adopter))
    with refusals():
        return agree_to_be_named(held, actor=actor, at=timezone.now(), on=told.on, how=told.how)


@router.post(
    "/desk/cases/{uuid:case}/adoptions",
    response={201: CampaignIdOut},
    auth=PROPOSE,
    summary="Adopt",
)
def adopt(request: HttpRequest, case: UUID, told: AdoptionIn) -> Any:  # noqa: ANN401 - as above
    """Record that somebody adopts a case."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    who = found(adopter_for(actor, told.adopter))
    with refusals():
        return adopt_case(held, who, actor=actor, at=timezone.now(), on=told.on)


@router.get(
    "/desk/campaigns/{slug:reference}/adoptions",
    response=list[DeskAdoptionOut],
    auth=READ,
    summary="Who adopted whom",
)
def list_adoptions(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """Give the adoptions of a campaign that go on."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    return [
        {"id": one.pk, "case": case.row.pk, "adopter": one.adopter_id, "since": one.adopted_on}
        for case in desk_cases(actor, held)
        for one in case.adopters
    ]


@router.post(
    "/desk/adoptions/{uuid:adoption}/end",
    response=CampaignIdOut,
    auth=PROPOSE,
    summary="End an adoption",
)
def stop_adopting(request: HttpRequest, adoption: UUID) -> Any:  # noqa: ANN401 - as above
    """Record that an adopter no longer stands up for a case."""
    actor = actor_of(request)
    held = found(adoption_for(actor, adoption))
    with refusals():
        return end_adoption(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/adopters/{uuid:adopter}/withdrawal",
    response=CampaignIdOut,
    auth=PROPOSE,
    summary="Take an adopter out",
)
def withdraw_one(request: HttpRequest, adopter: UUID) -> Any:  # noqa: ANN401 - as above
    """Take an adopter out everywhere; how to reach them is deleted."""
    actor = actor_of(request)
    held = found(adopter_for(actor, adopter))
    with refusals():
        return withdraw_adopter(held, actor=actor, at=timezone.now())
