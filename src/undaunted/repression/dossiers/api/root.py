"""What the addresses of dossiers share: the router, scopes, a step in a dossier that is handled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.repression.dossiers.queries import dossier_for
from undaunted.repression.dossiers.rules import DossierRefused
from undaunted.site.answers import found

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

__all__ = ["DECIDE", "MOST", "ONE", "PROPOSE", "READ", "SENT", "IdOut", "router", "stepped"]

router = Router(tags=["sanctions dossiers"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST: Final = 500
ONE: Final = "/desk/{uuid:dossier}"
SENT: Final = "/desk/submissions/{uuid:submission}"


class IdOut(Schema):
    """What was made or changed."""

    id: UUID


def stepped(request: HttpRequest, dossier: UUID, step: Callable[..., Any], *told: object) -> Any:  # noqa: ANN401 - whatever the step makes
    """Take a step in a dossier that the token's person handles; 404 for any other."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    with conflicts(DossierRefused):
        return step(held, *told, actor=actor, at=timezone.now())
