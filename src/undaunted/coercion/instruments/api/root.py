"""What the addresses of proceedings share: the router, scopes, refusals."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone
from ninja import Router

from undaunted.coercion.instruments.readers import FileRefused
from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.core.standards.rules import FindingsStrange
from undaunted.site.answers import found

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor

__all__ = [
    "DECIDE",
    "MOST_SHOWN",
    "PROPOSE",
    "READ",
    "found",
    "moment_of",
    "refusals",
    "router",
    "taken",
]

router = Router(tags=["proceedings against coercion"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST_SHOWN = 500

Thing = TypeVar("Thing")


def moment_of(as_known: datetime | None) -> datetime | None:
    """Give the moment that is asked for, in UTC where no zone is said; None for now."""
    if as_known is None or timezone.is_aware(as_known):
        return as_known
    return as_known.replace(tzinfo=UTC)


def refusals() -> AbstractContextManager[None]:
    """Answer 409 with what stands against a step and what to do."""
    return conflicts(InstrumentRefused, FileRefused, FindingsStrange)


def taken(
    request: HttpRequest,
    find: Callable[[Actor, Any], Any | None],
    key: object,
    step: Callable[..., Any],
    *told: object,
) -> Any:  # noqa: ANN401 - whatever the step makes
    """Find what is meant as the token's person, and give what a step with it makes."""
    actor = actor_of(request)
    held = found(find(actor, key))
    with refusals():
        return step(held, *told, actor=actor, at=timezone.now())
