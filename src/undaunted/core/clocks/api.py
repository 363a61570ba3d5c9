"""Deadlines over the wire: rules and reckoning, pure, the same for everybody."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest  # noqa: TC002  (ninja reads the annotations)
from django.utils import timezone
from ninja import Query, Router
from ninja.errors import HttpError

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.clocks.queries import what_if
from undaunted.core.clocks.readers import QuestionUnreadable, read_question
from undaunted.core.clocks.rules import EventsRefused, rules
from undaunted.core.clocks.writers import as_json, rule_title

__all__ = ["router"]

router = Router(tags=["clocks"])

UNREADABLE = 422


@router.get("/rules", summary="Every rule with its source and how well it is known")
@face("public")
def list_rules(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - ninja hands it in
    """Give every version of every rule."""
    return [
        {
            "rule": rule.id,
            "version": rule.version,
            "kind": rule.kind.value,
            "title": rule_title(rule),
            "starts": rule.starts.value,
            "law": rule.source.law,
            "article": rule.source.article,
            "status": rule.source.status.value,
            "read_on": rule.source.read_on.isoformat(),
            "valid_from": rule.valid_from.isoformat(),
            "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        }
        for rule in rules()
    ]


@router.get("/due", summary="When a deadline ends, with every step that leads there")
@face("public")
def reckon(  # noqa: PLR0913, PLR0917 - one parameter a part of the question
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    rule: str,
    start: str,
    country: str = "",
    zone: str = "",
    stop: Annotated[list[str], Query()] = [],  # noqa: B006  (never changed)
    extension: Annotated[list[str], Query()] = [],  # noqa: B006  (as above)
) -> dict[str, Any]:
    """Reckon one deadline; nothing is stored."""
    try:
        question = read_question(
            rule, start, country=country, zone=zone, stops=stop, extensions=extension
        )
        return as_json(what_if(PUBLIC, question, timezone.now()))
    except (QuestionUnreadable, EventsRefused) as refusal:
        raise HttpError(UNREADABLE, str(refusal)) from None
