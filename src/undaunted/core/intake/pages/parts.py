"""Places for a file that a browser has sealed and sends in parts, and for a sealed draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.intake.actions import (
    DraftTooLarge,
    FileTooLarge,
    HandedInAlready,
    NoRoom,
    NotWhole,
    TooManyFiles,
    keep_sealed_draft,
    take_file,
    take_part,
)
from undaunted.core.intake.pages.gate import stopped
from undaunted.core.intake.queries import files_of, mailbox_by_lookup
from undaunted.core.intake.readers import SealedUnreadable, read_draft, read_file
from undaunted.core.intake.rules import LARGEST_PART
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.intake.queries import Found

__all__ = ["draft", "part", "whole_file"]


@csrf_exempt
@face("intake")
@require_POST
def part(request: HttpRequest, record: UUID, start: int) -> HttpResponse:
    """Keep one part; answers how much is there, with 409 where the part does not follow it.

    The first passes the gate, as a message does.
    """
    given = request.headers
    wait = None if start else stopped(given.get("X-Ticket", ""), given.get("X-Answer", ""))
    if wait is not None:
        return wait
    found, files = _mailbox(request.headers.get("X-Mailbox", ""))
    if found is None:
        return _refused("nothing", 404)
    sent = request.body
    if not 0 < len(sent) <= LARGEST_PART:
        return _refused("part", 413)
    try:
        held = take_part(found, record, start, sent, files=files, at=timezone.now())
    except NoRoom:
        return _refused("room", 507)
    except (FileTooLarge, TooManyFiles, VaultError) as problem:
        return _refused(str(problem), 422 if isinstance(problem, VaultError) else 413)
    return JsonResponse({"held": held}, status=200 if held == start + len(sent) else 409)


@csrf_exempt
@face("intake")
@require_POST
def whole_file(request: HttpRequest) -> HttpResponse:
    """Let what has arrived be a file of its mailbox, if it is what was sealed."""
    try:
        sent = read_file(request.body)
        found = mailbox_by_lookup(PUBLIC, sent.lookup)
        if found is None:
            return _refused("nothing", 404)
        take_file(found, sent, at=timezone.now())
    except (SealedUnreadable, NotWhole, VaultError) as problem:
        return _refused(str(problem), 422)
    return JsonResponse({"kept": True}, status=201)


@csrf_exempt
@face("intake")
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep a draft that only its receipt opens."""
    try:
        sent = read_draft(request.body)
        wait = stopped(sent.ticket, sent.answer)
        if wait is not None:
            return wait
        keep_sealed_draft(sent.lookup, sent.envelope)
    except (SealedUnreadable, VaultError) as problem:
        return _refused(str(problem), 422)
    except DraftTooLarge as problem:
        return _refused(str(problem), 413)
    except HandedInAlready:
        return _refused("handed in", 409)
    return JsonResponse({"kept": True}, status=201)


def _mailbox(text: str) -> tuple[Found | None, int]:
    try:
        lookup = bytes.fromhex(text)
    except ValueError:
        return None, 0
    return mailbox_by_lookup(PUBLIC, lookup), files_of(PUBLIC, lookup)


def _refused(reason: str, status: int) -> HttpResponse:
    return JsonResponse({"detail": reason}, status=status)
