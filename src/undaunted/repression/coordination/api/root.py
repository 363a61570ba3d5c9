"""What the addresses of coordination share: the router, scopes, refusals, a passphrase's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja import Router

from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.repression.coordination.rules import CoordinationRefused
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
    "SHARE",
    "found",
    "refusals",
    "router",
    "taken",
]

router = Router(tags=["coordination of sanctions"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
SHARE = TokenScope(Scope.SHARE)
MOST_SHOWN = 500


def refusals() -> AbstractContextManager[None]:
    """Answer 409 with what stands against a step and what to do."""
    return conflicts(CoordinationRefused)


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
    held = found(find(actor, key))
    with refusals():
        return step(held, *told, actor=actor, at=timezone.now(), **more)
