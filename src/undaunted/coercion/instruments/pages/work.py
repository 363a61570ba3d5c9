"""What one person records at the desk: elements, injury, engagement, the draft of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undaunted.coercion.instruments.actions import (
    assess_elements,
    attach_calculation,
    record_draft,
    record_engagement,
    record_injury,
    take_back_engagement,
)
from undaunted.coercion.instruments.analysis import calculation_of, design_kept, evidence_in
from undaunted.coercion.instruments.forms import (
    CalculationForm,
    ElementsForm,
    EngagementForm,
    InjuryForm,
    MeasureForm,
    TestsForm,
)
from undaunted.coercion.instruments.pages.answers import found, taken, written
from undaunted.coercion.instruments.pages.desk import address_of
from undaunted.coercion.instruments.queries import (
    assessed_of,
    draft_of,
    engagement_for,
    injury_of,
    proceeding_for,
)
from undaunted.coercion.instruments.rules import Channel, Design, elements_pack
from undaunted.core.access.rules import actor_of, face

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest

    from undaunted.coercion.instruments.models import Engagement, Proceeding
    from undaunted.core.access.rules import Actor

__all__ = [
    "calculation",
    "calculation_file",
    "drop_measure",
    "elements",
    "engagement",
    "injury",
    "measure",
    "take_back",
    "tests",
]


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def elements(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Assess how far each element of coercion is shown."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    pack = elements_pack(timezone.now().date())
    assessed = assessed_of(actor, held)
    initial = ElementsForm.initial_of(assessed.row.findings.all()) if assessed else {}
    form = ElementsForm(
        request.POST or None, pack=pack, evidence=evidence_in(actor, held), initial=initial
    )

    def step() -> object:
        return assess_elements(held, form.elements(), actor=actor, at=timezone.now())

    return _worked(request, held, form, step, title=_("Assess the elements"), pack=pack)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def injury(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Record the injury as it was measured."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    form = InjuryForm(request.POST or None)

    def step() -> object:
        told, kind = form.told()
        return record_injury(held, told, actor=actor, at=timezone.now(), kind=kind)

    return _worked(request, held, form, step, title=_("Record the injury"))


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def calculation(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Attach the file of another calculation, from which the injury is read."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    form = CalculationForm(request.POST or None, request.FILES or None)

    def step() -> object:
        return attach_calculation(held, *form.told(), actor=actor, at=timezone.now())

    return _worked(request, held, form, step, title=_("Attach a calculation"))


@face("desk")
@require_safe
def calculation_file(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Give the file from which the injury that counts was read, as it was attached."""
    actor = actor_of(request)
    measured = found(injury_of(actor, found(proceeding_for(actor, proceeding))))
    content = found(calculation_of(actor, measured))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = 'attachment; filename="calculation"'
    return answer


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def engagement(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Log what was said with the third country."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    form = EngagementForm(request.POST or None)

    def step() -> object:
        told = form.cleaned_data
        return record_engagement(
            held,
            told["day"],
            Channel(told["channel"]),
            told["body"],
            told["said"],
            actor=actor,
            at=timezone.now(),
            answer=told["answer"],
        )

    return _worked(request, held, form, step, title=_("Log engagement"))


@taken(engagement_for, lambda held: address_of(held.proceeding))
def take_back(held: Engagement, *, actor: Actor, at: datetime) -> None:
    """Take back an entry of the log that was recorded wrongly."""
    take_back_engagement(held, actor=actor, at=at)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Put a response measure into the draft; one of the same short name takes its place."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    form = MeasureForm(request.POST or None, request.FILES or None)

    def step() -> object:
        made, design = form.measure(timezone.now().date()), _design(actor, held)
        kept = tuple(each for each in design.measures if each.key != made.key)
        draft = Design((*kept, made), design.answers)
        return record_draft(held, draft, actor=actor, at=timezone.now())

    told = {"title": _("Design a measure"), "plain": form.plain(), "persons": form.persons()}
    return _worked(request, held, form, step, **told)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: HttpRequest, proceeding: UUID) -> HttpResponse:
    """Answer the tests of law, with reasons."""
    actor = actor_of(request)
    held = found(proceeding_for(actor, proceeding))
    design = _design(actor, held)
    form = TestsForm(request.POST or None, answers=design.answers)

    def step() -> object:
        draft = Design(design.measures, form.answers())
        return record_draft(held, draft, actor=actor, at=timezone.now())

    return _worked(request, held, form, step, title=_("Answer the tests of law"))


@taken(proceeding_for, address_of, lambda told, *_: MeasureForm.chosen(told))
def drop_measure(held: Proceeding, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Take a measure out of the draft."""
    design = _design(actor, held)
    kept = tuple(each for each in design.measures if each.key != told["key"])
    record_draft(held, Design(kept, design.answers), actor=actor, at=at)


def _design(actor: Actor, held: Proceeding) -> Design:
    draft = draft_of(actor, held)
    return design_kept(draft.content) if draft else Design(())


def _worked(
    request: HttpRequest,
    held: Proceeding,
    form: Form,
    step: Callable[[], object],
    **told: object,
) -> HttpResponse:
    if written(request, form, step):
        return redirect(address_of(held))
    shown = {"form": form, "proceeding": held, **told}
    return TemplateResponse(request, "instruments/desk/form.html", shown)
