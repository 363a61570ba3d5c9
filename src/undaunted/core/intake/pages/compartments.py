"""Compartments, people on duty, emergencies with their alarms, and declared conflicts."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Role, face
from undaunted.core.intake.actions import (
    ConflictFound,
    NoSuchColleague,
    break_mailbox,
    declare_conflict,
    end_conflict,
    open_mailbox,
    read_attachment,
)
from undaunted.core.intake.forms import DOOR_TITLES
from undaunted.core.intake.forms.casework import SEVERITIES, BreakForm, ChooseForm, ConflictForm
from undaunted.core.intake.pages.frame import actor_of, key_of
from undaunted.core.intake.pages.handing import hand_clean_copy
from undaunted.core.intake.pages.shown import plain
from undaunted.core.intake.queries import (
    attachments_for,
    colleagues_for,
    conflicts_for,
    kept_from_mailboxes,
    mailbox_for,
    unattended_for,
)
from undaunted.core.intake.rules import ConflictKind, Door, Severity, WhyBroken, WhyOpened, look_by
from undaunted.core.places.rules import country_name
from undaunted.core.vault.actions import (
    acknowledge_alarm,
    close_team,
    cover_team,
    open_in_emergency,
    put_on_duty,
)
from undaunted.core.vault.queries import duty_for, teams_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.core.intake.actions import Opened
    from undaunted.core.intake.models import Mailbox
    from undaunted.core.vault.rules import OpenKey

__all__ = [
    "acknowledge",
    "break_open",
    "close_sessions",
    "compartments",
    "conflicts",
    "cover",
    "emergency",
    "emergency_file",
    "end",
    "on_duty",
]


@face("desk")
@require_safe
def compartments(request: HttpRequest) -> HttpResponse:
    """Show the actor's compartments: who is in them, and who opens in an emergency."""
    return _compartments(request)


@face("desk")
@require_POST
def on_duty(request: HttpRequest, team: UUID) -> HttpResponse:
    """Give a team the key with which it opens in emergencies what others have sealed to it."""
    return _done(request, lambda actor, at: put_on_duty(team, actor=actor, at=at))


@face("desk")
@require_POST
def cover(request: HttpRequest, team: UUID) -> HttpResponse:
    """Choose which team opens a compartment in an emergency, or none."""
    key = key_of(request)
    if key is None:
        return redirect("vault:vault")
    duty = _id(request.POST.get("which", "")) if request.POST.get("which") else None
    return _done(request, lambda actor, at: cover_team(team, duty, key=key, actor=actor, at=at))


@face("desk")
@require_POST
def close_sessions(request: HttpRequest, team: UUID) -> HttpResponse:
    """Sign everybody of a team out at once."""
    return _done(request, lambda actor, at: close_team(team, actor=actor, at=at))


@face("desk")
@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    """Show what is late and unread in compartments that have put the actor on duty."""
    now = timezone.now()
    lines = [
        {
            "mailbox": each.mailbox,
            "team": each.team,
            "door": DOOR_TITLES[Door(each.door)],
            "severity": SEVERITIES[Severity(each.severity)],
            "since": each.since,
            "late": now > look_by(Severity(each.severity), each.since),
        }
        for each in unattended_for(actor_of(request))
    ]
    shown = {"lines": lines, "form": BreakForm(), "key_open": key_of(request) is not None}
    return TemplateResponse(request, "intake/desk/emergency.html", shown)


@face("desk")
@require_POST
def break_open(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """Raise the alarm and show what lies in a mailbox of another team."""
    form, key = BreakForm(request.POST), key_of(request)
    if not form.is_valid():
        raise Http404
    if key is None:
        return redirect("vault:vault")
    actor, at = actor_of(request), timezone.now()
    try:
        why = WhyBroken(form.cleaned_data["why"])
        opened = break_mailbox(mailbox, why=why, key=key, actor=actor, at=at)
    except VaultError:
        raise Http404 from None
    box = mailbox_for(actor, mailbox)
    if box is None:
        raise Http404
    return _broken(request, box, opened)


@face("desk")
@require_POST
def emergency_file(request: HttpRequest, mailbox: UUID, attachment: UUID) -> HttpResponse:
    """Give the clean copy of a file while the hour of an emergency lasts."""
    actor, at, key = actor_of(request), timezone.now(), key_of(request)
    box = mailbox_for(actor, mailbox)
    held = attachments_for(actor, box).filter(pk=attachment).first() if box else None
    if box is None or held is None:
        raise Http404
    if key is None:
        return redirect("vault:vault")
    try:
        opened = open_in_emergency(mailbox, key=key, actor=actor, at=at)
        original = read_attachment(
            held, box, key=opened, actor=actor, at=at, reason=WhyOpened.EMERGENCY
        )
    except ConflictFound:
        return TemplateResponse(request, "intake/desk/kept_from.html", {}, status=403)
    except VaultError:
        raise Http404 from None
    return hand_clean_copy(original, held.pk, _refuse_file)


@face("desk")
@require_POST
def acknowledge(request: HttpRequest, alarm: UUID) -> HttpResponse:
    """Take note of an emergency opening of somebody else."""
    acknowledge_alarm(alarm, actor=actor_of(request), at=timezone.now())
    return redirect("intake-desk:queue")


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: HttpRequest) -> HttpResponse:
    """Show declared conflicts with states and organisations, and take another one."""
    actor = actor_of(request)
    people = _people(actor)
    holder = next(iter(sorted(actor.organisations_as(Role.DOCUMENTER, Role.STEWARD))), None)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and holder and form.is_valid():
        person = _id(request.POST.get("which") or str(actor.person))
        place = people.get(person, (holder, ""))[0]
        if _declared(form, person, place, actor):
            return redirect("intake-desk:conflicts")
    names = {person: name for person, (_holder, name) in people.items()}
    shown = {
        "form": form,
        "lines": [
            {
                "conflict": each,
                "about": country_name(each.about)
                if each.kind == ConflictKind.STATE
                else each.about,
                "own": each.user == actor.person,
                "name": names.get(each.user, ""),
            }
            for each in conflicts_for(actor)
        ],
        "who": ChooseForm(None, _("Who has it?"), [(actor.person, _("me")), *names.items()], "who")
        if names
        else None,
    }
    return TemplateResponse(request, "intake/desk/conflicts.html", shown)


@face("desk")
@require_POST
def end(request: HttpRequest, conflict: UUID) -> HttpResponse:
    """End the conflict of somebody else."""
    end_conflict(conflict, actor=actor_of(request), at=timezone.now())
    return redirect("intake-desk:conflicts")


def _declared(form: ConflictForm, person: UUID, holder: UUID, actor: Actor) -> bool:
    """Record the conflict; tells on the form where there is nobody to record it of."""
    given = form.cleaned_data
    kind = ConflictKind(given["kind"])
    try:
        declare_conflict(person, holder, kind, given["about"], actor=actor, at=timezone.now())
    except NoSuchColleague:
        form.add_error(None, _("Choose a colleague of yours."))
        return False
    return True


def _compartments(request: HttpRequest, problem: str = "") -> HttpResponse:
    actor = actor_of(request)
    teams = list(teams_for(actor).order_by("name"))
    covering = {team.pk for team in teams if duty_for(actor, team.pk) is not None}
    covering |= {team.duty for team in teams if team.duty}
    shown = {
        "lines": [_team(each, teams, covering, actor) for each in teams],
        "problem": problem,
        "key_open": key_of(request) is not None,
    }
    return TemplateResponse(request, "intake/desk/compartments.html", shown)


def _team(
    team: Any,  # noqa: ANN401 - a row of the vault, whose table is its own
    teams: list[Any],
    covering: set[UUID],
    actor: Actor,
) -> dict[str, object]:
    names = {each.pk: each.name for each in teams}
    people = colleagues_for(actor, team.pk)
    steward = team.holder in actor.organisations_as(Role.STEWARD)
    member = any(each.id == actor.person for each in people)
    others = [
        (each.pk, each.name)
        for each in teams
        if each.pk in covering and each.pk != team.pk and each.holder == team.holder
    ]
    label = gettext_lazy("Who opens in an emergency")
    return {
        "team": team,
        "people": people,
        "duty": names.get(team.duty, _("another team")) if team.duty else "",
        "is_on_duty": team.pk in covering,
        "may_put_on_duty": steward and member and team.pk not in covering,
        "may_close": steward,
        "kept": [
            (each, DOOR_TITLES[Door(each.mailbox.door)])
            for each in kept_from_mailboxes(actor, team.pk)
        ]
        if steward and member
        else [],
        "cover": ChooseForm(None, label, others, f"cover-{team.pk}")
        if steward and member and others
        else None,
    }


def _done(request: HttpRequest, action: object) -> HttpResponse:
    """Do something to a team; what the vault or the database refuses is told on the page."""
    try:
        with transaction.atomic():
            action(actor_of(request), timezone.now())  # type: ignore[operator]
    except VaultError as error:
        return _compartments(request, str(error))
    except DatabaseError:
        return _compartments(request, _("This is not possible for this compartment."))
    return redirect("intake-desk:compartments")


def _broken(request: HttpRequest, box: Mailbox, key: OpenKey) -> HttpResponse:
    actor, at = actor_of(request), timezone.now()
    letters: tuple[Opened, ...] = ()
    problem = ""
    try:
        letters = open_mailbox(box, key=key, actor=actor, at=at, reason=WhyOpened.EMERGENCY)
    except ConflictFound:
        return TemplateResponse(request, "intake/desk/kept_from.html", {}, status=403)
    except VaultError as error:
        problem = str(error)
    shown = {
        "box": box,
        "letters": [plain(each) for each in letters],
        "files": attachments_for(actor, box),
        "problem": problem,
    }
    return TemplateResponse(request, "intake/desk/broken.html", shown)


def _refuse_file(answer: HttpResponse, told: str) -> None:
    answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    answer.content = told.encode()


def _people(actor: Actor) -> dict[UUID, tuple[UUID, str]]:
    """Give the colleagues for whom a steward may record a conflict."""
    stewarded = actor.organisations_as(Role.STEWARD)
    found: dict[UUID, tuple[UUID, str]] = {}
    for team in teams_for(actor).filter(holder__in=stewarded):
        for each in colleagues_for(actor, team.pk):
            if each.id != actor.person:
                found[each.id] = (team.holder, each.name)
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
