"""The desk of compacts and episodes: what there is, what is agreed, what was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.coercion.response.actions import (
    accept_membership,
    begin_compact,
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
    EpisodeForm,
    InviteForm,
    TriggerForm,
)
from undaunted.coercion.response.pages.answers import REFUSALS, done, done_with, found
from undaunted.coercion.response.queries import (
    compact_for,
    compacts_for,
    episode_for,
    episode_told,
    episodes_for,
    governments_of,
    invocations_for,
    members_of,
    own_member,
    pledge_lines,
)
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.standards.rules import pack as pack_in_force

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.response.models import Compact

__all__ = [
    "accept",
    "board",
    "compact_page",
    "episode_page",
    "invite",
    "invoke_page",
    "leave",
    "new_compact",
    "new_episode",
    "publish",
    "show",
    "withdraw",
]


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
    }
    return TemplateResponse(request, "response/desk/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_compact(request: HttpRequest) -> HttpResponse:
    """Begin a compact."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = CompactForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            holder = UUID(form.cleaned_data["holder"])
            made = begin_compact(holder, form.plan(), actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("response-desk:compact", made.reference)
    shown = {"form": form, "title": _("Begin a compact")}
    return TemplateResponse(request, "response/desk/form.html", shown)


@face("desk")
@require_safe
def compact_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a compact: members, how they decide, what was pledged beforehand."""
    actor = actor_of(request)
    held = found(compact_for(actor, reference))
    member = own_member(actor, held)
    mine = member.holder if member else held.holder
    facts = Facts(holder=mine, earlier_hands=frozenset())
    chair = Facts(holder=held.holder, earlier_hands=frozenset({held.recorded_by}))
    shown = {
        "compact": held,
        "pack": pack_in_force(held.pack, timezone.now().date()),
        "members": members_of(actor, held),
        "member": member,
        "lines": pledge_lines(actor, held, None),
        "invocations": invocations_for(actor).filter(compact=held),
        "invite": InviteForm(actor=actor),
        "accept": AcceptForm(),
        "may": {
            "record": decide(actor, Verb.RECORD, facts).allowed,
            "accept": decide(actor, Verb.PUBLISH, facts).allowed,
            "invite": decide(actor, Verb.RECORD, chair).allowed,
            "publish": decide(actor, Verb.PUBLISH, chair).allowed,
            "withdraw": decide(actor, Verb.TAKE_DOWN, chair).allowed,
        },
    }
    return TemplateResponse(request, "response/desk/compact.html", shown)


@face("desk")
@require_POST
def invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite a government, as the chair."""
    actor = actor_of(request)
    held = found(compact_for(actor, reference))
    form = InviteForm(request.POST, actor=actor)

    def step() -> object:
        told = form.cleaned_data
        return invite_member(
            held, UUID(told["government"]), actor=actor, at=timezone.now(), weight=told["weight"]
        )

    return done_with(request, form, step, _compact_address(held))


@face("desk")
@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept for one's own government."""
    actor = actor_of(request)
    held = found(compact_for(actor, reference))
    member, form = found(own_member(actor, held)), AcceptForm(request.POST)

    def step() -> object:
        return accept_membership(member, actor=actor, at=timezone.now(), **form.cleaned_data)

    return done_with(request, form, step, _compact_address(held))


@face("desk")
@require_POST
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave for one's own government, or decline."""
    actor = actor_of(request)
    member = found(own_member(actor, found(compact_for(actor, reference))))
    back = reverse("response-desk:board")
    return done(request, lambda: leave_compact(member, actor=actor, at=timezone.now()), back)


@face("desk")
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Let everybody read the compact, as a second person."""
    actor = actor_of(request)
    held = found(compact_for(actor, reference))
    back = _compact_address(held)
    return done(request, lambda: publish_compact(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Hide a compact from everybody but its members."""
    actor = actor_of(request)
    held = found(compact_for(actor, reference))
    back = _compact_address(held)
    return done(request, lambda: withdraw_compact(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_episode(request: HttpRequest) -> HttpResponse:
    """Record an episode."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    form = EpisodeForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            holder = UUID(form.cleaned_data["holder"])
            made = record_episode(holder, form.content(), actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("response-desk:episode", made.reference)
    shown = {"form": form, "title": _("Record an episode")}
    return TemplateResponse(request, "response/desk/form.html", shown)


@face("desk")
@require_safe
def episode_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an episode, who reads it, and what can be done with it."""
    actor = actor_of(request)
    held = found(episode_for(actor, reference))
    mine = [each for each in compacts_for(actor) if own_member(actor, each)]
    shown = {
        "row": held,
        "episode": episode_told(actor, held),
        "compacts": mine if held.holder in governments_of(actor) else (),
        "invocations": invocations_for(actor).filter(episode=held),
        "may_record": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
        "may_invoke": actor.can(Verb.RECORD) and held.compact is not None,
    }
    return TemplateResponse(request, "response/desk/episode.html", shown)


@face("desk")
@require_POST
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the members of a compact read an episode of one's own."""
    actor = actor_of(request)
    held = found(episode_for(actor, reference))
    compact = found(compact_for(actor, request.POST.get("compact", "")))
    back = reverse("response-desk:episode", args=[held.reference])
    return done(request, lambda: show_episode(held, compact, actor=actor, at=timezone.now()), back)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def invoke_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Test an episode against the trigger, and invoke the compact where it is met."""
    actor = actor_of(request)
    held = found(episode_for(actor, reference))
    compact = found(held.compact)
    pack = pack_in_force(compact.pack, timezone.now().date())
    form = TriggerForm(request.POST or None, pack=pack)
    if request.method == "POST" and form.is_valid():
        try:
            made = invoke(held, form.findings(), actor=actor, at=timezone.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("response-desk:invocation", made.pk)
    shown = {"form": form, "title": _("Invoke the compact"), "pack": pack}
    return TemplateResponse(request, "response/desk/form.html", shown)


def _compact_address(compact: Compact) -> str:
    return reverse("response-desk:compact", args=[compact.reference])
