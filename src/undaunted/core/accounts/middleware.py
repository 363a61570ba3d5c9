"""One transaction per request on the desk, with the identity bound inside it.

Public pages never touch it, and a view without a mark runs as nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse

from undaunted.core.access.rules import PUBLIC, Forbidden, face
from undaunted.core.accounts.actions import renew_identity
from undaunted.core.accounts.queries import bound_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

__all__ = ["IdentityMiddleware", "face"]


class IdentityMiddleware:
    """Bind the session's identity for the time of the view, and answer refusals as absences."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work happens around the view."""
        request.actor = PUBLIC  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Run the view inside its transaction and render what it answers there."""
        rule = _rule_of(view)
        if rule == "public":
            return None
        with transaction.atomic():
            token = request.session.session_key
            actor = bound_actor(token)
            request.actor = actor  # type: ignore[attr-defined]
            if rule == "desk" and actor.is_public:
                return redirect("account_login")
            if rule == "desk" and not actor.second_factor:
                return redirect("accounts:prove")
            try:
                response = view(request, *args, **kwargs)
            except Forbidden as refusal:
                transaction.set_rollback(True)
                raise Http404 from refusal
            except (ImmediateHttpResponse, ReauthenticationRequired) as turn:
                # Middleware is not asked about what is raised here, so the library's is asked.
                response = AccountMiddleware(self.get_response).process_exception(request, turn)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
            _follow_the_key(request, token, actor)
            if response.status_code >= 500:  # noqa: PLR2004  (a server error keeps nothing)
                transaction.set_rollback(True)
            response["Cache-Control"] = "no-store"
            # Under no-referrer a browser sends "Origin: null" with a form, which the check against
            # forged forms must refuse. Other sites still learn nothing.
            response["Referrer-Policy"] = "same-origin"
            return response


def _follow_the_key(request: HttpRequest, token: str | None, actor: Actor) -> None:
    """Let the identity stay with a session that got another key, as a new passphrase gives it."""
    key = request.session.session_key
    entering = request.actor is not actor  # type: ignore[attr-defined]
    if token and key and key != token and not actor.is_public and not entering:
        renew_identity(token, key)


def _rule_of(view: Callable[..., HttpResponse]) -> str:
    """Give the view's face; one that has none runs as nobody, which sees no protected row."""
    usual = "account" if getattr(view, "__module__", "").startswith("allauth.") else "public"
    return str(getattr(view, "access_rule", usual))
