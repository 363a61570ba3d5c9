"""Episodes and compacts by program: read, begun, accepted, published, invoked."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from undaunted.coercion.response.actions import (
    CompactPlan,
    accept_membership,
    begin_compact,
    confirm_invitations,
    confirm_membership,
    hide_member,
    invite_member,
    invoke,
    leave_compact,
    name_team,
    publish_compact,
    record_episode,
    record_pledge,
    show_episode,
    withdraw_compact,
)
from undaunted.coercion.response.api.root import (
    DECIDE,
    MOST_SHOWN,
    PROPOSE,
    READ,
    found,
    refusals,
    router,
    sought,
    taken,
)
from undaunted.coercion.response.api.schemas import (
    AcceptIn,
    CompactIn,
    CompactOut,
    EpisodeIn,
    EpisodeOut,
    InvitationIn,
    InvocationIn,
    KeptOut,
    PledgeIn,
    PledgeOut,
    PublicOut,
    ResponseIdOut,
    ResponseStepIn,
    ResponseTeamIn,
    TrialOut,
)
from undaunted.coercion.response.api.told import pledge_told
from undaunted.coercion.response.queries import (
    chaired_by,
    compact_for,
    compacts_for,
    episode_for,
    episodes_for,
    keeper_of,
    kept_by,
    members_of,
    own_member_of,
    pledge_lines,
    published_compact,
    published_measures,
    published_members,
    trials_of,
)
from undaunted.coercion.response.readers import read_measures, shipped_episodes
from undaunted.coercion.response.rules import (
    DecisionRule,
    OffRampPlan,
    PledgePlan,
    TriggerNotMet,
)
from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import actor_of
from undaunted.core.standards.rules import Finding, FindingsStrange
from undaunted.site.problems import Unusable

if TYPE_CHECKING:
    from undaunted.coercion.response.models import Compact, Episode, Trial

__all__ = ["plan_of", "ramps_of"]


@router.get("/episodes", response=list[dict[str, Any]], summary="Shipped episodes")
@face("public")
def list_shipped(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - as the library calls
    """Give the episodes that come with this copy, each statement with its sources."""
    return [_told_shipped(key) for key in shipped_episodes()]


@router.get("/compacts/{slug:reference}", response=PublicOut, summary="A public compact")
@face("public")
def show_public(request: HttpRequest, reference: str) -> dict[str, Any]:  # noqa: ARG001 - as above
    """Give a public compact with its members and what they published."""
    held = found(published_compact(PUBLIC, reference))
    names = ("reference", "name", "summary", "chair", "pack", "voting", "quorum", "threshold")
    return {
        **{name: getattr(held, name) for name in names},
        "members": list(published_members(PUBLIC, held.pk)),
        "measures": list(published_measures(PUBLIC, held.pk)),
    }


@router.get("/desk/compacts", response=list[CompactOut], auth=READ, summary="Compacts")
def list_compacts(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the compacts of one's own government with their members."""
    actor = actor_of(request)
    names = (
        "id", "reference", "name", "summary", "pack", "voting", "quorum", "threshold",
        "burden_key", "currency", "approved_at", "withdrawn_at",
    )  # fmt: skip
    return [
        {name: getattr(held, name) for name in names} | {"members": list(members_of(actor, held))}
        for held in compacts_for(actor)[:MOST_SHOWN]
    ]


@router.post(
    "/desk/compacts", response={201: ResponseIdOut}, auth=PROPOSE, summary="Begin a compact"
)
def begin(request: HttpRequest, told: CompactIn) -> Compact:
    """Begin a compact, which the holder chairs."""
    with refusals():
        plan = CompactPlan(
            told.reference, told.name, DecisionRule(told.voting, told.quorum, told.threshold),
            told.summary, told.burden_key, told.currency, weight=told.weight,
        )  # fmt: skip
        return begin_compact(told.holder, plan, actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/compacts/{slug:reference}/invitations", response={201: ResponseIdOut}, auth=PROPOSE,
    summary="Invite a government",
)  # fmt: skip
def invite(request: HttpRequest, reference: str, told: InvitationIn) -> Any:  # noqa: ANN401
    """Put a government on the roll, as the chair."""
    return taken(
        request, compact_for, reference, invite_member, told.government, weight=told.weight
    )


@router.post(
    "/desk/compacts/{slug:reference}/invitations/confirmation", response=ResponseIdOut, auth=DECIDE,
    summary="Confirm invitations",
)  # fmt: skip
def send(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401
    """Confirm the invitations that wait, as a second person of the chair."""
    return taken(request, compact_for, reference, confirm_invitations)


@router.put(
    "/desk/compacts/{slug:reference}/membership",
    response=ResponseIdOut,
    auth=PROPOSE,
    summary="Accept",
)
def accept(request: HttpRequest, reference: str, told: AcceptIn) -> Any:  # noqa: ANN401
    """Propose that one's own government accept."""
    return taken(request, own_member_of, reference, accept_membership, **dict(told))


@router.delete(
    "/desk/compacts/{slug:reference}/membership",
    response=ResponseIdOut,
    auth=PROPOSE,
    summary="Leave",
)
def leave(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401
    """Propose that one's own government leave, or decline."""
    return taken(request, own_member_of, reference, leave_compact)


@router.post(
    "/desk/compacts/{slug:reference}/membership/confirmation", response=ResponseIdOut, auth=DECIDE,
    summary="Confirm a membership",
)  # fmt: skip
def confirm(request: HttpRequest, reference: str, told: ResponseStepIn) -> Any:  # noqa: ANN401
    """Confirm what a colleague proposed for the membership, as a second person."""
    return taken(request, own_member_of, reference, confirm_membership, told.kind)


@router.delete(
    "/desk/compacts/{slug:reference}/membership/name", response=ResponseIdOut, auth=DECIDE,
    summary="Take one's name out",
)  # fmt: skip
def hide(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401
    """Take the name of one's own government out of what is public."""
    return taken(request, own_member_of, reference, hide_member)


@router.put(
    "/desk/compacts/{slug:reference}/publication",
    response=ResponseIdOut,
    auth=DECIDE,
    summary="Publish",
)
def publish(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401
    """Let everybody read a compact, as a second person."""
    return taken(request, compact_for, reference, publish_compact)


@router.delete(
    "/desk/compacts/{slug:reference}/publication",
    response=ResponseIdOut,
    auth=DECIDE,
    summary="Withdraw",
)
def withdraw(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401
    """Hide a compact from everybody but its members."""
    return taken(request, chaired_by, reference, withdraw_compact)


@router.get(
    "/desk/compacts/{slug:reference}/pledges", response=list[PledgeOut], auth=READ,
    summary="Pledged beforehand",
)  # fmt: skip
def list_pledges(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """Give what was pledged before any episode, as far as one may read it."""
    actor = actor_of(request)
    held = sought(compact_for, actor, reference)
    return [pledge_told(line) for line in pledge_lines(actor, held, None)]


@router.post(
    "/desk/compacts/{slug:reference}/pledges", response={201: ResponseIdOut}, auth=PROPOSE,
    summary="Pledge beforehand",
)  # fmt: skip
def pledge_beforehand(request: HttpRequest, reference: str, told: PledgeIn) -> Any:  # noqa: ANN401
    """Pledge before any episode."""
    ramps = ramps_of(told)
    return taken(request, compact_for, reference, record_pledge, plan_of(told), off_ramps=ramps)


@router.put(
    "/desk/compacts/{slug:reference}/kept/team",
    response=ResponseIdOut,
    auth=PROPOSE,
    summary="Name a team",
)
def team(request: HttpRequest, reference: str, told: ResponseTeamIn) -> Any:  # noqa: ANN401
    """Name the team that opens what one's own government keeps in a compact."""
    return taken(request, own_member_of, reference, name_team, told.team)


@router.get(
    "/desk/compacts/{slug:reference}/kept",
    response=list[KeptOut],
    auth=READ,
    summary="What is kept",
)
def list_kept(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    """List what one's own government keeps. People open it, with their key; programs have none."""
    actor = actor_of(request)
    return [
        {
            "row": each.row.pk,
            "of": each.of,
            "pledge": each.pledge.pk if each.pledge else None,
            "recorded_at": each.at,
        }
        for each in kept_by(actor, sought(keeper_of, actor, reference))
    ]


@router.get("/desk/episodes", response=list[EpisodeOut], auth=READ, summary="Episodes")
def list_episodes(request: HttpRequest) -> list[Episode]:
    """Give the episodes of one's own government and of its compacts."""
    return list(episodes_for(actor_of(request))[:MOST_SHOWN])


@router.post(
    "/desk/episodes", response={201: ResponseIdOut}, auth=PROPOSE, summary="Record an episode"
)
def record(request: HttpRequest, told: EpisodeIn) -> Any:  # noqa: ANN401
    """Record an episode in the form of the packs; measures of a CSV text are added to its own."""
    with refusals():
        content = dict(told.content)
        if told.measures_csv:
            rows = read_measures(told.measures_csv.encode(errors="replace"), where="measures_csv")
            held = content.get("measures", [])
            content["measures"] = [*held, *rows] if isinstance(held, list) else held
        return record_episode(told.holder, content, actor=actor_of(request), at=timezone.now())


@router.put(
    "/desk/episodes/{slug:reference}/compact/{slug:compact}", response=ResponseIdOut, auth=PROPOSE,
    summary="Show to a compact",
)  # fmt: skip
def show(request: HttpRequest, reference: str, compact: str) -> Any:  # noqa: ANN401
    """Let the members of a compact read an episode of one's own."""
    actor = actor_of(request)
    held, to = sought(episode_for, actor, reference), sought(compact_for, actor, compact)
    with refusals():
        return show_episode(held, to, actor=actor, at=timezone.now())


@router.post(
    "/desk/episodes/{slug:reference}/invocations", response={201: ResponseIdOut, 200: TrialOut},
    auth=PROPOSE, summary="Invoke",
)  # fmt: skip
def call_upon(request: HttpRequest, reference: str, told: InvocationIn) -> Any:  # noqa: ANN401
    """Test an episode against the trigger; 201 where the compact is invoked, 200 with a test kept.

    An answer that refuses keeps nothing, and a test that is not met is kept: so it answers 200.
    """
    actor = actor_of(request)
    held = sought(episode_for, actor, reference)
    findings = {
        name: Finding(each.value, tuple(each.reasons)) for name, each in told.findings.items()
    }
    with refusals():
        try:
            made = invoke(held, findings, actor=actor, at=timezone.now())
        except TriggerNotMet:
            return Status(HTTPStatus.OK, trials_of(actor, held)[0])
        except FindingsStrange as strange:
            raise Unusable("findings", str(strange), body=True) from None
    return Status(HTTPStatus.CREATED, made)


@router.get(
    "/desk/episodes/{slug:reference}/trials", response=list[TrialOut], auth=READ, summary="Tests"
)
def list_trials(request: HttpRequest, reference: str) -> list[Trial]:
    """Give the tests of the trigger that one's own government made on an episode."""
    actor = actor_of(request)
    return list(trials_of(actor, sought(episode_for, actor, reference)))


def plan_of(told: Any) -> PledgePlan:  # noqa: ANN401 - TermsIn or PledgeIn
    """Give the plan that a program sent."""
    return PledgePlan(**{name: getattr(told, name) for name in PledgePlan.__dataclass_fields__})


def ramps_of(told: PledgeIn) -> list[OffRampPlan]:
    """Give the conditions that a program sent."""
    return [OffRampPlan(**dict(each)) for each in told.off_ramps]


def _told_shipped(key: str) -> dict[str, Any]:
    told = asdict(shipped_episodes()[key])
    told.pop("replay")
    return told
