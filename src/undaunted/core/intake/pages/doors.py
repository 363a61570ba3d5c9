"""The doors: no account, no cookie, no script. What is typed is sealed while the request lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.intake.actions import (
    DraftTooLarge,
    HandedInAlready,
    NobodyReceives,
    hand_in,
    keep_draft,
)
from undaunted.core.intake.forms import DOOR_TITLES, ReceiptForm, form_for
from undaunted.core.intake.pages.gate import new_ticket, pass_gate, ticket_of
from undaunted.core.intake.queries import mailbox_by_receipt
from undaunted.core.intake.rules import (
    Answers,
    Door,
    Draft,
    ReceiptMistyped,
    draw_receipt,
    read_receipt,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.intake.forms import DoorForm
    from undaunted.core.intake.rules import Receipt

__all__ = ["asking", "check", "door", "leave", "receipt_of", "start", "trouble"]

ELSEWHERE = "https://www.wikipedia.org/"
"""Where "leave this page" leads: a page that nobody wonders about."""
_TROUBLES: Final = {"broken": 400, "busy": 503}


@csrf_exempt
@face("intake")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the danger line, the three doors, and the way back in."""
    doors = [(each.value, title) for each, title in DOOR_TITLES.items()]
    return TemplateResponse(request, "intake/start.html", {"doors": doors})


# There is no cookie and nobody is signed in, so there is nothing that a forged form could misuse.
@csrf_exempt
@face("intake")
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, name: str) -> HttpResponse:
    """Ask a door's questions; seal the answers and show the receipt, once, in the same answer."""
    try:
        which = Door(name)
    except ValueError:
        raise Http404 from None
    form = form_for(which, request.POST if request.method == "POST" else None)
    if request.method == "POST" and "save" in request.POST:
        return _saved(request, form, which)
    if request.method == "POST" and form.is_valid():
        ticket = ticket_of(request.POST.get("ticket", ""))
        asked = pass_gate(ticket)
        if asked is None:
            return _handed_in(request, form, which, receipt_of(request))
        return _wait(request, form, which, ticket.text if ticket else new_ticket(), asked.seconds)
    return asking(request, form, which, status=422 if form.is_bound else 200)


@csrf_exempt
@face("intake")
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Tell whether a receipt was written down correctly; asks no database."""
    form = ReceiptForm(request.POST)
    shown = {"form": form, "right": form.is_valid()}
    return TemplateResponse(request, "intake/check.html", shown)


@csrf_exempt
@face("intake")
@require_safe
def leave(_request: HttpRequest) -> HttpResponse:
    """Lead away, and ask the browser to forget what it kept of us."""
    answer = HttpResponseRedirect(ELSEWHERE)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@csrf_exempt
@face("intake")
@require_safe
def trouble(request: HttpRequest, why: str) -> HttpResponse:
    """Say that something did not arrive; the porter leads here in place of what was asked."""
    if why not in _TROUBLES:
        raise Http404
    shown = {"busy": why == "busy"}
    return TemplateResponse(request, "intake/trouble.html", shown, status=_TROUBLES[why])


def asking(
    request: HttpRequest, form: DoorForm, which: Door, *, status: int, **more: str | int
) -> HttpResponse:
    """Show a door's questions, as they are or as they were answered before."""
    receipt = receipt_of(request)
    shown = {
        "kept": receipt or "",
        "form": form,
        "title": DOOR_TITLES[which],
        "door": which.value,
        "newsletter": _harmless_text(),
        "ticket": request.POST.get("ticket") or new_ticket(),
    }
    return TemplateResponse(request, "intake/door.html", shown | more, status=status)


def _wait(
    request: HttpRequest, form: DoorForm, which: Door, ticket: str, seconds: int
) -> HttpResponse:
    """Give everything typed back, with a ticket that passes after so many seconds."""
    answer = asking(request, form, which, status=503, ticket=ticket, seconds=seconds)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def receipt_of(request: HttpRequest) -> Receipt | None:
    """Give the receipt of the draft that is gone on with, if there is one."""
    try:
        return read_receipt(request.POST.get("receipt", ""))
    except ReceiptMistyped:
        return None


def _saved(request: HttpRequest, form: DoorForm, which: Door) -> HttpResponse:
    ticket, receipt = ticket_of(request.POST.get("ticket", "")), receipt_of(request)
    if form.overlong():
        return asking(request, form, which, status=413)
    asked = pass_gate(ticket)
    if asked is not None:
        text = ticket.text if ticket else new_ticket()
        return _wait(
            request, form_for(which, draft=_draft(form, which)), which, text, asked.seconds
        )
    try:
        receipt = _kept(_draft(form, which), receipt or draw_receipt())
    except DraftTooLarge:
        return asking(request, form, which, status=413, too_much=True)
    shown = {"receipt": receipt.groups, "form": ReceiptForm()}
    return TemplateResponse(request, "intake/saved.html", shown)


def _kept(draft: Draft, receipt: Receipt) -> Receipt:
    """Keep a draft under a receipt, or under another where that one has a mailbox already."""
    try:
        keep_draft(draft, receipt)
    except HandedInAlready:
        receipt = draw_receipt()
        keep_draft(draft, receipt)
    return receipt


def _draft(form: DoorForm, which: Door) -> Draft:
    return Draft(which, str(form.data.get("danger", "")), form.typed())


def _handed_in(
    request: HttpRequest, form: DoorForm, which: Door, kept: Receipt | None
) -> HttpResponse:
    if kept is not None and mailbox_by_receipt(PUBLIC, kept) is not None:
        return TemplateResponse(request, "intake/twice.html", {}, status=409)
    given = form.answers()
    given.pop("danger", None)
    wants_harmless = given.pop("harmless", False)
    answers = Answers(which, form.severe, given, get_language() or "en")
    try:
        handed = hand_in(
            answers,
            at=timezone.now(),
            harmless_text=_harmless_text() if wants_harmless else "",
            receipt=kept,
        )
    except NobodyReceives:
        return TemplateResponse(request, "intake/nobody.html", {}, status=503)
    shown = {
        "receipt": handed.receipt.groups,
        "harmless": handed.harmless.groups if handed.harmless else (),
        "form": ReceiptForm(),
    }
    return TemplateResponse(request, "intake/receipt.html", shown)


def _harmless_text() -> str:
    return _("Thank you for your question. Our newsletter appears four times a year.")
