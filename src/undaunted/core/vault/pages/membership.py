"""Teams: who opens what, who is taken in and let go, and how far sealing anew has come."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Role, Verb, decide, face
from undaunted.core.vault.actions import (
    add_member,
    approve_member,
    compare_key,
    decline_member,
    found_team,
    go_on_resealing,
    propose_member,
    remove_member,
)
from undaunted.core.vault.forms import MemberForm, TeamForm
from undaunted.core.vault.pages.sessions import actor_of, ask_for_key, open_key_of, told
from undaunted.core.vault.queries import (
    admission_for,
    admissions_waiting,
    colleagues_for,
    houses_for,
    proposed_for,
    resealing_of,
    standings_for,
    team_for,
    teams_for,
)
from undaunted.core.vault.rules import AdmissionRefused, NotThatTeam, VaultError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.models import Admission, Team
    from undaunted.core.vault.queries import Colleague

__all__ = [
    "add",
    "approve",
    "compare",
    "decline",
    "go_on",
    "remove",
    "take_in",
    "team",
    "teams",
]

AT_ONCE = 1_000
"""Record keys sealed anew in one request; what is left is gone on with by a button."""


@face("desk")
@require_http_methods(["GET", "POST"])
def teams(request: HttpRequest) -> HttpResponse:
    """List the teams, what the reader opens with each, and found another."""
    actor = actor_of(request)
    stewarded = actor.organisations_as(Role.STEWARD)
    holders = [each for each in houses_for(actor) if each[0] in stewarded]
    form = TeamForm(request.POST or None, holders=holders)
    if request.method == "POST" and form.is_valid():
        made = _found(form, actor)
        if made is not None:
            return redirect("vault:team", made.pk)
    mine = standings_for(actor)
    inside = {each.team.pk for each in mine}
    shown = {
        "standings": mine,
        "looked_after": [
            each for each in teams_for(actor).order_by("name") if each.pk not in inside
        ],
        "waiting": admissions_waiting(actor),
        "form": form if holders else None,
    }
    return TemplateResponse(request, "vault/teams.html", shown)


@face("desk")
@require_safe
def team(request: HttpRequest, team: UUID) -> HttpResponse:
    """Show who is in a team, with which keys, and take somebody in."""
    actor = actor_of(request)
    found = _team(actor, team)
    people = colleagues_for(actor, team)
    shown = {
        "team": found,
        "members": [each for each in people if each.since],
        "proposed": _proposed(actor, team, people),
        "form": MemberForm(people=_outside(people)),
        "candidates": _outside(people),
        "keyless": [each.name for each in people if not each.since and not each.key],
        "may_manage": _may_manage(actor, found),
        "inside": any(each.since and each.person == actor.person for each in people),
        "resealing": resealing_of(actor, team),
        "actor": actor.person,
    }
    return TemplateResponse(request, "vault/team.html", shown)


@face("desk")
@require_POST
def add(request: HttpRequest, team: UUID) -> HttpResponse:
    """Propose somebody for the team; a second person approves it."""
    actor = actor_of(request)
    if not _may_manage(actor, _team(actor, team)):
        raise Http404
    form = MemberForm(request.POST, people=_outside(colleagues_for(actor, team)))
    if not form.is_valid():
        messages.error(request, _("Choose one of the colleagues in the list."))
        return redirect("vault:team", team)
    person = UUID(form.cleaned_data["person"])
    return _told(request, team, propose_member, team, person)


@face("desk")
@require_POST
def approve(request: HttpRequest, team: UUID, admission: UUID) -> HttpResponse:
    """Agree, as a second person, that somebody comes into the team."""
    return _told(request, team, approve_member, _admission(request, team, admission).pk)


@face("desk")
@require_POST
def decline(request: HttpRequest, team: UUID, admission: UUID) -> HttpResponse:
    """Take a proposal back, or decline it."""
    return _told(request, team, decline_member, _admission(request, team, admission).pk)


@face("desk")
@require_POST
def take_in(request: HttpRequest, team: UUID, admission: UUID) -> HttpResponse:
    """Take somebody in whom two people agreed on, and seal the team's records to them too."""
    return _changed(request, team, add_member, _admission(request, team, admission).person)


@face("desk")
@require_POST
def remove(request: HttpRequest, team: UUID, person: UUID) -> HttpResponse:
    """Let somebody go, and seal the team's records to the others only."""
    _team(actor_of(request), team)
    return _changed(request, team, remove_member, person)


@face("desk")
@require_POST
def go_on(request: HttpRequest, team: UUID) -> HttpResponse:
    """Seal the next records anew."""
    _team(actor_of(request), team)
    return _changed(request, team, go_on_resealing)


@face("desk")
@require_POST
def compare(request: HttpRequest, team: UUID, key: UUID) -> HttpResponse:
    """Note that the reader compared a fingerprint with its owner."""
    actor = actor_of(request)
    _team(actor, team)
    if key not in {each.key for each in colleagues_for(actor, team)}:
        raise Http404
    try:
        compare_key(key, actor=actor, at=timezone.now())
    except VaultError as refusal:
        messages.error(request, told(refusal))
    return redirect("vault:team", team)


def _told(
    request: HttpRequest, team: UUID, change: Callable[..., None], *what: object
) -> HttpResponse:
    try:
        with transaction.atomic():
            change(*what, actor=actor_of(request), at=timezone.now())
    except VaultError as refusal:
        messages.error(request, told(refusal))
    return redirect("vault:team", team)


def _changed(
    request: HttpRequest, team: UUID, change: Callable[..., int], *whom: object
) -> HttpResponse:
    key = open_key_of(request)
    if key is None:
        return ask_for_key(request)
    actor, at = actor_of(request), timezone.now()
    try:
        with transaction.atomic():
            change(team, *whom, key=key, actor=actor, at=at, most=AT_ONCE)
    except VaultError as refusal:
        messages.error(request, told(refusal))
    left = teams_for(actor).filter(pk=team).exists()
    return redirect("vault:team", team) if left else redirect("vault:teams")


def _found(form: TeamForm, actor: Actor) -> Team | None:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            return found_team(
                UUID(given["holder"]),
                given["name"],
                receives=given["receives"],
                actor=actor,
                at=timezone.now(),
            )
    except IntegrityError:
        form.add_error("name", _("This organisation has a team of that name."))
    except VaultError as refusal:
        form.add_error(None, told(refusal))
    return None


def _team(actor: Actor, team: UUID) -> Team:
    try:
        return team_for(actor, team)
    except NotThatTeam:
        raise Http404 from None


def _admission(request: HttpRequest, team: UUID, admission: UUID) -> Admission:
    actor = actor_of(request)
    _team(actor, team)
    try:
        found = admission_for(actor, admission)
    except AdmissionRefused:
        raise Http404 from None
    if found.team_id != team:
        raise Http404
    return found


def _proposed(actor: Actor, team: UUID, people: tuple[Colleague, ...]) -> list[dict[str, object]]:
    """Give who is proposed, with names, and what the reader can do about it."""
    names = {each.person: each.name for each in people}
    return [
        {
            "id": each.admission.pk,
            "name": names.get(each.admission.person, ""),
            "by": names.get(each.admission.proposed_by, ""),
            "at": each.admission.proposed_at,
            "approved": each.admission.approved_at is not None,
            "own": each.refusal == "own",
            "why_not": told(AdmissionRefused(each.refusal)) if each.refusal else "",
        }
        for each in proposed_for(actor, team)
    ]


def _may_manage(actor: Actor, team: Team) -> bool:
    return decide(actor, Verb.MANAGE_TEAM, Facts(holder=team.holder)).allowed


def _outside(people: tuple[Colleague, ...]) -> list[tuple[UUID, str]]:
    return [(each.person, each.name) for each in people if each.key and not each.since]
