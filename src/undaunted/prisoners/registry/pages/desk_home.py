"""The landing page of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from undaunted.core.access.rules import Verb
from undaunted.core.accounts.middleware import face
from undaunted.prisoners.registry.pages.desk_frame import actor_of, shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["home"]


@face("desk")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits; pairs to compare are worked out on their own page, for it takes a while."""
    actor = actor_of(request)
    return shown(
        request,
        "home",
        may_import=actor.can(Verb.IMPORT),
        may_record=actor.can(Verb.RECORD),
        may_judge=actor.can(Verb.JUDGE_MATCH),
    )
