"""What the script on our pages asks for: the team's public keys, and places for sealed things."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.intake.actions import TooMuchToday, note_read, take_in, take_message
from undaunted.core.intake.pages.gate import stopped
from undaunted.core.intake.pages.returning import WHY_OPENED
from undaunted.core.intake.queries import (
    draft_by_lookup,
    mailbox_by_lookup,
    next_message,
    receiving_teams,
)
from undaunted.core.intake.readers import SealedUnreadable, read_box, read_lookup, read_message
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import INTAKE, VaultError
from undaunted.site.components.dates import date_text, moment_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["box", "keys", "message", "sealed"]


@csrf_exempt
@face("intake")
@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """Give the public keys to seal to."""
    team = next(iter(receiving_teams(PUBLIC)), None)
    if team is None:
        return _refused("nobody", 503)
    try:
        held = team_keys(PUBLIC, team.id, door=INTAKE)
    except VaultError as problem:
        return _refused(str(problem), 503)
    told = {
        "team": str(team.id),
        "holder": str(team.holder),
        "recipients": list(held.recipients.values()),
    }
    return JsonResponse(told)


@csrf_exempt
@face("intake")
@require_POST
def sealed(request: HttpRequest) -> HttpResponse:
    """Take in what was sealed in the browser."""
    try:
        sent = read_box(request.body)
        wait = stopped(sent.ticket, sent.answer)
        if wait is not None:
            return wait
        take_in(sent, at=timezone.now())
    except (SealedUnreadable, VaultError) as problem:
        return _refused(str(problem), 422)
    except DatabaseError:
        return _refused("taken", 409)
    return JsonResponse({"kept": True}, status=201)


@csrf_exempt
@face("intake")
@require_POST
def box(request: HttpRequest) -> HttpResponse:
    """Give what lies in a mailbox, sealed. A name that is not known is answered alike."""
    try:
        lookup = read_lookup(request.body)
    except SealedUnreadable as problem:
        return _refused(str(problem), 422)
    found, draft = mailbox_by_lookup(PUBLIC, lookup), draft_by_lookup(PUBLIC, lookup)
    if found is None:
        held = {} if draft is None else {"draft": base64.b64encode(draft).decode()}
        return JsonResponse({"found": False, **held})
    note_read(found, lookup, at=timezone.now())
    recipient, number = next_message(PUBLIC, found)
    team = team_keys(PUBLIC, found.team, door=INTAKE)
    told = {
        "found": True,
        "recipients": list(team.recipients.values()),
        "record": str(found.id),
        "holder": str(found.holder),
        "record_recipient": recipient,
        "next": number,
        "replies": [
            {
                "sequence": reply.bound.sequence,
                "envelope": base64.b64encode(reply.envelope).decode(),
                "at": moment_text(reply.at),
                "unread": reply.unread,
            }
            for reply in found.replies
        ],
        "looked": [
            _("%(day)s: %(organisation)s (%(reason)s)")
            % {
                "day": date_text(each.on),
                "organisation": each.organisation,
                "reason": WHY_OPENED.get(each.reason, each.reason),
            }
            for each in found.looked
        ],
    }
    return JsonResponse(told)


@csrf_exempt
@face("intake")
@require_POST
def message(request: HttpRequest) -> HttpResponse:
    """Take in one more message."""
    try:
        sent = read_message(request.body)
        wait = stopped(sent.ticket, sent.answer)
        if wait is not None:
            return wait
        found = mailbox_by_lookup(PUBLIC, sent.lookup)
        if found is None:
            return _refused("nothing", 404)
        take_message(found, sent, at=timezone.now())
    except TooMuchToday:
        return _refused("today", 507)
    except (SealedUnreadable, VaultError) as problem:
        return _refused(str(problem), 422)
    return JsonResponse({"kept": True}, status=201)


def _refused(reason: str, status: int) -> HttpResponse:
    return JsonResponse({"detail": reason}, status=status)
