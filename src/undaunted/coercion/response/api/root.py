"""What the addresses of responses share: the router, scopes, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone
from ninja import Router

from undaunted.coercion.response.readers import ScenarioRefused
from undaunted.coercion.response.rules import ResponseRefused
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.site.answers import found

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor

__all__ = [
    "DECIDE",
    "MOST_SHOWN",
    "PROPOSE",
    "READ",
    "found",
    "refusals",
    "router",
    "sought",
    "taken",
]

router = Router(tags=["responses to coercion"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST_SHOWN = 500

Thing = TypeVar("Thing")


def sought(find: Callable[..., Thing | None], actor: Actor, key: object) -> Thing:
    """Give what is meant, absent as if it did not exist; 409 where several share the name."""
    with refusals():
        held = find(actor, key)
    return found(held)


def refusals() -> AbstractContextManager[None]:
    """Answer 409 with what stands against a step and what to do."""
    return conflicts(ResponseRefused, ScenarioRefused)


def taken(
    request: HttpRequest,
    find: Callable[[Actor, Any], Any | None],
    key: object,
    step: Callable[..., Any],
    *told: object,
    **more: object,
) -> Any:  # noqa: ANN401 - whatever the step makes
    """Find what is meant as the token's person, and give what a step with it makes."""
    actor = actor_of(request)
    held = sought(find, actor, key)
    with refusals():
        return step(held, *told, actor=actor, at=timezone.now(), **more)
