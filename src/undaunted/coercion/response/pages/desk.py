"""The desk of compacts and episodes: what there is, what is agreed, what was recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.response.actions import (
    accept_membership,
    begin_compact,
    confirm_invitations,
    confirm_membership,
    hide_member,
    invite_member,
    invoke,
    leave_compact,
    publish_compact,
    record_episode,
    show_episode,
    withdraw_compact,
)
from undaunted.coercion.response.forms import (
    AcceptForm,
    CompactForm,
    EpisodeForms,
    InviteForm,
    ShowForm,
    StepForm,
    TriggerForm,
)
from undaunted.coercion.response.pages.answers import found, sought, taken, written
from undaunted.coercion.response.queries import (
    chaired_by,
    compact_for,
    compacts_for,
    episode_for,
    episode_told,
    episodes_for,
    governments_of,
    invocations_for,
    left_by,
    members_of,
    own_member,
    own_member_of,
    pledge_lines,
    step_of,
    steps_waiting,
    trials_of,
)
from undaunted.coercion.response.rules import StepKind
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.accounts.queries import account_name
from undaunted.core.standards.rules import pack as pack_in_force

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.response.models import Compact, Episode, Invocation, Member
    from undaunted.core.access.rules import Actor

__all__ = [
    "accept",
    "board",
    "compact_address",
    "compact_page",
    "confirm",
    "episode_address",
    "episode_page",
    "hide",
    "invite",
    "invoke_page",
    "leave",
    "member_address",
    "new_compact",
    "new_episode",
    "publish",
    "send",
    "show",
    "withdraw",
]


def compact_address(held: Compact) -> str:
    """Give the address of a compact."""
    return reverse("response-desk:compact", args=[held.pk])


def episode_address(held: Episode) -> str:
    """Give the address of an episode."""
    return reverse("response-desk:episode", args=[held.pk])


def member_address(held: Member) -> str:
    """Give the address of the compact of a member."""
    return compact_address(held.compact)


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List invocations, compacts and episodes of one's own government."""
    actor = actor_of(request)
    shown = {
        "compacts": compacts_for(actor)[:200],
        "episodes": episodes_for(actor)[:200],
        "invocations": invocations_for(actor)[:200],
        "may_record": actor.can(Verb.RECORD),
        "steps": steps_waiting(actor)[:200],
        "left": [(each, chaired_by(actor, str(each.compact_id))) for each in left_by(actor)[:200]],
    }
    return TemplateResponse(request, "response/desk/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_compact(request: HttpRequest) -> HttpResponse:
    """Begin a compact."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = CompactForm(request.POST or None, actor=actor)

    def step() -> Compact:
        holder = UUID(form.cleaned_data["holder"])
        return begin_compact(holder, form.plan(), actor=actor, at=timezone.now())

    if made := written(request, form, step):
        return redirect(compact_address(made))
    shown = {"form": form, "title": _("Begin a compact")}
    return TemplateResponse(request, "response/desk/form.html", shown)


@face("desk")
@require_safe
def compact_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a compact: members, how they decide, what was pledged beforehand."""
    actor = actor_of(request)
    held = sought(compact_for, actor, reference)
    member = own_member(actor, held)
    mine = member.holder if member else held.holder
    facts = Facts(holder=mine, earlier_hands=frozenset())
    chair = Facts(holder=held.holder, earlier_hands=frozenset({held.recorded_by}))
    roll = list(members_of(actor, held))
    step = step_of(actor, member)
    proposed = frozenset({step.recorded_by}) if step else frozenset()
    sending = Facts(holder=held.holder, earlier_hands=frozenset())
    shown = {
        "compact": held,
        "pack": pack_in_force(held.pack, timezone.now().date()),
        "members": roll,
        "agreed": any(each.agreed for each in roll),
        "waiting": any(not each.invited_at and each.holder != held.holder for each in roll),
        "member": member,
        "lines": pledge_lines(actor, held, None),
        "invocations": invocations_for(actor).filter(compact=held),
        "invite": InviteForm(actor=actor),
        "accept": AcceptForm(),
        "step": step,
        "may": {
            "record": decide(actor, Verb.RECORD, facts).allowed,
            "confirm": decide(actor, Verb.PUBLISH, replace(facts, earlier_hands=proposed)).allowed,
            "hide": decide(actor, Verb.TAKE_DOWN, facts).allowed,
            "send": decide(actor, Verb.PUBLISH, sending).allowed,
            "invite": decide(actor, Verb.RECORD, chair).allowed,
            "publish": decide(actor, Verb.PUBLISH, chair).allowed,
            "withdraw": decide(actor, Verb.TAKE_DOWN, chair).allowed,
        },
    }
    return TemplateResponse(request, "response/desk/compact.html", shown)


@taken(compact_for, compact_address, lambda told, _, actor: InviteForm(told, actor=actor))
def invite(held: Compact, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Put a government on the roll, as the chair."""
    invite_member(held, UUID(told["government"]), actor=actor, at=at, weight=told["weight"])


@taken(own_member_of, member_address, lambda told, *_: AcceptForm(told))
def accept(member: Member, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Propose that one's own government accept."""
    accept_membership(member, actor=actor, at=at, **told)


@taken(own_member_of, member_address)
def leave(member: Member, *, actor: Actor, at: datetime) -> None:
    """Propose that one's own government leave, or decline."""
    leave_compact(member, actor=actor, at=at)


@taken(own_member_of, lambda _: reverse("response-desk:board"), lambda told, *_: StepForm(told))
def confirm(member: Member, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Confirm what a colleague proposed for the membership, as a second person."""
    confirm_membership(member, StepKind(told["kind"]), actor=actor, at=at)


@taken(compact_for, compact_address)
def send(held: Compact, *, actor: Actor, at: datetime) -> None:
    """Confirm the invitations that wait, as a second person of the chair."""
    confirm_invitations(held, actor=actor, at=at)


@taken(own_member_of, member_address)
def hide(member: Member, *, actor: Actor, at: datetime) -> None:
    """Take the name of one's own government out of what is public."""
    hide_member(member, actor=actor, at=at)


@taken(compact_for, compact_address)
def publish(held: Compact, *, actor: Actor, at: datetime) -> None:
    """Let everybody read the compact, as a second person."""
    publish_compact(held, actor=actor, at=at)


@taken(chaired_by, lambda _: reverse("response-desk:board"))
def withdraw(held: Compact, *, actor: Actor, at: datetime) -> None:
    """Hide a compact from everybody but its members."""
    withdraw_compact(held, actor=actor, at=at)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_episode(request: HttpRequest) -> HttpResponse:
    """Record an episode."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    sent = request.method == "POST"
    form = EpisodeForms(
        request.POST if sent else None, request.FILES if sent else None, actor=actor
    )

    def step() -> Episode:
        holder = UUID(form.main.cleaned_data["holder"])
        return record_episode(holder, form.content(), actor=actor, at=timezone.now())

    if not form.asks_for_more and (made := written(request, form, step)):
        return redirect(episode_address(made))
    return TemplateResponse(request, "response/desk/new_episode.html", {"written": form})


@face("desk")
@require_safe
def episode_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an episode, who reads it, and what can be done with it."""
    actor = actor_of(request)
    held = sought(episode_for, actor, reference)
    mine = [each for each in compacts_for(actor) if own_member(actor, each)]
    shown = {
        "row": held,
        "episode": episode_told(actor, held),
        "compacts": mine if held.holder in governments_of(actor) else (),
        "invocations": invocations_for(actor).filter(episode=held),
        "trials": [
            (each, account_name(actor, each.recorded_by)) for each in trials_of(actor, held)
        ],
        "may_record": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
        "may_invoke": actor.can(Verb.RECORD) and held.compact is not None,
    }
    return TemplateResponse(request, "response/desk/episode.html", shown)


@taken(episode_for, episode_address, lambda told, *_: ShowForm(told))
def show(held: Episode, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Let the members of a compact read an episode of one's own."""
    show_episode(held, sought(compact_for, actor, told["compact"]), actor=actor, at=at)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def invoke_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Test an episode against the trigger, and invoke the compact where it is met."""
    actor = actor_of(request)
    held = sought(episode_for, actor, reference)
    compact = found(held.compact)
    pack = pack_in_force(compact.pack, timezone.now().date())
    form = TriggerForm(request.POST or None, pack=pack)

    def step() -> Invocation:
        return invoke(held, form.findings(), actor=actor, at=timezone.now())

    if made := written(request, form, step):
        return redirect("response-desk:invocation", made.pk)
    shown = {"form": form, "title": _("Invoke the compact"), "pack": pack}
    return TemplateResponse(request, "response/desk/form.html", shown)
