"""Files of ownership evidence of a case: where one stands that was left, and its rows in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from undaunted.coercion.screening.models import Load
from undaunted.coercion.screening.pages.answers import found, held_case
from undaunted.coercion.screening.queries import evidence_file_for, row_for
from undaunted.core.access.rules import actor_of, face

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.screening.models import Case

__all__ = ["load_page", "waiting_page"]

A_PAGE = 100
"""Findings on a page."""


@face("desk")
@require_safe
def waiting_page(request: HttpRequest, reference: str, left: UUID) -> HttpResponse:
    """Show whether a file still waits, was taken in, or why not."""
    actor, case = actor_of(request), held_case(request, reference)
    held = _of(case, evidence_file_for(actor, left))
    shown = {"case": case, "left": held, "load": held.load}
    return TemplateResponse(request, "screening/desk/waiting.html", shown)


@face("desk")
@require_safe
def load_page(request: HttpRequest, reference: str, load: UUID) -> HttpResponse:
    """Show what became of a file, with everything that was wrong in it."""
    actor, case = actor_of(request), held_case(request, reference)
    held = _of(case, row_for(actor, Load, load))
    page = Paginator(held.findings, A_PAGE).get_page(request.GET.get("page"))
    shown = {"case": case, "load": held, "page": page}
    return TemplateResponse(request, "screening/desk/load.html", shown)


def _of(case: Case, row: Any) -> Any:  # noqa: ANN401 - any row of a case
    """Give a row of the case of the address; one of another case is not there."""
    return found(row if row is not None and row.case_id == case.pk else None)
