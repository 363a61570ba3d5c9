"""What the addresses of cases share: the router, scopes, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone
from ninja import Router

from undaunted.coercion.screening.queries import case_for, row_for
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.coercion.screening.rules.known import FIRST_YEAR, LAST_YEAR, moment_in_utc
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.site.answers import found
from undaunted.site.problems import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = [
    "DECIDE",
    "ONE",
    "PROPOSE",
    "READ",
    "case_here",
    "found",
    "moment_of",
    "refusals",
    "router",
    "row_here",
    "taken",
    "taken_on",
]

router = Router(tags=["investment screening"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
ONE = "/desk/cases/{slug:reference}"

Thing = TypeVar("Thing")


def moment_of(as_known: datetime | None) -> datetime:
    """Give the moment that is asked for; now where none is, UTC where no zone is said."""
    if as_known is None:
        return timezone.now()
    moment = moment_in_utc(as_known)
    if moment is not None and moment > timezone.now():
        raise Unusable("as_known", "It lies ahead; nobody knows yet what will be known then.")
    if moment is None:
        raise Unusable("as_known", f"Give a moment of the years {FIRST_YEAR} to {LAST_YEAR}.")
    return moment


def refusals(*more: type[Exception]) -> AbstractContextManager[None]:
    """Answer 409 with what stands against a step and what to do."""
    return conflicts(ScreeningRefused, *more)


def case_here(request: HttpRequest, reference: str) -> tuple[Actor, Case]:
    """Give who asks and the case that is meant."""
    actor = actor_of(request)
    return actor, found(case_for(actor, reference))


def row_here(request: HttpRequest, model: type[Any], key: UUID) -> tuple[Actor, Any]:
    """Give who asks and the row that is meant."""
    actor = actor_of(request)
    return actor, found(row_for(actor, model, key))


def taken(
    request: HttpRequest, reference: str, step: Callable[..., Any], *told: object, **more: object
) -> Any:  # noqa: ANN401 - whatever the step makes
    """Take a step in a case as the token's person."""
    actor, case = case_here(request, reference)
    with refusals():
        return step(case, *told, actor=actor, at=timezone.now(), **more)


def taken_on(
    request: HttpRequest,
    model: type[Any],
    key: UUID,
    step: Callable[..., Any],
    *told: object,
    **more: object,
) -> Any:  # noqa: ANN401 - whatever the step makes
    """Take a step with a row of a case as the token's person."""
    actor, row = row_here(request, model, key)
    with refusals():
        return step(row, *told, actor=actor, at=timezone.now(), **more)
