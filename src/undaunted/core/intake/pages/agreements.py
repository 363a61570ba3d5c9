"""What was agreed under a receipt, in the words of the model text, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.consent.actions import withdraw_by_receipt
from undaunted.core.consent.pages import part_name
from undaunted.core.consent.queries import held_under, reached_under
from undaunted.core.consent.rules import (
    FIRST_LANGUAGE,
    Asked,
    Audience,
    FieldGroup,
    IdentityLevel,
    Purpose,
    shown_text,
)
from undaunted.core.intake.forms import ReceiptForm
from undaunted.core.intake.queries import mailbox_by_receipt
from undaunted.site.languages import direction

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.consent.queries import Held, Reached
    from undaunted.core.consent.rules import Shown
    from undaunted.core.intake.rules import Receipt

__all__ = ["agreements", "withdraw"]


@dataclass(frozen=True, slots=True)
class _Line:
    """One agreement on the page."""

    held: Held
    text: Shown
    direction: str
    original: Shown | None
    reached: list[tuple[str, Any]]


@csrf_exempt
@face("intake")
@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt, and show what was agreed under it."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _shown(request, form.cleaned_data["receipt"])
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "intake/agreements_door.html", {"form": form}, status=status)


@csrf_exempt
@face("intake")
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one agreement back, or all with what is not recorded yet; then say what followed."""
    form = ReceiptForm(request.POST)
    which = _which(request.POST.get("agreement", ""))
    if not form.is_valid() or which is None:
        shown = {"form": form, "nothing": which is None}
        return TemplateResponse(request, "intake/agreements_door.html", shown, status=422)
    receipt = form.cleaned_data["receipt"]
    one = which if isinstance(which, UUID) else None
    if not _known(receipt, one):
        return _nothing(request)
    done = withdraw_by_receipt(receipt.lookup, actor=PUBLIC, at=timezone.now(), which=one)
    return _shown(request, receipt, done=True, kept_outside=done.kept_outside)


def _which(text: str) -> UUID | str | None:
    """Read which agreement is meant: one, `all`, or nothing that could be meant."""
    if text == "all":
        return text
    try:
        return UUID(text)
    except ValueError:
        return None


def _known(receipt: Receipt, one: UUID | None) -> bool:
    """Tell whether a receipt opens anything here; with `one`, whether it opens that agreement."""
    box = mailbox_by_receipt(PUBLIC, receipt)
    held = {each.id for each in held_under(PUBLIC, receipt.lookup)}
    return one in held if one else bool(held) or box is not None


def _shown(request: HttpRequest, receipt: Receipt, **told: bool) -> HttpResponse:
    box = mailbox_by_receipt(PUBLIC, receipt)
    held = held_under(PUBLIC, receipt.lookup)
    reached = reached_under(PUBLIC, receipt.lookup)
    if box is None and not held:
        return _nothing(request)
    language = get_language() or FIRST_LANGUAGE
    lines = [_line(each, reached, language) for each in held]
    shown = {
        "lines": lines,
        "standing": any(line.held.revoked_at is None for line in lines),
        "mailbox": box is not None,
        "form": ReceiptForm({"receipt": str(receipt)}),
        **told,
    }
    return TemplateResponse(request, "intake/agreements.html", shown)


def _nothing(request: HttpRequest) -> HttpResponse:
    shown = {"form": ReceiptForm(), "nothing": True}
    return TemplateResponse(request, "intake/agreements_door.html", shown)


def _line(held: Held, reached: tuple[Reached, ...], language: str) -> _Line:
    asked = Asked(
        purposes=(Purpose(held.purpose),),
        audience=Audience.parse(held.audience),
        level=IdentityLevel[held.level.upper()],
        groups=tuple(FieldGroup(group) for group in held.field_groups),
        until=held.until,
        named=held.named,
    )
    text = shown_text(asked, held.language or language)
    return _Line(
        held=held,
        text=text,
        direction=direction(text.language),
        original=None if text.reviewed else shown_text(asked, FIRST_LANGUAGE),
        reached=[(part_name(each.part), each.at) for each in reached if each.grant == held.id],
    )
