"""Which democracies may list whom: the register, one law, facts tested, the model law."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import face
from undaunted.core.editions.writers import write_paper_pdf, write_paper_word
from undaunted.core.standards.rules import PackUnknown, pack
from undaunted.repression.sanctions.forms import TestForm
from undaunted.repression.sanctions.rules import (
    BOARD,
    ENFORCEMENT,
    AuthorityUnknown,
    FacetKind,
    authorities,
    authority_for,
    facts,
    model_law,
    tested_under,
)
from undaunted.repression.sanctions.writers import (
    authorities_csv,
    authority_told,
    facet_name,
    kit_paper,
)
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.core.standards.rules import Pack
    from undaunted.repression.sanctions.rules import Authority

__all__ = ["MEDIA", "WRITERS", "authority", "download", "model", "register", "tests"]

MEDIA: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WRITERS: Final = {"docx": write_paper_word, "pdf": write_paper_pdf}
_FILES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_ASKED: Final = (
    FacetKind.CORRUPTION,
    FacetKind.ENABLERS,
    FacetKind.FAMILY,
    FacetKind.PARLIAMENT,
)
"""What the table answers in a word; the rest stands on the page of each law."""


@face("public")
@require_safe
@kept_briefly
def register(request: HttpRequest) -> HttpResponse:
    """Show every law and every state without one, with how well each is known."""
    held = _real()
    shown = {
        "rows": [(each, [each.told.get(kind) for kind in _ASKED]) for each in held],
        "asked": [facet_name(kind) for kind in _ASKED],
        "today": timezone.now().date(),
        "board": BOARD,
        "enforcement": ENFORCEMENT,
    }
    return render(request, "sanctions/authorities.html", shown)


@face("public")
@require_safe
@kept_briefly
def authority(request: HttpRequest, code: str) -> HttpResponse:
    """Show one law: what is told of it, what it asks fact by fact, and who says so."""
    try:
        held = authority_for(code)
    except AuthorityUnknown:
        raise Http404 from None
    today = timezone.now().date()
    law = _law(held, today)
    shown = {
        "authority": held,
        "facets": [(facet_name(kind), held.told.get(kind)) for kind in FacetKind],
        "law": law,
        "elements": _elements(law) if law else [],
        "today": today,
        "board": BOARD,
    }
    return render(request, "sanctions/authority.html", shown)


@face("public")
@require_safe
def tests(request: HttpRequest) -> HttpResponse:
    """Test facts under every law: nothing is stored, and no person is named."""
    form = TestForm(request.GET or None)
    asked = form.is_bound and form.is_valid()
    results = []
    if asked:
        laws = [each for each in _real() if each.pack]
        on = form.cleaned_data["on"] or timezone.now().date()
        found = tested_under(laws, form.findings, on=on)
        results = list(zip(laws, found, strict=True))
    wrong = form.is_bound and not asked
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    shown = {"form": form, "results": results, "asked": asked}
    return render(request, "sanctions/tests.html", shown, status=status)


@face("public")
@require_safe
@kept_briefly
def model(request: HttpRequest) -> HttpResponse:
    """Show the model law for states that adopt one, and where to get it."""
    return render(request, "sanctions/model.html", {"kit": model_law(), "board": BOARD})


@face("public")
@require_safe
@kept_briefly
def download(_request: HttpRequest, name: str, media: str) -> HttpResponse:
    """Give the register as CSV or JSON, or the model law as Word or PDF."""
    known = {"authorities": _FILES, "model-law": MEDIA}.get(name, {})
    if media not in known:
        raise Http404
    answer = HttpResponse(_file(name, media, timezone.now().date()), content_type=known[media])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{media}"'
    return answer


@lru_cache(maxsize=8)
def _file(name: str, media: str, day: date) -> bytes:
    """Write a file once a day: it rests on packs alone."""
    if name == "model-law":
        moment = int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
        return WRITERS[media](kit_paper(day=day), moment=moment)
    if media == "csv":
        return authorities_csv(_real()).encode()
    told = [authority_told(each) for each in _real()]
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _real() -> list[Authority]:
    return [each for each in authorities().values() if not each.invented]


def _law(held: Authority, on: date) -> Pack | None:
    try:
        return pack(held.pack, on) if held.pack else None
    except PackUnknown:
        return None


def _elements(law: Pack) -> list[tuple[str, list[Any]]]:
    """Give each fact that the law names with its evidence, by what it is about."""
    held: dict[str, list[Any]] = {}
    for each in law.criteria.values():
        fact = facts()[each.id]
        held.setdefault(fact.kind, []).append((each, each.text("en"), fact))
    return list(held.items())
