"""What the addresses of dossiers share: the router, scopes, a step in a dossier that is handled."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.repression.dossiers.analysis import dossier_told, gather, submission_told
from undaunted.repression.dossiers.queries import dossier_for, files_given, submissions_of
from undaunted.repression.dossiers.rules import DossierRefused
from undaunted.site.answers import found

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

__all__ = [
    "DECIDE",
    "MOST",
    "ONE",
    "PROPOSE",
    "READ",
    "SENT",
    "DossierIdOut",
    "etag_of",
    "router",
    "stepped",
    "unchanged_or_refused",
    "whole",
]

router = Router(tags=["sanctions dossiers"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST: Final = 500
ONE: Final = "/desk/{uuid:dossier}"
SENT: Final = "/desk/submissions/{uuid:submission}"


class DossierIdOut(Schema):
    """What was made or changed."""

    id: UUID


def whole(actor: Actor, held: Dossier) -> dict[str, Any]:
    """Give a dossier whole with its submissions; victims by number."""
    rows = [submission_told(each, files_given(actor, each)) for each in submissions_of(actor, held)]
    return dossier_told(actor, gather(actor, held)) | {"submissions": rows}


def etag_of(told: dict[str, Any]) -> str:
    """Give a strong ETag of what a dossier says."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def unchanged_or_refused(request: HttpRequest, told: dict[str, Any]) -> None:
    """Let a change through only where the program saw the newest state (RFC 9110, If-Match)."""
    held = request.headers.get("If-Match", "")
    if not held:
        raise HttpError(
            HTTPStatus.PRECONDITION_REQUIRED,
            "Send If-Match with the ETag of the record that you read.",
        )
    if held != etag_of(told):
        raise HttpError(
            HTTPStatus.PRECONDITION_FAILED,
            "The record was changed since you read it. Read it again.",
        )


def stepped(request: HttpRequest, dossier: UUID, step: Callable[..., Any], *told: object) -> Any:  # noqa: ANN401 - whatever the step makes
    """Take a step in a dossier that the token's person handles; 404 for any other."""
    actor = actor_of(request)
    held = found(dossier_for(actor, dossier))
    with conflicts(DossierRefused):
        return step(held, *told, actor=actor, at=timezone.now())
