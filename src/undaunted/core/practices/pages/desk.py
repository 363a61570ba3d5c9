"""The desk of the library: proposing, reviewing, looking again after a year, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.practices.actions import (
    PracticeRefused,
    accept_version,
    confirm_practice,
    decline_version,
    propose_practice,
    revise_practice,
    withdraw_practice,
)
from undaunted.core.practices.forms import DeclineForm, EntryForms, WithdrawForm
from undaunted.core.practices.queries import (
    practice_for,
    practices_for,
    version_for,
    versions_of,
    waiting_versions,
)
from undaunted.core.practices.rules import State, Withdrawal, overdue
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.practices.models import Practice, Version

__all__ = [
    "accept",
    "board",
    "confirm",
    "decline",
    "new",
    "practice_page",
    "revise",
    "withdraw",
]

Thing = TypeVar("Thing")


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person, and every practice with when it was last looked at."""
    actor = actor_of(request)
    today = timezone.now().date()
    rows = [
        (row, bool(row.reviewed_at and overdue(row.reviewed_at.date(), today)))
        for row in practices_for(actor)
    ]
    shown = {
        "waiting": waiting_versions(actor),
        "practices": rows,
        "may_propose": actor.can(Verb.RECORD),
    }
    return TemplateResponse(request, "practices/board.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose a practice."""
    actor = actor_of(request)
    actor.person  # noqa: B018 - raises for the public
    sent = request.POST if request.method == "POST" else None
    written = EntryForms(sent, actor=actor)
    if sent is not None and "more" in sent:
        written.add_rows(sent["more"])
    elif sent is not None and (entry := written.entry()) is not None:
        holder, readers = written.main.holder, written.readers
        try:
            made = propose_practice(holder, entry, actor=actor, at=timezone.now(), readers=readers)
        except PracticeRefused as refusal:
            written.main.add_error(None, str(refusal))
        else:
            return redirect("practices-desk:practice", made.practice_id)
    return _form(request, written, heading=_("Propose a practice"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, practice: UUID) -> HttpResponse:
    """Propose another text; what was accepted stands until somebody has accepted this one."""
    actor = actor_of(request)
    held = _found(practice_for(actor, practice))
    newest = _found(versions_of(actor, held).first())
    sent = request.POST if request.method == "POST" else None
    written = EntryForms(sent, actor=actor, practice=held, entry=newest.entry)
    if sent is not None and "more" in sent:
        written.add_rows(sent["more"])
    elif sent is not None and (entry := written.entry()) is not None:
        try:
            revise_practice(held, entry, actor=actor, at=timezone.now(), readers=written.readers)
        except PracticeRefused as refusal:
            written.main.add_error(None, str(refusal))
        else:
            return redirect("practices-desk:practice", held.pk)
    return _form(request, written, heading=_("Revise a practice"), practice=held)


@face("desk")
@require_safe
def practice_page(request: HttpRequest, practice: UUID) -> HttpResponse:
    """Show a practice with all its versions, and what this person may do."""
    actor = actor_of(request)
    held = _found(practice_for(actor, practice))
    versions = list(versions_of(actor, held))
    current = next((row for row in versions if row.number == held.current), None)
    waiting = next((row for row in versions if row.state == State.WAITING), None)
    wanted = request.GET.get("version", "")
    asked = next((row for row in versions if str(row.number) == wanted), None)
    seen = asked or waiting or current or (versions[0] if versions else None)
    return TemplateResponse(
        request,
        "practices/practice.html",
        {
            "practice": held,
            "versions": versions,
            "seen": seen,
            "entry": seen.entry if seen else None,
            "waiting": waiting,
            "overdue": _overdue(held),
            "decline": DeclineForm(),
            "withdraw": WithdrawForm(),
            "may": _may(actor, held, waiting, current),
            "public": current is not None and current.tlp == "CLEAR" and held.withdrawn_at is None,
        },
    )


@face("desk")
@require_POST
def accept(request: HttpRequest, version: UUID) -> HttpResponse:
    """Accept what somebody else proposed."""
    held = _found(version_for(actor_of(request), version))
    try:
        accept_version(held, actor=actor_of(request), at=timezone.now())
    except PracticeRefused as refusal:
        return _stopped(request, refusal, held.practice_id)
    return redirect("practices-desk:practice", held.practice_id)


@face("desk")
@require_POST
def decline(request: HttpRequest, version: UUID) -> HttpResponse:
    """Decline a version, with the reason."""
    held = _found(version_for(actor_of(request), version))
    form = DeclineForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    try:
        decline_version(held, why, actor=actor_of(request), at=timezone.now())
    except PracticeRefused as refusal:
        return _stopped(request, refusal, held.practice_id)
    return redirect("practices-desk:practice", held.practice_id)


@face("desk")
@require_POST
def confirm(request: HttpRequest, practice: UUID) -> HttpResponse:
    """Say that a practice still holds."""
    held = _found(practice_for(actor_of(request), practice))
    try:
        confirm_practice(held, actor=actor_of(request), at=timezone.now())
    except PracticeRefused as refusal:
        return _stopped(request, refusal, held.pk)
    return redirect("practices-desk:practice", held.pk)


@face("desk")
@require_POST
def withdraw(request: HttpRequest, practice: UUID) -> HttpResponse:
    """Hide a practice everywhere at once."""
    held = _found(practice_for(actor_of(request), practice))
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _stopped(request, _("Say why, in one of the words offered."), held.pk)
    why = Withdrawal(form.cleaned_data["why"])
    try:
        withdraw_practice(held, why, actor=actor_of(request), at=timezone.now())
    except PracticeRefused as refusal:
        return _stopped(request, refusal, held.pk)
    return redirect("practices-desk:practice", held.pk)


def _may(
    actor: Actor, practice: Practice, waiting: Version | None, current: Version | None
) -> dict[str, bool]:
    """Give what this person is offered; the actions ask again."""

    def allowed(verb: Verb, written: Version | None = None) -> bool:
        hands = frozenset({written.proposed_by} if written else ())
        facts = Facts(holder=practice.holder, earlier_hands=hands)
        return practice.withdrawn_at is None and decide(actor, verb, facts).allowed

    own = waiting is not None and waiting.proposed_by == actor.id
    return {
        "accept": waiting is not None and allowed(Verb.REVIEW_PRACTICE, waiting),
        "decline": waiting is not None and (own or allowed(Verb.REVIEW_PRACTICE, waiting)),
        "own": own,
        "revise": waiting is None and allowed(Verb.RECORD),
        "confirm": current is not None and allowed(Verb.REVIEW_PRACTICE, current),
        "withdraw": allowed(Verb.TAKE_DOWN),
    }


def _overdue(practice: Practice) -> bool:
    looked = practice.reviewed_at
    return looked is not None and overdue(looked.date(), timezone.now().date())


def _form(request: HttpRequest, written: EntryForms, **words: object) -> TemplateResponse:
    return TemplateResponse(request, "practices/form.html", {"written": written, **words})


def _stopped(request: HttpRequest, problem: object, practice: UUID) -> TemplateResponse:
    back = reverse("practices-desk:practice", args=[practice])
    return stopped(request, problem, back)


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing
