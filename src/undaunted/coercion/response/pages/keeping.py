"""What one's own government keeps in a compact: listed for its people, opened for its team."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.coercion.response.actions import name_team, open_kept
from undaunted.coercion.response.forms import TeamForm
from undaunted.coercion.response.pages.answers import sought, stopped
from undaunted.coercion.response.queries import keeper_of, kept_by, own_member_of, teams_of
from undaunted.coercion.response.rules import ResponseRefused
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.vault.queries import open_key_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.response.models import Member
    from undaunted.core.access.rules import Actor

__all__ = ["kept_address", "kept_page", "team"]


def kept_address(held: Member) -> str:
    """Give the address of what a government keeps in a compact."""
    return reverse("response-desk:kept", args=[held.compact_id])


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def kept_page(request: HttpRequest, reference: str) -> HttpResponse:
    """List what is kept; its texts only when somebody whose key is open asks for them."""
    actor = actor_of(request)
    member = sought(keeper_of, actor, reference)
    opened: dict[UUID, dict[str, str]] = {}
    if request.method == "POST":
        key = open_key_of(actor, request, at=timezone.now())
        if key is None:
            return redirect("vault:vault")
        try:
            opened = open_kept(member, key=key, actor=actor, at=timezone.now())
        except ResponseRefused as refusal:
            return stopped(request, str(refusal), kept_address(member))
    teams = _teams(actor, member)
    shown = {
        "member": member,
        "team": next((name for key, name in teams if key == str(member.team)), ""),
        "kept": [(each, opened.get(each.row.pk, {})) for each in kept_by(actor, member)],
        "opened": opened,
        "form": TeamForm(teams=teams, initial={"team": str(member.team or "")}),
        "may_record": not member.left_at
        and decide(actor, Verb.RECORD, Facts(holder=member.holder)).allowed,
    }
    return TemplateResponse(request, "response/desk/kept.html", shown)


@face("desk")
@require_POST
def team(request: HttpRequest, reference: str) -> HttpResponse:
    """Name the team that opens what is kept; with an open key, what is kept is given to it."""
    actor, at = actor_of(request), timezone.now()
    member = sought(own_member_of, actor, reference)
    form = TeamForm(request.POST, teams=_teams(actor, member))
    if not form.is_valid():
        return stopped(request, f"team: {form.errors['team'][0]}", kept_address(member))
    chosen, key = UUID(form.cleaned_data["team"]), open_key_of(actor, request, at=at)
    try:
        name_team(member, chosen, actor=actor, at=at, key=key)
    except ResponseRefused as refusal:
        return stopped(request, str(refusal), kept_address(member))
    return redirect(kept_address(member))


def _teams(actor: Actor, member: Member) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in teams_of(actor, member)]
