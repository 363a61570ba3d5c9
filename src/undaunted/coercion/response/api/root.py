"""What the addresses of responses share: the router, scopes, refusals."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404
from django.utils import timezone
from ninja import Router
from ninja.errors import HttpError

from undaunted.coercion.response.readers import ScenarioRefused
from undaunted.coercion.response.rules import ResponseRefused
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def found(thing: Thing | None) -> Thing:
    """Give the thing, or answer as if it did not exist."""
    if thing is None:
        raise Http404
    return thing


def sought(find: Callable[..., Thing | None], actor: Actor, key: object) -> Thing:
    """Give what is meant, absent as if it did not exist; 409 where several share the name."""
    with refusals():
        held = find(actor, key)
    return found(held)


@contextmanager
def refusals() -> Iterator[None]:
    """Answer 409 with what stands against a step and what to do."""
    try:
        yield
    except (ResponseRefused, ScenarioRefused) as refusal:
        raise HttpError(HTTPStatus.CONFLICT, str(refusal)) from None


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
