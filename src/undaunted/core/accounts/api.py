"""How programs prove themselves: a bearer token with the scope that an operation needs."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from ninja.errors import AuthorizationError, HttpError
from ninja.security import HttpBearer

from undaunted.core.access.rules import actor_of
from undaunted.core.accounts.queries import scopes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.rules import Scope

__all__ = ["TokenScope", "actor_of", "conflicts", "require_scope"]


@contextmanager
def conflicts(*refusals: type[Exception]) -> Iterator[None]:
    """Answer 409 with what stands against a step and what to do, where the rules refuse it."""
    try:
        yield
    except refusals as refusal:
        raise HttpError(HTTPStatus.CONFLICT, str(refusal)) from None


def require_scope(request: HttpRequest, scope: Scope) -> None:
    """Ask for one more scope where an answer tells more than its operation alone may."""
    token = request.headers.get("Authorization", "").partition(" ")[2]
    if scope not in scopes_of(actor_of(request), token):
        raise AuthorizationError


class TokenScope(HttpBearer):
    """Let a request through whose token carries `scope`; the middleware has bound its person."""

    openapi_name = "token"
    openapi_bearerFormat = "undaunted_…"  # noqa: N815 - the library's name

    def __init__(self, scope: Scope) -> None:
        """Keep the scope."""
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Give the actor; None without a token that stands for somebody."""
        actor = actor_of(request)
        if actor.is_public or not actor.second_factor:
            return None
        if self.scope not in scopes_of(actor, token):
            raise AuthorizationError
        return actor
