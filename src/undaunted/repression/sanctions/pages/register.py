"""The public register of who may list and who is listed, and how long others need to follow."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.repression.sanctions.analysis import (
    alignment_on,
    columns_known,
    register_of,
    register_on,
)
from undaunted.repression.sanctions.forms import MatrixForm
from undaunted.repression.sanctions.writers import (
    MOST_IN_FILE,
    aligned_told,
    alignment_csv,
    as_json,
    asked_told,
    lists_told,
    question_marked,
    timing_told,
)
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["align", "align_file", "register"]

A_PAGE: Final = 50
A_FILE: Final = MOST_IN_FILE
TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@face("public")
@require_safe
@kept_briefly
def register(request: HttpRequest) -> HttpResponse:
    """Show which jurisdictions have which authority, how many each lists, and of which version."""
    found = register_on(PUBLIC, timezone.now().date())
    shown = {"rows": register_of(found), "on": found.asked.on}
    return render(request, "sanctions/register.html", shown)


@face("public")
@require_safe
@kept_briefly
def align(request: HttpRequest) -> HttpResponse:
    """Show how long each jurisdiction needed after the first designation, and party by party."""
    form = MatrixForm(request.GET, columns=columns_known(PUBLIC))
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "sanctions/align.html", {"form": form}, status=status)
    found = alignment_on(PUBLIC, form.question())
    several = [each for each in found.parties if len(each.told.spans) > 1]
    asked = request.GET.copy()
    for name in form.besides & set(asked):
        del asked[name]
    context = {
        "form": form,
        "found": found,
        "matrix": found.matrix,
        "question": question_marked(found.matrix.asked),
        "page": Paginator(several, A_PAGE).get_page(request.GET.get("page")),
        "asked": asked.urlencode(),
        "files": (("csv", "CSV"), ("json", "JSON")),
        "held_by_files": A_FILE if len(found.parties) > A_FILE else None,
    }
    return render(request, "sanctions/align.html", context)


@face("public")
@require_safe
@kept_briefly
def align_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the days of every party as CSV or JSON."""
    question = MatrixForm(request.GET, columns=columns_known(PUBLIC))
    if form not in TYPES:
        raise Http404
    if not question.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        shown = {"form": question, "here": reverse("sanctions:align")}
        return render(request, "sanctions/align.html", shown, status=status)
    found = alignment_on(PUBLIC, question.question())
    asked = found.matrix.asked
    if form == "csv":
        content = "".join(alignment_csv(found.parties[:A_FILE], asked, found.matrix.lists))
    else:
        content = as_json(
            {
                "asked": asked_told(asked),
                "lists": lists_told(found.matrix.lists),
                "timings": [timing_told(each) for each in found.timings],
                "parties_in_all": len(found.parties),
                "parties": [
                    {"party": e.party, "name": e.name, **aligned_told(e.told)}
                    for e in found.parties[:A_FILE]
                ],
            }
        )
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="align-{asked.on}.{form}"'
    return answer
