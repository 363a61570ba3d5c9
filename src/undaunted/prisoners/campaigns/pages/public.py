"""Public campaigns: all of them, one with its cases and what everybody can do, its files."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from undaunted.core.access.rules import PUBLIC, face
from undaunted.prisoners.campaigns.analysis import figures_of, sheet_of
from undaunted.prisoners.campaigns.pages.figures import attempts_chart, raisers_map
from undaunted.prisoners.campaigns.queries import (
    private_at_least,
    public_lines,
    published_campaign,
    published_campaigns,
    published_cases,
    published_material,
    published_materials,
)
from undaunted.prisoners.campaigns.writers import CALENDAR, write_calendar
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.prisoners.campaigns.models import PublishedCampaign, PublishedMaterial

__all__ = ["calendar", "campaigns", "material", "one", "raises"]

MINUTE = 60


@face("public")
@require_safe
@kept_briefly
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the public campaigns."""
    return render(request, "campaigns/list.html", {"campaigns": published_campaigns(PUBLIC)[:200]})


@face("public")
@require_safe
@kept_briefly
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a campaign: cases, who adopted them, what everybody can do, what was raised."""
    held = _found(reference)
    cases = list(published_cases(PUBLIC, held.pk))
    lines = public_lines(PUBLIC, held.pk)
    figures = figures_of(lines, until=timezone.now().date())
    files = list(published_materials(PUBLIC, held.pk))
    cards = _cards(files)
    shown = {
        "campaign": held,
        "sheet": sheet_of(held, (case.country for case in cases)),
        "cases": [
            (case, cards.get(case.pk), [row for row in files if row.case_id == case.pk])
            for case in cases
        ],
        "adopters": len({a.name for case in cases for a in case.adoptions.all()}),
        "figures": figures,
        "private": private_at_least(PUBLIC, held.pk),
        "map": raisers_map(figures.by_country) if lines else None,
        "chart": attempts_chart(figures.whole) if lines else None,
        "days": (held.day - timezone.now().date()).days,
    }
    return render(request, "campaigns/one.html", shown)


@face("public")
@require_safe
@kept_briefly
def raises(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who raised whom in the open, with what reply."""
    held = _found(reference)
    lines = public_lines(PUBLIC, held.pk)
    shown = {"campaign": held, "lines": lines, "private": private_at_least(PUBLIC, held.pk)}
    return render(request, "campaigns/raises.html", shown)


@face("public")
@require_safe
@kept_briefly
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the days of a campaign for a calendar; it names nobody."""
    held = _found(reference)
    page = request.build_absolute_uri(reverse("campaigns:one", args=[reference]))
    content = write_calendar(
        sheet_of(held, (), page), language=get_language() or "en", at=held.published_at
    )
    answer = HttpResponse(content, content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="{held.reference}.ics"'
    return answer


@face("public")
@require_safe
def material(request: HttpRequest, reference: str, material: UUID) -> HttpResponse:
    """Give a file, or say that it was destroyed: 410."""
    held = _found(reference)
    file = published_material(PUBLIC, held.pk, material)
    if file is None:
        raise Http404
    if file.withdrawn_at is not None or file.content is None:
        shown = {"campaign": held, "file": file}
        return render(request, "campaigns/gone.html", shown, status=HTTPStatus.GONE)
    answer = HttpResponse(bytes(file.content), content_type=file.media_type)
    way = "inline" if file.media_type == "image/png" else "attachment"
    answer["Content-Disposition"] = f'{way}; filename="{file.name}"'
    patch_cache_control(answer, public=True, max_age=MINUTE)
    return answer


def _cards(files: Iterable[PublishedMaterial]) -> dict[UUID | None, PublishedMaterial]:
    """Give the picture of each case: in the reader's language, else the first that is out."""
    found: dict[UUID | None, PublishedMaterial] = {}
    for row in files:
        if row.name.endswith("square.png") and (
            row.case_id not in found or row.language == get_language()
        ):
            found[row.case_id] = row
    return found


def _found(reference: str) -> PublishedCampaign:
    held = published_campaign(PUBLIC, reference)
    if held is None:
        raise Http404
    return held
