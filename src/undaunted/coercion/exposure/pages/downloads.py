"""Files of what the pages show: the numbers as CSV and JSON, and a chart with its data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from undaunted.coercion.exposure.analysis import (
    shipped_exposure,
    shipped_exposures,
    shipped_sectors,
    shipped_source,
    standing_of,
)
from undaunted.coercion.exposure.pages.figures import partners_chart
from undaunted.coercion.exposure.pages.public import code_of, measure_of
from undaunted.coercion.exposure.writers import country_csv, country_told, pair_csv, pair_told
from undaunted.core.access.rules import face
from undaunted.site.caching import SHORT

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["chart", "country_file", "pair_file"]

CSV, JSON = "text/csv; charset=utf-8", "application/json"


@face("public")
@require_safe
def country_file(_request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Give a country's exposure to all others."""
    found, source = code_of(code), shipped_source()
    exposures = shipped_exposures(found)
    if form == "csv":
        return _file(country_csv(exposures, source), CSV, f"exposure-{found}-{source.year}.csv")
    told = country_told(found, standing_of(found), exposures, source)
    return _file(_json(told), JSON, f"exposure-{found}-{source.year}.json")


@face("public")
@require_safe
def pair_file(_request: HttpRequest, code: str, partner: str, form: str) -> HttpResponse:
    """Give a pair, both ways and by sector."""
    one, other, source = code_of(code), code_of(partner), shipped_source()
    if one == other:
        raise Http404
    here, sectors = shipped_exposure(one, other), shipped_sectors(one, other)
    name = f"exposure-{one}-{other}-{source.year}.{form}"
    if form == "csv":
        return _file(pair_csv(here, sectors, source), CSV, name)
    told = pair_told(here, shipped_exposure(other, one), sectors, source)
    return _file(_json(told), JSON, name)


@face("public")
@require_safe
def chart(request: HttpRequest, code: str) -> HttpResponse:
    """Give the chart of a country and a measure as Vega-Lite, with the data in it."""
    found, measure = code_of(code), measure_of(request)
    drawn = partners_chart(found, shipped_exposures(found), measure)
    source = shipped_source()
    told = {
        **drawn.specification,
        "title": drawn.title,
        "description": drawn.description,
        "usermeta": {"source": source.attribution, "year": source.year, "measure": measure},
    }
    return _file(_json(told), JSON, f"exposure-{found}-{measure}.vl.json")


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)


def _file(content: str, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(answer, public=True, max_age=SHORT)
    return answer
