"""Sources attached to any claim with their grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.core.evidence.actions import (
    cite,
    withdraw_citation,
)
from undaunted.core.evidence.queries import (
    citation_for,
)
from undaunted.prisoners.registry.forms import CitationForm
from undaunted.prisoners.registry.forms.evidence import PARTS_OF_ACTS, PARTS_OF_PERSONS
from undaunted.prisoners.registry.pages.desk_frame import (
    found,
    posted,
)
from undaunted.prisoners.registry.pages.desk_steps import act_of, back_to, case_for, claim_step

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["cite_claim", "cite_person", "withdraw"]


@face("desk")
@require_http_methods(["GET", "POST"])
def cite_person(request: HttpRequest, party: UUID) -> HttpResponseBase:
    """Attach a source to what is said about the person."""
    actor, file = case_for(request, party, Verb.RECORD)

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        ((source, grade),) = sources
        return cite(
            source,
            actor=actor,
            at=at,
            subject_kind="party",
            subject_id=file.party.pk,
            claim=values["part"],
            grade=grade,
            locator=values["locator"],
        )

    form = CitationForm(posted(request), parts=PARTS_OF_PERSONS)
    return claim_step(request, file, form, act, _("Add a source"), anchor="sources")


@face("desk")
@require_http_methods(["GET", "POST"])
def cite_claim(request: HttpRequest, party: UUID, claim: UUID) -> HttpResponseBase:
    """Attach a source to a single claim, and to the record where the claim belongs."""
    actor, file = case_for(request, party, Verb.RECORD)
    held = act_of(actor, file, claim)

    def act(values: dict[str, Any], sources: Any, at: datetime) -> object:  # noqa: ANN401
        ((source, grade),) = sources
        for kind, subject, part in (
            ("act", held.claim, values["part"]),
            ("party", held.victim_id, held.category),
        ):
            cite(
                source,
                actor=actor,
                at=at,
                subject_kind=kind,
                subject_id=subject,
                claim=part,
                grade=grade,
                locator=values["locator"],
            )
        return held

    form = CitationForm(posted(request), parts=PARTS_OF_ACTS)
    return claim_step(request, file, form, act, _("Add a source"))


@face("desk")
@require_POST
def withdraw(request: HttpRequest, party: UUID, citation: UUID) -> HttpResponseBase:
    """End a citation; it stays as history."""
    actor, file = case_for(request, party, Verb.RECORD)
    held = found(citation_for(actor, citation))
    subjects = {one.pk for one in file.members} | {one.claim for one in file.acts}
    if held.subject_id not in subjects or held.withdrawn_at is not None:
        return back_to(file, "sources")
    withdraw_citation(held, actor=actor, at=timezone.now())
    messages.success(request, _("The source no longer carries this claim."))
    return back_to(file, "sources")
