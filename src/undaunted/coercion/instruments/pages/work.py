"""What one person records at the desk: elements, engagement, the draft of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undaunted.coercion.instruments.actions import (
    assess_elements,
    record_draft,
    record_engagement,
    take_back_engagement,
)
from undaunted.coercion.instruments.analysis import design_kept, evidence_in
from undaunted.coercion.instruments.forms import (
    ElementsForm,
    EngagementForm,
    MeasureForm,
    TestsForm,
)
from undaunted.coercion.instruments.pages.answers import found, taken
from undaunted.coercion.instruments.pages.desk import address_of, worked
from undaunted.coercion.instruments.queries import (
    assessed_of,
    draft_of,
    engagement_for,
    proceeding_for,
)
from undaunted.coercion.instruments.rules import Design, InstrumentChannel, Part, elements_pack
from undaunted.core.access.rules import actor_of, face

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from undaunted.coercion.instruments.models import Engagement, Proceeding
    from undaunted.core.access.rules import Actor

__all__ = [
    "drop_measure",
    "elements",
    "engagement",
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

    return worked(
        request, held, form, step, part=Part.RESTS, title=_("Assess the elements"), pack=pack
    )


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
            InstrumentChannel(told["channel"]),
            told["body"],
            told["said"],
            actor=actor,
            at=timezone.now(),
            answer=told["answer"],
        )

    return worked(request, held, form, step, part=Part.ENGAGEMENT, title=_("Log engagement"))


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
    return worked(request, held, form, step, part=Part.DRAFT, **told)


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

    return worked(request, held, form, step, part=Part.DRAFT, title=_("Answer the tests of law"))


@taken(proceeding_for, address_of, lambda told, *_: MeasureForm.chosen(told))
def drop_measure(held: Proceeding, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Take a measure out of the draft."""
    design = _design(actor, held)
    kept = tuple(each for each in design.measures if each.key != told["key"])
    record_draft(held, Design(kept, design.answers), actor=actor, at=at)


def _design(actor: Actor, held: Proceeding) -> Design:
    draft = draft_of(actor, held)
    return design_kept(draft.content) if draft else Design(())
