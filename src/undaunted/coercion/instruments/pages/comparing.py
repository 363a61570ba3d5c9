"""Instruments of other jurisdictions beside the model law, and the kit to download."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from undaunted.coercion.instruments.analysis import MEDIA, laid_file
from undaunted.coercion.instruments.rules import FeatureTold, comparables, model_features
from undaunted.coercion.instruments.writers import (
    comparison_csv,
    comparison_paper,
    comparison_told,
    kit_paper,
)
from undaunted.core.access.rules import face
from undaunted.site.caching import kept_briefly

if TYPE_CHECKING:
    from django.http import HttpRequest

    from undaunted.coercion.instruments.rules import Comparable

__all__ = ["comparison", "download"]

LANGUAGE: Final = "en"
_KINDS: Final = {**MEDIA, "csv": "text/csv; charset=utf-8", "json": "application/json"}


@face("public")
@require_safe
@kept_briefly
def comparison(request: HttpRequest) -> HttpResponse:
    """Show which instrument has which feature of the model law; not known is not no."""
    held = comparables()
    shown = {
        "instruments": [(each, _sourced(each)) for each in held],
        "features": [
            (feature, [_cell(each, feature.code) for each in held]) for feature in model_features()
        ],
    }
    return render(request, "instruments/comparison.html", shown)


@face("public")
@require_safe
@kept_briefly
def download(_request: HttpRequest, name: str, media: str) -> HttpResponse:
    """Give the comparison or the model law as a file."""
    if name not in {"comparison", "model-law"} or media not in _KINDS:
        raise Http404
    if name == "model-law" and media not in MEDIA:
        raise Http404
    told = name == "comparison" and media in MEDIA
    language = (get_language() or LANGUAGE) if told else LANGUAGE
    content = _file(name, media, timezone.now().date(), language)
    answer = HttpResponse(content, content_type=_KINDS[media])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{media}"'
    return answer


def _cell(instrument: Comparable, code: str) -> FeatureTold:
    return instrument.told.get(code) or FeatureTold(code, instrument.has(code))


def _sourced(instrument: Comparable) -> list[dict[str, Any]]:
    """Give what was read of each feature: who says so, and how it was read."""
    return [
        {"short": feature.short, "sources": instrument.told[feature.code].sources}
        for feature in model_features()
        if feature.code in instrument.told
    ]


@lru_cache(maxsize=96)
def _file(name: str, media: str, day: date, language: str) -> bytes:
    """Write a file once a day in each language: it rests on packs alone.

    More are held than a day has: whoever asks for all of them has each written once.
    """
    if media == "csv":
        return comparison_csv(comparables()).encode()
    if media == "json":
        told: list[dict[str, Any]] = comparison_told(comparables())
        return json.dumps(told, ensure_ascii=False, indent=2, default=str).encode()
    with override(language):
        law = name == "model-law"
        paper = kit_paper(day=day) if law else comparison_paper(comparables(), day=day)
    return laid_file(paper, media, moment=_seconds(day))


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
