"""The landing page of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.pages.desk_frame import actor_of, shown
from undaunted.prisoners.registry.queries.matching import candidate_pairs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["home"]


@face("desk")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits."""
    actor = actor_of(request)
    pairs = len(candidate_pairs(actor)) if actor.can(Verb.JUDGE_MATCH) else 0
    return shown(
        request,
        "home",
        may_import=actor.can(Verb.IMPORT),
        may_record=actor.can(Verb.RECORD),
        pairs=pairs,
    )
