"""Campaigns over the wire: everybody reads what is public; programs keep the log."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.errors import HttpError

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.campaigns.actions import (
    Plan,
    Raising,
    Standing,
    adopt_case,
    agree_to_be_named,
    attach_case,
    begin_campaign,
    change_ask,
    let_out,
    make_material,
    record_adopter,
    record_raise,
    record_step,
    remove_case,
    set_mode,
    withdraw_campaign,
)
from undaunted.prisoners.campaigns.analysis import figures_of
from undaunted.prisoners.campaigns.api.schemas import (
    AdopterIn,
    AdoptionIn,
    AgreementIn,
    AskIn,
    CampaignIn,
    CampaignOut,
    CaseIn,
    CaseOut,
    DeskCaseOut,
    FiguresOut,
    FileOut,
    IdOut,
    MaterialIn,
    ModeIn,
    RaiseIn,
    RaiseOut,
    StepIn,
    WholeOut,
)
from undaunted.prisoners.campaigns.queries import (
    adopter_for,
    campaign_for,
    campaigns_for,
    case_for,
    case_named,
    desk_cases,
    desk_lines,
    person_for,
    private_at_least,
    public_lines,
    published_campaign,
    published_campaigns,
    published_cases,
    published_materials,
    raise_for,
)
from undaunted.prisoners.campaigns.rules import CampaignRefused
from undaunted.prisoners.campaigns.rules.materials import MaterialRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undaunted.prisoners.campaigns.models import Campaign, PublishedCampaign
    from undaunted.prisoners.campaigns.rules import RaiseLine

__all__ = ["router"]

router = Router(tags=["campaigns"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST_SHOWN = 500

Thing = TypeVar("Thing")


@router.get("/", response=list[CampaignOut], summary="Public campaigns")
@face("public")
def list_campaigns(request: HttpRequest) -> list[PublishedCampaign]:  # noqa: ARG001
    """Give the public campaigns, the latest day first."""
    return list(published_campaigns(PUBLIC)[:MOST_SHOWN])


@router.get("/desk/campaigns", response=list[CampaignOut], auth=READ, summary="At the desk")
def list_held(request: HttpRequest) -> list[Campaign]:
    """Give the campaigns of the token's person."""
    return list(campaigns_for(actor_of(request))[:MOST_SHOWN])


@router.post("/desk/campaigns", response={201: IdOut}, auth=PROPOSE, summary="Begin")
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
    with _refusals():
        return begin_campaign(told.holder, plan, actor=actor_of(request), at=timezone.now())


@router.get(
    "/desk/campaigns/{slug:reference}/cases",
    response=list[DeskCaseOut],
    auth=READ,
    summary="Cases of a campaign",
)
def list_cases(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """Give the cases of a campaign with their modes."""
    actor = actor_of(request)
    held = _found(campaign_for(actor, reference))
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
    "/desk/campaigns/{slug:reference}/cases", response={201: IdOut}, auth=PROPOSE, summary="Attach"
)
def attach(request: HttpRequest, reference: str, told: CaseIn) -> Any:  # noqa: ANN401 - as above
    """Attach a case; it begins silent."""
    actor = actor_of(request)
    held = _found(campaign_for(actor, reference))
    subject = _found(person_for(actor, told.case))
    with _refusals():
        return attach_case(
            held, subject, told.ask, actor=actor, at=timezone.now(), language=told.language
        )


@router.put("/desk/cases/{uuid:case}/mode", response=IdOut, auth=PROPOSE, summary="Mode")
def change_mode(request: HttpRequest, case: UUID, told: ModeIn) -> Any:  # noqa: ANN401 - as above
    """Say how a case may be shown, as whoever holds the consent."""
    actor = actor_of(request)
    held = _found(case_for(actor, case))
    with _refusals():
        return set_mode(held, told.mode, actor=actor, at=timezone.now())


@router.put("/desk/cases/{uuid:case}/ask", response=IdOut, auth=PROPOSE, summary="Ask")
def change_words(request: HttpRequest, case: UUID, told: AskIn) -> Any:  # noqa: ANN401 - as above
    """Change what is asked for somebody; a second person lets the new words out."""
    actor = actor_of(request)
    held = _found(case_for(actor, case))
    with _refusals():
        return change_ask(held, told.ask, actor=actor, at=timezone.now())


@router.post("/desk/cases/{uuid:case}/removal", response=IdOut, auth=PROPOSE, summary="Take out")
def take_out(request: HttpRequest, case: UUID) -> Any:  # noqa: ANN401 - as above
    """Take a case out at once, and destroy what was written of it."""
    actor = actor_of(request)
    held = _found(case_for(actor, case))
    with _refusals():
        return remove_case(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/campaigns/{slug:reference}/adopters",
    response={201: IdOut},
    auth=PROPOSE,
    summary="Record an adopter",
)
def add_adopter(request: HttpRequest, reference: str, told: AdopterIn) -> Any:  # noqa: ANN401
    """Record an adopter for the organisation of a campaign."""
    actor = actor_of(request)
    held = _found(campaign_for(actor, reference))
    with _refusals():
        return record_adopter(held.holder, Standing(**dict(told)), actor=actor, at=timezone.now())


@router.put(
    "/desk/adopters/{uuid:adopter}/agreement", response=IdOut, auth=PROPOSE, summary="Agreed"
)
def agree(request: HttpRequest, adopter: UUID, told: AgreementIn) -> Any:  # noqa: ANN401 - as above
    """Record that an adopter agreed to be named publicly, or no longer does."""
    actor = actor_of(request)
    held = _found(adopter_for(actor, adopter))
    with _refusals():
        return agree_to_be_named(held, actor=actor, at=timezone.now(), on=told.on, how=told.how)


@router.post(
    "/desk/cases/{uuid:case}/adoptions", response={201: IdOut}, auth=PROPOSE, summary="Adopt"
)
def adopt(request: HttpRequest, case: UUID, told: AdoptionIn) -> Any:  # noqa: ANN401 - as above
    """Record that somebody adopts a case."""
    actor = actor_of(request)
    held = _found(case_for(actor, case))
    who = _found(adopter_for(actor, told.adopter))
    with _refusals():
        return adopt_case(held, who, actor=actor, at=timezone.now(), on=told.on)


@router.post(
    "/desk/cases/{uuid:case}/files",
    response={201: list[FileOut]},
    auth=PROPOSE,
    summary="Write material",
)
def write_files(request: HttpRequest, case: UUID, told: MaterialIn) -> Any:  # noqa: ANN401 - as above
    """Write a kind of material of a case in all its forms, and keep it."""
    actor = actor_of(request)
    held = _found(case_for(actor, case))
    who = _found(adopter_for(actor, told.adopter)) if told.adopter else None
    with _refusals():
        return make_material(
            held, told.kind, actor=actor, at=timezone.now(), language=told.language, adopter=who
        )


@router.get(
    "/desk/campaigns/{slug:reference}/raises",
    response=list[RaiseOut],
    auth=READ,
    summary="The whole log",
)
def list_raises(request: HttpRequest, reference: str) -> list[RaiseLine]:
    """Give the log with raises in private; silent cases are not in it."""
    actor = actor_of(request)
    return list(desk_lines(actor, _found(campaign_for(actor, reference))))


@router.get(
    "/desk/campaigns/{slug:reference}/figures",
    response=FiguresOut,
    auth=READ,
    summary="The whole log in numbers",
)
def show_figures(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Give who raised, with what reply, and whether attempts increased."""
    actor = actor_of(request)
    return _figures(desk_lines(actor, _found(campaign_for(actor, reference))))


@router.post(
    "/desk/campaigns/{slug:reference}/raises", response={201: IdOut}, auth=PROPOSE, summary="Log"
)
def log_raise(request: HttpRequest, reference: str, told: RaiseIn) -> Any:  # noqa: ANN401 - as above
    """Log a raise."""
    actor = actor_of(request)
    held = _found(campaign_for(actor, reference))
    case = _found(case_named(actor, held, told.case)).row if told.case else None
    raising = Raising(
        day=told.day,
        channel=told.channel,
        level=told.level,
        counterpart=told.counterpart,
        counterpart_country=told.counterpart_country,
        by=told.by,
        by_country=told.by_country,
        place=told.place,
    )
    with _refusals():
        return record_raise(held, raising, actor=actor, at=timezone.now(), case=case)


@router.post(
    "/desk/raises/{uuid:raised}/steps", response={201: IdOut}, auth=PROPOSE, summary="What came"
)
def log_step(request: HttpRequest, raised: UUID, told: StepIn) -> Any:  # noqa: ANN401 - as above
    """Log a reply on the ladder, a follow-up, or both."""
    actor = actor_of(request)
    held = _found(raise_for(actor, raised))
    with _refusals():
        return record_step(
            held, actor=actor, at=timezone.now(), on=told.day, reply=told.reply, text=told.text
        )


@router.post(
    "/desk/campaigns/{slug:reference}/out", response=dict[str, int], auth=DECIDE, summary="Let out"
)
def let_it_out(request: HttpRequest, reference: str) -> dict[str, int]:
    """Let out, as a second person, everything of a campaign that waits."""
    actor = actor_of(request)
    held = _found(campaign_for(actor, reference))
    with _refusals():
        return let_out(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/campaigns/{slug:reference}/withdrawal", response=IdOut, auth=DECIDE, summary="Withdraw"
)
def withdraw(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401 - as above
    """Hide a campaign from everybody at once."""
    actor = actor_of(request)
    held = _found(campaign_for(actor, reference))
    with _refusals():
        return withdraw_campaign(held, actor=actor, at=timezone.now())


@router.get("/{slug:reference}/", response=WholeOut, summary="One campaign")
@face("public")
def show_campaign(request: HttpRequest, reference: str) -> dict[str, Any]:  # noqa: ARG001
    """Give a public campaign: cases, raises in the open, numbers, files."""
    held = _found(published_campaign(PUBLIC, reference))
    lines = public_lines(PUBLIC, held.pk)
    private = private_at_least(PUBLIC, held.pk)
    plain = {name: getattr(held, name) for name in (*CampaignOut.model_fields, "organisation")}
    return plain | {
        "cases": [_case(case) for case in published_cases(PUBLIC, held.pk)],
        "raises": list(lines),
        "figures": _figures(lines),
        "private_at_least": private.at_least if private else 0,
        "files": list(published_materials(PUBLIC, held.pk)),
    }


def _case(case: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the view
    names = [name for name in CaseOut.model_fields if name != "adoptions"]
    told = {name: getattr(case, name) for name in names}
    return told | {"adoptions": list(case.adoptions.all())}


def _figures(lines: Iterable[RaiseLine]) -> dict[str, Any]:
    found = figures_of(lines, until=timezone.now().date())
    return {
        "raises": found.raises,
        "by_country": found.by_country,
        "by_reply": {str(rung or "not_known"): n for rung, n in found.by_reply.items()},
        "attempts": found.whole,
        "by_channel": {str(each): one for each, one in found.by_channel.items()},
        "by_level": {str(each): one for each, one in found.by_level.items()},
    }


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (CampaignRefused, MaterialRefused, EditionRefused) as refusal:
        raise HttpError(HTTPStatus.CONFLICT, str(refusal)) from None
