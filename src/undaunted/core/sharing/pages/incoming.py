"""Packages that came in: taken in, looked at item by item, accepted or rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, decide, face
from undaunted.core.sharing.actions import (
    accept_item,
    hand_over_receipt,
    look_at_item,
    places_for,
    reject_item,
    take_in,
)
from undaunted.core.sharing.forms import STATES, AcceptForm, FileForm
from undaunted.core.sharing.models import Arrival
from undaunted.core.sharing.pages.answers import (
    actor_of,
    asked,
    file_answer,
    found,
    open_key,
    stopped,
)
from undaunted.core.sharing.queries import arrival_for, arrival_item_for, taken_back_for
from undaunted.core.sharing.readers import MOST_SEALED
from undaunted.core.sharing.rules import ItemRefused, ShareRefused, scheme
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.models import ArrivalItem
    from undaunted.core.vault.rules import OpenKey

__all__ = ["accept", "arrival_page", "item_page", "new_arrival", "receipt_file", "reject"]

LABELS = {
    "name": gettext_lazy("Name"),
    "code": gettext_lazy("Code"),
    "country": gettext_lazy("Country"),
    "birth": gettext_lazy("Born"),
    "roles": gettext_lazy("Roles"),
    "act": gettext_lazy("What happened"),
    "bytes": gettext_lazy("Size in bytes"),
}


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_arrival(request: HttpRequest) -> HttpResponse:
    """Take a file in: a package, a takedown or a receipt."""
    actor = actor_of(request)
    sent = request.method == "POST"
    form = FileForm(request.POST if sent else None, request.FILES if sent else None, actor=actor)
    if sent and form.is_valid():
        key = open_key(request)
        if key is None:
            return redirect("vault:vault")
        taken = _taken(form, key, request)
        if isinstance(taken, Arrival):
            return redirect("sharing:arrival", taken.pk)
        if taken is not None:
            return redirect("sharing:board")
    lead = _(
        "A package waits until somebody has looked at each item. A takedown is obeyed at once, and "
        "gives a receipt to send back. Open your key first."
    )
    return asked(request, form, heading=_("Take a file in"), lead=lead, button=_("Take in"))


@face("desk")
@require_safe
def arrival_page(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """Show a package that arrived, with the state of each item."""
    held = found(arrival_for(actor_of(request), arrival))
    shown = {
        "arrival": held,
        "tlp": scheme("tlp").markings[held.tlp],
        "pap": scheme("pap").markings[held.pap],
        "items": [
            (item, STATES[item.state]) for item in held.items.defer("envelope").order_by("position")
        ],
    }
    return TemplateResponse(request, "sharing/arrival.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def item_page(request: HttpRequest, item: UUID) -> HttpResponse:
    """Show an item; its content only when somebody with an open key asks for it."""
    actor = actor_of(request)
    held = found(arrival_item_for(actor, item))
    lines: list[tuple[object, str]] = []
    if request.method == "POST":
        key = open_key(request)
        if key is None:
            return redirect("vault:vault")
        try:
            told = look_at_item(held, key=key, actor=actor, at=timezone.now())
        except (ShareRefused, VaultError) as refusal:
            return stopped(request, refusal, reverse("sharing:arrival", args=[held.arrival_id]))
        lines = [(LABELS.get(label, label), text) for label, text in told]
    decides = decide(actor, Verb.TAKE_SHARE, Facts(holder=held.holder)).allowed
    shown = {
        "item": held,
        "state": STATES[held.state],
        "lines": lines,
        "may_decide": held.state == "waiting" and decides,
        "form": _accepting(None, held, actor),
    }
    return TemplateResponse(request, "sharing/item.html", shown)


@face("desk")
@require_POST
def accept(request: HttpRequest, item: UUID) -> HttpResponse:
    """Make records of an item, proposed for a list where one is chosen."""
    actor = actor_of(request)
    held = found(arrival_item_for(actor, item))
    key = open_key(request)
    if key is None:
        return redirect("vault:vault")
    form = AcceptForm(request.POST, places_for(held, actor=actor))
    if not form.is_valid():
        raise Http404
    into = form.cleaned_data["into"] or None
    try:
        accept_item(held, key=key, actor=actor, at=timezone.now(), into=into)
    except (ShareRefused, VaultError) as refusal:
        return stopped(request, refusal, reverse("sharing:arrival", args=[held.arrival_id]))
    return redirect("sharing:arrival", held.arrival_id)


@face("desk")
@require_POST
def reject(request: HttpRequest, item: UUID) -> HttpResponse:
    """Refuse an item; its content is erased."""
    actor = actor_of(request)
    held = found(arrival_item_for(actor, item))
    try:
        reject_item(held, actor=actor, at=timezone.now())
    except (ShareRefused, VaultError) as refusal:
        return stopped(request, refusal, reverse("sharing:arrival", args=[held.arrival_id]))
    return redirect("sharing:arrival", held.arrival_id)


@face("desk")
@require_POST
def receipt_file(request: HttpRequest, taken: UUID) -> HttpResponse:
    """Give the receipt of a takedown to save."""
    actor = actor_of(request)
    held = found(taken_back_for(actor).filter(pk=taken).first())
    content = hand_over_receipt(held, actor=actor, at=timezone.now())
    return file_answer(content, f"receipt-{str(held.pk)[:8]}")


def _accepting(data: object, item: ArrivalItem, actor: Actor) -> AcceptForm:
    """Give the form that asks for a list; a kind that this instance does not know has none."""
    try:
        return AcceptForm(data, places_for(item, actor=actor))
    except ItemRefused:
        return AcceptForm(data, ())


def _taken(form: FileForm, key: OpenKey, request: HttpRequest) -> object | None:
    actor, file = actor_of(request), form.cleaned_data["file"]
    try:
        content = file.read(MOST_SEALED + 1)
        return take_in(content, form.holder, key=key, actor=actor, at=timezone.now())
    except (ShareRefused, VaultError) as refusal:
        form.add_error("file", str(refusal))
        return None
