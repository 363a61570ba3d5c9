"""Campaigns over the wire: everybody reads what is public; programs keep the rest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import actor_of
from undaunted.prisoners.campaigns.actions import (
    Plan,
    attach_case,
    begin_campaign,
    change_ask,
    change_campaign,
    let_out,
    remove_case,
    set_mode,
    withdraw_campaign,
)
from undaunted.prisoners.campaigns.api.root import (
    DECIDE,
    MOST_SHOWN,
    PROPOSE,
    READ,
    figures_told,
    found,
    refusals,
    router,
)
from undaunted.prisoners.campaigns.api.schemas import (
    AskIn,
    CampaignCaseIn,
    CampaignCaseOut,
    CampaignChangeIn,
    CampaignIdOut,
    CampaignIn,
    CampaignOut,
    DeskCaseOut,
    ModeIn,
    WholeOut,
)
from undaunted.prisoners.campaigns.models import Campaign, PublishedCampaign
from undaunted.prisoners.campaigns.queries import (
    campaign_for,
    campaigns_for,
    case_for,
    desk_cases,
    person_for,
    private_at_least,
    public_lines,
    published_campaign,
    published_campaigns,
    published_cases,
    published_materials,
)

__all__: list[str] = []


@router.get("/", response=list[CampaignOut], summary="Public campaigns")
@face("public")
def list_campaigns(request: HttpRequest) -> list[PublishedCampaign]:  # noqa: ARG001
    """Give the public campaigns, the latest day first."""
    return list(published_campaigns(PUBLIC)[:MOST_SHOWN])


@router.get("/desk/campaigns", response=list[CampaignOut], auth=READ, summary="At the desk")
def list_held(request: HttpRequest) -> list[Campaign]:
    """Give the campaigns of the token's person."""
    return list(campaigns_for(actor_of(request))[:MOST_SHOWN])


@router.post("/desk/campaigns", response={201: CampaignIdOut}, auth=PROPOSE, summary="Begin")
def begin(request: HttpRequest, told: CampaignIn) -> Any:  # noqa: ANN401 - ninja's status
    """Begin a campaign; it is public once a second person lets it out."""
    plan = Plan(
        reference=told.reference,
        name=told.name,
        day=told.day,
        occasion=told.occasion,
        summary=told.summary,
        language=told.language,
        languages=tuple(told.languages),
    )
    with refusals():
        return begin_campaign(told.holder, plan, actor=actor_of(request), at=timezone.now())


@router.put(
    "/desk/campaigns/{slug:reference}", response=CampaignIdOut, auth=PROPOSE, summary="Change"
)
def change(request: HttpRequest, reference: str, told: CampaignChangeIn) -> Any:  # noqa: ANN401 - as above
    """Change what is told of a campaign; another lets it out again, its material is old."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    plan = Plan(reference=held.reference, **dict(told) | {"languages": tuple(told.languages)})
    with refusals():
        return change_campaign(held, plan, actor=actor, at=timezone.now())


@router.get(
    "/desk/campaigns/{slug:reference}/cases",
    response=list[DeskCaseOut],
    auth=READ,
    summary="Cases of a campaign",
)
def list_cases(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """Give the cases of a campaign with their modes."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    return [
        {
            "id": case.row.pk,
            "reference": case.reference,
            "mode": case.row.mode,
            "ask": case.row.ask,
            "approved": case.row.approved_at is not None,
        }
        for case in desk_cases(actor, held)
    ]


@router.post(
    "/desk/campaigns/{slug:reference}/cases",
    response={201: CampaignIdOut},
    auth=PROPOSE,
    summary="Attach",
)
def attach(request: HttpRequest, reference: str, told: CampaignCaseIn) -> Any:  # noqa: ANN401 - as above
    """Attach a case; it begins silent."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    subject = found(person_for(actor, told.case))
    with refusals():
        return attach_case(
            held, subject, told.ask, actor=actor, at=timezone.now(), language=told.language
        )


@router.put("/desk/cases/{uuid:case}/mode", response=CampaignIdOut, auth=PROPOSE, summary="Mode")
def change_mode(request: HttpRequest, case: UUID, told: ModeIn) -> Any:  # noqa: ANN401 - as above
    """Say how a case may be shown, as whoever holds the consent."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    with refusals():
        return set_mode(held, told.mode, actor=actor, at=timezone.now())


@router.put("/desk/cases/{uuid:case}/ask", response=CampaignIdOut, auth=PROPOSE, summary="Ask")
def change_words(request: HttpRequest, case: UUID, told: AskIn) -> Any:  # noqa: ANN401 - as above
    """Change what is asked for somebody; a second person lets the new words out."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    with refusals():
        return change_ask(held, told.ask, actor=actor, at=timezone.now())


@router.post(
    "/desk/cases/{uuid:case}/removal", response=CampaignIdOut, auth=PROPOSE, summary="Take out"
)
def take_out(request: HttpRequest, case: UUID) -> Any:  # noqa: ANN401 - as above
    """Take a case out at once, and destroy what was written of it."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    with refusals():
        return remove_case(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/campaigns/{slug:reference}/out", response=dict[str, int], auth=DECIDE, summary="Let out"
)
def let_it_out(request: HttpRequest, reference: str) -> dict[str, int]:
    """Let out, as a second person, everything of a campaign that waits."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    with refusals():
        return let_out(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/campaigns/{slug:reference}/withdrawal",
    response=CampaignIdOut,
    auth=DECIDE,
    summary="Withdraw",
)
def withdraw(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401 - as above
    """Hide a campaign from everybody at once."""
    actor = actor_of(request)
    held = found(campaign_for(actor, reference))
    with refusals():
        return withdraw_campaign(held, actor=actor, at=timezone.now())


@router.get("/{slug:reference}/", response=WholeOut, summary="One campaign")
@face("public")
def show_campaign(request: HttpRequest, reference: str) -> dict[str, Any]:  # noqa: ARG001
    """Give a public campaign: cases, raises in the open, numbers, files."""
    held = found(published_campaign(PUBLIC, reference))
    lines = public_lines(PUBLIC, held.pk)
    private = private_at_least(PUBLIC, held.pk)
    plain = {name: getattr(held, name) for name in (*CampaignOut.model_fields, "organisation")}
    return plain | {
        "cases": [_case(case) for case in published_cases(PUBLIC, held.pk)],
        "raises": list(lines),
        "figures": figures_told(lines),
        "private_at_least": private.at_least if private else 0,
        "files": list(published_materials(PUBLIC, held.pk)),
    }


def _case(case: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the view
    names = [name for name in CampaignCaseOut.model_fields if name != "adoptions"]
    told = {name: getattr(case, name) for name in names}
    return told | {"adoptions": list(case.adoptions.all())}
