"""The desk of flows: an organisation's files, and the products that they show few suppliers of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.coercion.exposure.actions import discard_flow_file, keep_flow_file
from undaunted.coercion.exposure.analysis.kept import kept_dependencies
from undaunted.coercion.exposure.forms import FlowFileForm
from undaunted.coercion.exposure.pages.words import alpha_2, name_of, nation, part_text
from undaunted.coercion.exposure.queries import flow_file_for, flow_files_for
from undaunted.coercion.exposure.readers import FileRefused
from undaunted.coercion.exposure.rules import MONTHLY, DependenciesRefused
from undaunted.coercion.exposure.writers import dependencies_told
from undaunted.core.access.rules import Verb, actor_of, face

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.exposure.rules import ProductFinding

__all__ = ["ask", "board", "discard", "report"]

SHOWN = 200


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """List the files of one's organisations, and take another in."""
    actor = actor_of(request)
    may = actor.can(Verb.IMPORT)
    form = FlowFileForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        holder = UUID(form.cleaned_data["holder"])
        try:
            keep_flow_file(holder, file.name, file.read(), actor=actor, at=timezone.now())
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("exposure-desk:board")
    files = list(flow_files_for(actor))
    shown = {
        "files": files,
        "form": form if may else None,
        "countries": sorted(((c, name_of(c)) for c in alpha_2()), key=lambda pair: pair[1]),
        "holders": sorted({file.holder for file in files if file.layout != MONTHLY}, key=str),
        "monthly": MONTHLY,
    }
    return TemplateResponse(request, "exposure/desk/board.html", shown)


@face("desk")
@require_POST
def discard(request: HttpRequest, file: UUID) -> HttpResponse:
    """Delete a file."""
    actor = actor_of(request)
    held = flow_file_for(actor, file)
    if held is None:
        raise Http404
    discard_flow_file(held, actor=actor, at=timezone.now())
    return redirect("exposure-desk:board")


@face("desk")
@require_safe
def ask(request: HttpRequest, holder: UUID) -> HttpResponse:
    """Lead from the form's country to its report."""
    code = request.GET.get("country", "").upper()
    if code not in alpha_2():
        raise Http404
    return redirect("exposure-desk:report", holder, code)


@face("desk")
@require_safe
def report(request: HttpRequest, holder: UUID, country: str) -> HttpResponse:
    """Show a country's products with few suppliers, by the files of an organisation."""
    actor = actor_of(request)
    code = country.upper()
    if code not in alpha_2() or not flow_files_for(actor).filter(holder=holder).exists():
        raise Http404
    shown: dict[str, Any] = {"name": name_of(code), "code": code, "holder": holder}
    try:
        found, flows = kept_dependencies(actor, holder, code)
    except (FileRefused, DependenciesRefused) as refusal:
        shown["problem"] = str(refusal)
        return TemplateResponse(request, "exposure/desk/report.html", shown, status=409)
    if request.GET.get("form") == "json":
        told = dependencies_told(found, flows.attribution, flows.said)
        answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
        answer["Content-Disposition"] = f'attachment; filename="dependencies-{code}.json"'
        return answer
    shown |= {
        "report": found,
        "years": f"{found.years[0]}\N{EN DASH}{found.years[-1]}",
        "dependencies": len(found.dependencies),
        "part": part_text(found.imports_dependent),
        "rows": [_row(each) for each in found.findings[:SHOWN]],
        "said": flows.said,
        "attribution": flows.attribution,
    }
    return TemplateResponse(request, "exposure/desk/report.html", shown)


def _row(each: ProductFinding) -> dict[str, Any]:
    supply = each.supply
    latest = each.years[-1]
    return {
        "finding": each,
        "latest": latest,
        "supplier": nation(supply.supplier),
        "supplier_part": part_text(supply.supplier_share),
        "world": nation(supply.world_supplier),
        "world_part": part_text(supply.world_share),
        "others": [(nation(other.country), other.covers) for other in supply.substitutes],
    }
