"""The injury at the desk: read from a result or a file, or typed; measures held against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.instruments.actions import (
    attach_calculation,
    attach_front,
    attach_months,
    type_injury,
)
from undaunted.coercion.instruments.analysis import MEDIA, calculation_of, weighed_file
from undaunted.coercion.instruments.forms import CalculationForm, ResultForm, TypedForm
from undaunted.coercion.instruments.pages.answers import found
from undaunted.coercion.instruments.pages.desk import worked
from undaunted.coercion.instruments.queries import injury_of, proceeding_for
from undaunted.coercion.instruments.rules import Part
from undaunted.core.access.rules import actor_of, face

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

__all__ = ["calculation", "calculation_file", "injury", "open_paper", "paper", "typed"]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def injury(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Choose a result that is kept; the injury is read from it."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    form = ResultForm(request.POST or None, actor=actor, proceeding=held)

    def step() -> object:
        if form.front():
            return attach_front(held, form.front(), actor=actor, at=timezone.now())
        return attach_months(held, form.months(), actor=actor, at=timezone.now())

    return worked(request, held, form, step, part=Part.RESTS, title=_("Record the injury"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def calculation(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Attach a scenario's result or another calculation, from which the injury is read."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    form = CalculationForm(request.POST or None, request.FILES or None)

    def step() -> object:
        return attach_calculation(held, *form.told(), actor=actor, at=timezone.now())

    return worked(request, held, form, step, part=Part.RESTS, title=_("Attach a calculation"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def typed(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Type the injury, with an explanation; it is marked so wherever it is told."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    form = TypedForm(request.POST or None)

    def step() -> object:
        return type_injury(held, *form.told(), actor=actor, at=timezone.now())

    return worked(request, held, form, step, part=Part.RESTS, title=_("Type the injury"))


@face("desk")
@require_safe
def calculation_file(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Give the file from which the injury that counts was read, as it is kept."""
    actor = actor_of(request)
    measured = found(injury_of(actor, found(proceeding_for(actor, proceeding))))
    content = found(calculation_of(actor, measured))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = 'attachment; filename="calculation"'
    return answer


@face("desk")
@require_safe
def paper(request: HttpRequest, proceeding: UUID, media: str) -> HttpResponse:
    """Give the measures held against the injury, for Word or as PDF, for the authority's people."""
    return _paper(request, proceeding, media, whole=True)


@face("desk")
@require_safe
def open_paper(request: HttpRequest, proceeding: UUID, media: str) -> HttpResponse:
    """Give the non-confidential version of it: ranges, kinds and the verdict."""
    return _paper(request, proceeding, media, whole=False)


def _paper(request: HttpRequest, proceeding: UUID, media: str, *, whole: bool) -> HttpResponse:
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    content = (
        weighed_file(actor, held, media, at=timezone.now(), whole=whole) if media in MEDIA else None
    )
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=MEDIA[media])
    name = "measures" if whole else "measures-open"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{media}"'
    return answer
