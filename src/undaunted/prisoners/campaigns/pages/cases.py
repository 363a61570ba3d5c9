"""A case in a campaign at the desk: its mode, the ask, who adopted it, what is written of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.prisoners.campaigns.actions import (
    adopt_case,
    change_ask,
    end_adoption,
    make_material,
    remove_case,
    rewrite_material,
    set_mode,
    withdraw_material,
)
from undaunted.prisoners.campaigns.forms import AdoptForm, AskForm, MaterialForm, ModeForm
from undaunted.prisoners.campaigns.pages.answers import done, first_problem, found
from undaunted.prisoners.campaigns.queries import (
    adopter_for,
    adoption_for,
    case_for,
    desk_cases,
    material_bytes,
    material_for,
    materials_of,
    mode_permission,
)
from undaunted.prisoners.campaigns.rules import CampaignRefused, MaterialStale, Mode
from undaunted.prisoners.campaigns.rules.materials import kinds_for
from undaunted.prisoners.campaigns.writers import MATERIALS
from undaunted.site.answers import stopped

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

    from undaunted.prisoners.campaigns.models import CampaignCase

__all__ = [
    "adopt",
    "ask",
    "case_page",
    "file",
    "material",
    "mode",
    "remove",
    "rewrite_file",
    "stop_adopting",
    "withdraw_file",
]


@face("desk")
@require_safe
def case_page(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show a case with what covers each mode, its adopters and what was written of it."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    today = timezone.now().date()
    known = next(each for each in desk_cases(actor, held.campaign) if each.row.pk == held.pk)
    allowed = {
        each: bool(mode_permission(actor, held, each, on=today))
        for each in (Mode.PUBLIC, Mode.PRIVATE_ONLY)
    }
    kinds = kinds_for(Mode(held.mode))
    write = MaterialForm(actor=actor, initial={"language": held.campaign.language})
    write.fields["kind"].choices = [(str(k), MATERIALS[k]) for k in kinds]  # type: ignore[attr-defined]
    shown = {
        "case": known,
        "campaign": held.campaign,
        "allowed": list(allowed.items()),
        "mode_form": ModeForm(initial={"mode": held.mode}),
        "ask_form": AskForm(initial={"ask": held.ask}),
        "adopt_form": AdoptForm(actor=actor, initial={"on": today}),
        "material_form": write if kinds else None,
        "materials": materials_of(actor, held.campaign).filter(case=held),
        "may": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
    }
    return TemplateResponse(request, "campaigns/desk/case.html", shown)


@face("desk")
@require_POST
def mode(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say how a case may be shown."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    form = ModeForm(request.POST)

    def step() -> None:
        _check(form)
        set_mode(held, form.chosen, actor=actor, at=timezone.now())

    return done(request, step, _address(held))


@face("desk")
@require_POST
def ask(request: HttpRequest, case: UUID) -> HttpResponse:
    """Change what is asked."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    words = request.POST.get("ask", "")
    return done(
        request, lambda: change_ask(held, words, actor=actor, at=timezone.now()), _address(held)
    )


@face("desk")
@require_POST
def adopt(request: HttpRequest, case: UUID) -> HttpResponse:
    """Record that somebody adopts the case."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    form = AdoptForm(request.POST, actor=actor)

    def step() -> None:
        _check(form)
        adopter = found(adopter_for(actor, UUID(form.cleaned_data["adopter"])))
        on = form.cleaned_data["on"]
        adopt_case(held, adopter, actor=actor, at=timezone.now(), on=on)

    return done(request, step, _address(held))


@face("desk")
@require_POST
def stop_adopting(request: HttpRequest, adoption: UUID) -> HttpResponse:
    """Record that an adoption has ended."""
    actor = actor_of(request)
    held = found(adoption_for(actor, adoption))
    return done(
        request, lambda: end_adoption(held, actor=actor, at=timezone.now()), _address(held.case)
    )


@face("desk")
@require_POST
def remove(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take a case out of its campaign."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    back = reverse("campaigns-desk:campaign", args=[held.campaign.reference])
    return done(request, lambda: remove_case(held, actor=actor, at=timezone.now()), back)


@face("desk")
@require_POST
def material(request: HttpRequest, case: UUID) -> HttpResponse:
    """Write a kind of material in all its forms."""
    actor = actor_of(request)
    held = found(case_for(actor, case))
    form = MaterialForm(request.POST, actor=actor)
    page = reverse("campaigns:one", args=[held.campaign.reference])

    def step() -> None:
        _check(form)
        signed = form.cleaned_data["adopter"]
        make_material(
            held,
            form.chosen,
            actor=actor,
            at=timezone.now(),
            language=form.cleaned_data["language"],
            adopter=found(adopter_for(actor, UUID(signed))) if signed else None,
            address=request.build_absolute_uri(page),
        )

    return done(request, step, _address(held))


@face("desk")
@require_safe
def file(request: HttpRequest, material: UUID) -> HttpResponse:
    """Give a file, to save; 410 where it was destroyed, 409 where its words are old."""
    actor = actor_of(request)
    held = found(material_for(actor, material))
    try:
        content = material_bytes(actor, held)
    except CampaignRefused as refusal:
        back = reverse("campaigns-desk:campaign", args=[held.campaign.reference])
        status = 409 if isinstance(refusal, MaterialStale) else 410
        return stopped(request, refusal, back, status=status)
    answer = HttpResponse(content, content_type=held.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{held.name}"'
    return answer


@face("desk")
@require_POST
def rewrite_file(request: HttpRequest, material: UUID) -> HttpResponse:
    """Write a file anew with today's words."""
    actor = actor_of(request)
    held = found(material_for(actor, material))
    page = reverse("campaigns:one", args=[held.campaign.reference])

    def step() -> None:
        address = request.build_absolute_uri(page)
        rewrite_material(held, actor=actor, at=timezone.now(), address=address)

    return done(request, step, _address(held.case) if held.case else page)


@face("desk")
@require_POST
def withdraw_file(request: HttpRequest, material: UUID) -> HttpResponse:
    """Destroy a file."""
    actor = actor_of(request)
    held = found(material_for(actor, material))
    back = reverse("campaigns-desk:campaign", args=[held.campaign.reference])
    return done(request, lambda: withdraw_material(held, actor=actor, at=timezone.now()), back)


def _check(form: Form) -> None:
    if not form.is_valid():
        raise CampaignRefused(first_problem(form))


def _address(case: CampaignCase) -> str:
    return reverse("campaigns-desk:case", args=[case.pk])
