"""Petitions of listed persons at the desk of an authority; sealed until somebody opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.clocks.writers import rule_title, state_words
from undaunted.repression.coordination.actions import (
    acknowledge_petition,
    add_part,
    draw_up_answer,
    let_out_answer,
    open_petition,
    record_petition,
)
from undaunted.repression.coordination.analysis import letter_of
from undaunted.repression.coordination.forms import (
    AcknowledgeForm,
    PartForm,
    PetitionForm,
    ReplyForm,
    holders_for,
)
from undaunted.repression.coordination.pages.answers import found, taken, with_key, written
from undaunted.repression.coordination.queries import PETITION, parts_of, petition_for
from undaunted.repression.coordination.rules import (
    CLOCKS,
    Asked,
    CoordinationReply,
    Part,
    came_after,
    clock_begins,
)
from undaunted.repression.coordination.writers import MEDIA, write_letter
from undaunted.site.components.dates import date_text, moment_text

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import Petition

__all__ = ["acknowledge", "add", "draw_up", "let_out", "letter", "new_petition", "petition_page"]


def _address(held: Petition) -> str:
    return reverse("coordination-desk:petition", args=[held.pk])


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def new_petition(request: HttpRequest) -> HttpResponse:
    """Enter a petition."""
    actor = actor_of(request)
    found(actor.governments & {UUID(each) for each, _name in holders_for(actor)} or None)
    form = PetitionForm(request.POST or None, actor=actor)

    def step() -> Petition:
        told = form.cleaned_data
        return record_petition(
            form.organisation_id(), form.petitioner(), authority=told["authority"],
            law=form.other_law(),
            asked=Asked(told["asked"]), received_on=told["received_on"], actor=actor,
            at=timezone.now(),
        )  # fmt: skip

    if made := written(request, form, step):
        return redirect(_address(made))
    shown = {"form": form, "title": _("Enter a petition")}
    return TemplateResponse(request, "coordination/desk/form.html", shown)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def petition_page(request: HttpRequest, petition: UUID) -> HttpResponse:
    """Show a petition; its papers only where somebody asks whose key is open."""
    actor = actor_of(request)
    held = found(petition_for(actor, petition))
    if request.method != "POST":
        return _shown(request, actor, held, {})

    def step(key: OpenKey) -> HttpResponse:
        opened = open_petition(held, key=key, actor=actor, at=timezone.now())
        return _shown(request, actor, held, {row.pk: told for row, told in opened})

    return with_key(request, actor, step, _address(held))


@face("desk")
@require_POST
def letter(request: HttpRequest, petition: UUID, media: str) -> HttpResponse:
    """Give the answer as a letter, with the key that is open; a draft until it was let out."""
    actor, now = actor_of(request), timezone.now()
    held = found(petition_for(actor, petition))
    if media not in MEDIA:
        raise Http404

    def step(key: OpenKey) -> HttpResponse:
        papers = open_petition(held, key=key, actor=actor, at=now)
        told = letter_of(actor, held, papers, language=get_language() or "en", at=now)
        answer = HttpResponse(write_letter(told, media=media), content_type=MEDIA[media])
        answer["Content-Disposition"] = f'attachment; filename="answer.{media}"'
        return answer

    return with_key(request, actor, step, _address(held))


@taken(petition_for, _address, lambda told, *_: AcknowledgeForm(told))
def acknowledge(held: Petition, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Note on which day the petition was acknowledged."""
    acknowledge_petition(held, told["on"], actor=actor, at=at)


@taken(petition_for, _address, lambda told, *_: PartForm(told))
def add(held: Petition, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Add a paper."""
    add_part(held, Part(told["kind"]), told["text"], actor=actor, at=at)


@taken(petition_for, _address, lambda told, *_: ReplyForm(told))
def draw_up(held: Petition, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Draw up the answer."""
    draw_up_answer(held, CoordinationReply(told["reply"]), told["text"], actor=actor, at=at)


@face("desk")
@require_POST
def let_out(request: HttpRequest, petition: UUID, part: UUID) -> HttpResponse:
    """Let the answer that was read out, as a second person whose key is open."""
    actor = actor_of(request)
    held = found(petition_for(actor, petition))

    def step(key: OpenKey) -> HttpResponse:
        let_out_answer(held, part, key=key, actor=actor, at=timezone.now())
        return redirect(_address(held))

    return with_key(request, actor, step, _address(held))


def _shown(
    request: HttpRequest, actor: Actor, held: Petition, opened: dict[UUID, dict[str, object]]
) -> HttpResponse:
    hands = frozenset({held.replied_by} if held.replied_by else ())
    second = Facts(holder=held.holder, earlier_hands=hands)
    parts = list(parts_of(actor, held))
    answers = [each for each in parts if each.kind == Part.ANSWER]
    latest = answers[-1] if answers else None
    came = latest is not None and came_after(
        latest.recorded_at, (each.recorded_at for each in parts)
    )
    answer = latest.pk if latest and not came and latest.pk in opened else None
    shown = {
        "petition": held,
        "parts": [(each, opened.get(each.pk, {})) for each in parts],
        "opened": opened,
        "clocks": _clocks(actor, held),
        "reckoned_from": _reckoned_from(held),
        "acknowledged": AcknowledgeForm(initial={"on": timezone.now().date()}),
        "part": PartForm(),
        "reply": ReplyForm(),
        "may_record": decide(actor, Verb.RECORD, Facts(holder=held.holder)).allowed,
        "came": came,
        "read": answer if decide(actor, Verb.PUBLISH, second).allowed else None,
    }
    return TemplateResponse(request, "coordination/desk/petition.html", shown)


def _reckoned_from(held: Petition) -> date | None:
    """Give from when the deadlines of a petition run that came before their rules; else None."""
    if held.law:
        return None
    begins = min(clock_begins(rule, held.received_on) for rule in CLOCKS)
    return begins if begins > held.received_on else None


def _clocks(actor: Actor, held: Petition) -> list[tuple[str, str, str]]:
    """Give each deadline with its state and its last day, as the calendar of clocks tells it."""
    found = []
    for each in clocks_about(actor, PETITION, held.pk):
        deadline = each.reckon(timezone.now())
        ends = deadline.soft_due_at or deadline.due_at or each.due_at
        last = next((one.last_day for one in deadline.limits if one.ends_at == ends), None)
        told = date_text(last) if last else moment_text(ends)
        found.append((rule_title(each.held_rule), state_words(deadline.state), told))
    return found
