"""The register of critical assets at the desk: assets, stakes, files taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.screening.actions import (
    AT_ONCE,
    import_assets,
    import_holdings,
    leave_file,
    record_asset,
    record_holding,
    withdraw_asset,
    withdraw_holding,
)
from undaunted.coercion.screening.analysis.register import creeping_in
from undaunted.coercion.screening.forms import (
    AssetForm,
    FilterForm,
    HoldingForm,
    RegisterFileForm,
    WithdrawForm,
)
from undaunted.coercion.screening.models import RegisterFile
from undaunted.coercion.screening.pages.answers import found, tell
from undaunted.coercion.screening.queries import (
    alerts_for,
    asset_entries_for,
    asset_for,
    asset_history,
    grips_for,
    holding_for,
    holdings_for,
    names_told,
    register_file_for,
    register_files_waiting,
    register_imports_for,
    unfiled_for,
)
from undaunted.coercion.screening.readers import FileRefused
from undaunted.coercion.screening.rules import AssetsRefused, Confidence
from undaunted.coercion.screening.tasks import take_register_file
from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.site.english import refusal_told

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.screening.models import RegisterImport
    from undaunted.core.access.rules import Actor

__all__ = [
    "asset_page",
    "board",
    "bring_file",
    "import_page",
    "new_asset",
    "new_holding",
    "waiting_page",
    "withdraw_asset_page",
    "withdraw_holding_page",
]

SHOWN = 200


@face("desk")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """List the assets, with the states that must or may control each."""
    actor = actor_of(request)
    form = FilterForm(request.GET)
    rows = asset_entries_for(actor)
    if form.is_valid():
        told = form.cleaned_data
        if told["q"]:
            rows = rows.filter(
                Q(name__icontains=told["q"]) | Q(asset__reference__icontains=told["q"])
            )
        rows = rows.filter(country=told["country"].upper()) if told["country"] else rows
        rows = rows.filter(sector=told["sector"]) if told["sector"] else rows
    entries = list(rows[:SHOWN])
    grips: dict[UUID, list[object]] = {}
    for each in grips_for(actor, [entry.asset_id for entry in entries]):
        grips.setdefault(each.asset_id, []).append(each)
    imports, files = register_imports_for(actor), register_files_waiting(actor)
    shown = {
        "form": form,
        "rows": [(each, grips.get(each.asset_id, [])) for each in entries],
        "number": rows.count(),
        "shown": SHOWN,
        "waiting": alerts_for(actor, waiting=True).count(),
        "unfiled": sum(each.status == "considered" for each in unfiled_for(actor)),
        "imports": imports[:5],
        "files": files[:20],
        "totals": {"imports": imports.count(), "files": files.count()},
        "may": actor.can(Verb.RECORD),
    }
    return TemplateResponse(request, "screening/assets/board.html", shown)


@face("desk")
@require_safe
def asset_page(request: HttpRequest, asset: UUID) -> HttpResponse:
    """Show an asset: who holds it, who controls it and why, what was said of it and when."""
    actor = actor_of(request)
    held = found(asset_for(actor, asset))
    history = asset_history(actor, held)
    holdings = holdings_for(actor, held.holder).filter(owned=held.reference)
    shown = {
        "asset": held,
        "entry": next((each for each in history if each.replaced_at is None), None),
        "history": history,
        "holdings": holdings,
        "names": names_told(actor, [held.holder], (each.owner for each in holdings)),
        "grips": grips_for(actor, [held.pk]),
        "alerts": alerts_for(actor).filter(asset=held)[:20],
        "creeping": creeping_in(actor, held, timezone.localdate()),
        "may": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "screening/assets/asset.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_asset(request: HttpRequest) -> HttpResponse:
    """Record an asset, or what it is now; `?of=` begins with what was said last."""
    actor = actor_of(request)
    form = AssetForm(request.POST or None, actor=actor, initial=_said(request, actor))
    if request.method == "POST" and form.is_valid():
        holder = UUID(form.cleaned_data["holder"])
        try:
            made = record_asset(holder, form.cleaned_data["row"], actor=actor, at=timezone.now())
        except AssetsRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening-register:asset", made.asset_id)
    return TemplateResponse(request, "screening/assets/record.html", {"form": form})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_holding(request: HttpRequest) -> HttpResponse:
    """Record a stake; `?owned=` names the company or the asset."""
    actor = actor_of(request)
    initial = {"owned": request.GET.get("owned", ""), "right": "equity", "owner_kind": "company"}
    form = HoldingForm(request.POST or None, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        holder = UUID(form.cleaned_data["holder"])
        try:
            record_holding(holder, form.cleaned_data["row"], actor=actor, at=timezone.now())
        except AssetsRefused as refusal:
            tell(form, refusal)
        else:
            return redirect("screening-register:alerts")
    return TemplateResponse(request, "screening/assets/stake.html", {"form": form})


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_asset_page(request: HttpRequest, asset: UUID) -> HttpResponse:
    """Ask why an asset is watched no longer, and end it."""
    actor = actor_of(request)
    held = found(asset_for(actor, asset))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_asset(held, form.cleaned_data["reason"], actor=actor, at=timezone.now())
        return redirect("screening-register:board")
    shown = {"form": form, "what": held.reference}
    return TemplateResponse(request, "screening/assets/withdraw.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_holding_page(request: HttpRequest, holding: UUID) -> HttpResponse:
    """Ask why a stake counts no longer, and end it."""
    actor = actor_of(request)
    held = found(holding_for(actor, holding))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_holding(held, form.cleaned_data["reason"], actor=actor, at=timezone.now())
        return redirect("screening-register:board")
    shown = {"form": form, "what": str(held)}
    return TemplateResponse(request, "screening/assets/withdraw.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def bring_file(request: HttpRequest) -> HttpResponse:
    """Take in a file; `?like=` begins with the mapping of an earlier one."""
    actor = actor_of(request)
    form = RegisterFileForm(
        request.POST or None, request.FILES or None, actor=actor, initial=_like(request, actor)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _taken(form, actor)
        except FileRefused as refusal:
            form.add_error("file", refusal_told(str(refusal)))
        else:
            page = "waiting" if isinstance(made, RegisterFile) else "import"
            return redirect(f"screening-register:{page}", made.pk)
    return TemplateResponse(request, "screening/assets/bring.html", {"form": form})


@face("desk")
@require_safe
def import_page(request: HttpRequest, brought: UUID) -> HttpResponse:
    """Show what became of a file, with everything that was wrong in it."""
    made = found(register_imports_for(actor_of(request)).filter(pk=brought).first())
    return TemplateResponse(request, "screening/assets/import.html", {"made": made})


@face("desk")
@require_safe
def waiting_page(request: HttpRequest, left: UUID) -> HttpResponse:
    """Show whether a file still waits, was taken in, or why not."""
    held = found(register_file_for(actor_of(request), left))
    return TemplateResponse(request, "screening/assets/waiting.html", {"left": held})


def _taken(form: RegisterFileForm, actor: Actor) -> RegisterImport | RegisterFile:
    """Take a file in, or leave a large one to be taken in behind the desk."""
    told, at = form.cleaned_data, timezone.now()
    file, holder = told["file"], UUID(told["holder"])
    if file.size > AT_ONCE:
        more = {"mapping": told["mapping"], "format_name": told["format_name"],
                "confidence": told["confidence"], "whole": told["whole"]}  # fmt: skip
        left = leave_file(holder, told["kind"], file.name, file.read(), actor=actor, at=at, **more)
        take_register_file.defer(file_id=str(left.pk), user_id=str(actor.id))
        return left
    if told["kind"] == "assets":
        return import_assets(
            holder, file.name, file.read(), actor=actor, at=at, mapping=told["mapping"]
        )
    return import_holdings(
        holder, file.name, file.read(), actor=actor, at=at, mapping=told["mapping"],
        format_name=told["format_name"], confidence=Confidence(told["confidence"]),
        whole=told["whole"],
    )  # fmt: skip


def _said(request: HttpRequest, actor: Actor) -> dict[str, object]:
    try:
        asset = asset_for(actor, UUID(request.GET.get("of", "")))
    except ValueError:
        return {}
    entry = asset and asset_entries_for(actor).filter(asset=asset).first()
    if not asset or entry is None:
        return {}
    names = ("name", "country", "taxonomy", "sector", "capacity", "unit", "valid_from", "valid_to",
             "source", "confidence")  # fmt: skip
    held = {name: getattr(entry, name) for name in names}
    return held | {"holder": str(asset.holder), "reference": asset.reference}


def _like(request: HttpRequest, actor: Actor) -> dict[str, object]:
    try:
        made = register_imports_for(actor).filter(pk=UUID(request.GET.get("like", ""))).first()
    except ValueError:
        return {}
    return {"kind": made.kind, "mapping": made.mapping} if made else {}
