"""Coming back with a receipt: read the team's answers, see who looked, write again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.intake.actions import (
    NoRoom,
    TooMuchToday,
    attach,
    drop_unattached,
    open_draft,
    read_replies,
    write_message,
)
from undaunted.core.intake.forms import ReceiptForm, ReplyForm, form_for
from undaunted.core.intake.forms.uploads import LeavingHandler, SealedFile, SealingHandler
from undaunted.core.intake.pages.doors import asking
from undaunted.core.intake.pages.gate import new_ticket, pass_gate, ticket_of
from undaunted.core.intake.queries import draft_by_lookup, files_of, mailbox_by_receipt, receives
from undaunted.core.intake.rules import MOST_FILES, WhyOpened

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.intake.queries import Found
    from undaunted.core.intake.rules import Receipt

__all__ = ["WHY_OPENED", "add_file", "come_back", "write"]

WHY_OPENED = {
    WhyOpened.FIRST_LOOK.value: _("a first look"),
    WhyOpened.CASEWORK.value: _("work on what you asked"),
    WhyOpened.HANDOVER.value: _("handing it to a colleague"),
    WhyOpened.SECOND_OPINION.value: _("a second opinion"),
    WhyOpened.EMERGENCY.value: _("an emergency; somebody outside the team opened it"),
    WhyOpened.EXPORT.value: _("a copy was taken out, which two people agreed to"),
}


@csrf_exempt
@face("intake")
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt and show what lies in its mailbox."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        receipt = form.cleaned_data["receipt"]
        envelope = draft_by_lookup(PUBLIC, receipt.lookup)
        draft = open_draft(envelope, receipt) if envelope else None
        if draft is not None:
            return asking(request, form_for(draft.door, draft=draft), draft.door, status=200)
        return _mailbox(request, receipt)
    return TemplateResponse(request, "intake/come_back.html", {"form": form})


@csrf_exempt
@face("intake")
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Seal one more message. What was typed comes back where it cannot be taken now."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        shown = {"form": form, "ticket": request.POST.get("ticket") or new_ticket()}
        return TemplateResponse(request, "intake/write.html", shown, status=422)
    ticket = ticket_of(request.POST.get("ticket", ""))
    asked = pass_gate(ticket)
    if asked is not None:
        return _wait(request, form, ticket.text if ticket else new_ticket(), asked.seconds)
    receipt = form.cleaned_data["receipt"]
    found = mailbox_by_receipt(PUBLIC, receipt)
    if found is None:
        return _nothing(request)
    try:
        write_message(found, form.cleaned_data["message"], receipt, at=timezone.now())
    except TooMuchToday:
        shown = {"form": form, "too_much": True, "ticket": new_ticket()}
        return TemplateResponse(request, "intake/write.html", shown, status=507)
    return _mailbox(request, receipt, written=True)


@csrf_exempt
@face("intake")
@require_POST
def add_file(request: HttpRequest, team: UUID) -> HttpResponse:
    """Seal one file as it arrives. Its receipt is read last, so a file without one is dropped.

    The ticket stands in the address, so that whoever waits is told before a byte is sealed.
    """
    ticket = ticket_of(request.GET.get("ticket", ""))
    asked = pass_gate(ticket)
    if asked is not None:
        return _file_waits(request, team, ticket.text if ticket else new_ticket(), asked.seconds)
    if not receives(PUBLIC, team):
        raise Http404
    handler = SealingHandler(team, request)
    request.upload_handlers = [handler]
    try:
        form, sealed = ReceiptForm(request.POST), request.FILES.get("file")
    except NoRoom:
        return TemplateResponse(request, "intake/no_file.html", {"no_room": True}, status=507)
    except OSError:
        return TemplateResponse(request, "intake/no_file.html", {"broken": True}, status=400)
    finally:
        handler.abandon()
    if handler.too_large:  # what follows it in the body was not read, perhaps the receipt too
        return TemplateResponse(request, "intake/no_file.html", {"too_large": True}, status=422)
    return _belongs(request, team, form, sealed)


def _belongs(request: HttpRequest, team: UUID, form: ReceiptForm, sealed: object) -> HttpResponse:
    """Let a sealed file belong to the mailbox of its receipt, or drop it and say why."""
    found = mailbox_by_receipt(PUBLIC, form.cleaned_data["receipt"]) if form.is_valid() else None
    if found is None or not isinstance(sealed, SealedFile) or not _fits(found, team, form):
        if isinstance(sealed, SealedFile):
            drop_unattached(sealed.record, at=timezone.now())
        if found is None:
            return _nothing(request)
        return TemplateResponse(request, "intake/no_file.html", {}, status=422)
    attach(sealed.record, found.id, at=timezone.now())
    return _mailbox(request, form.cleaned_data["receipt"], written=True)


def _file_waits(request: HttpRequest, team: UUID, ticket: str, seconds: int) -> HttpResponse:
    """Let the body pass by, so that the browser hears the answer, and keep nothing of it."""
    request.upload_handlers = [LeavingHandler(request)]
    try:
        form = ReceiptForm(request.POST)
    except OSError:
        return TemplateResponse(request, "intake/no_file.html", {"broken": True}, status=400)
    shown = {"form": form, "team": team, "ticket": ticket, "seconds": seconds}
    answer = TemplateResponse(request, "intake/file_waits.html", shown, status=503)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _fits(found: Found, team: UUID, form: ReceiptForm) -> bool:
    room = files_of(PUBLIC, form.cleaned_data["receipt"].lookup) < MOST_FILES
    return found.team == team and room


def _mailbox(request: HttpRequest, receipt: Receipt, *, written: bool = False) -> HttpResponse:
    found = mailbox_by_receipt(PUBLIC, receipt)
    if found is None:
        return _nothing(request)
    shown = {
        "found": found,
        "replies": read_replies(found, receipt, at=timezone.now()),
        "looked": [
            (each.on, each.organisation, WHY_OPENED.get(each.reason, each.reason))
            for each in found.looked
        ],
        "files": files_of(PUBLIC, receipt.lookup),
        "form": ReplyForm(initial={"receipt": str(receipt)}),
        "written": written,
        "ticket": new_ticket(),
    }
    return TemplateResponse(request, "intake/mailbox.html", shown)


def _wait(request: HttpRequest, form: ReplyForm, ticket: str, seconds: int) -> HttpResponse:
    shown = {"form": form, "ticket": ticket, "seconds": seconds}
    answer = TemplateResponse(request, "intake/write.html", shown, status=503)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _nothing(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm()
    return TemplateResponse(request, "intake/come_back.html", {"form": form, "nothing": True})
