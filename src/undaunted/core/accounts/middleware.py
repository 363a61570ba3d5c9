"""One transaction per request on the desk, with the identity bound inside it.

Public pages never touch it, and a view without a mark runs as nobody.
"""

from __future__ import annotations

import hashlib
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC, Forbidden, Verb, face
from undaunted.core.accounts.actions import (
    KeyReused,
    KeyUnreadable,
    answer_once,
    renew_identity,
)
from undaunted.core.accounts.forms.returning import asked_page, leading_to
from undaunted.core.accounts.queries import bound_actor, rights_waiting
from undaunted.core.accounts.rules import (
    DEVICE_COOKIE,
    DEVICE_DAYS,
    TOKEN_BEGINS,
    devices_with,
)
from undaunted.site.problems import problem

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
        token = _bearer_of(request, view)
        if token:
            return _answer_program(request, token, lambda: view(request, *args, **kwargs))
        if rule in {"public", "intake"}:
            return None
        with transaction.atomic():
            held = request.session.session_key
            actor = bound_actor(held)
            request.actor = actor  # type: ignore[attr-defined]
            request.administers = actor.can(Verb.MANAGE_ACCOUNTS)  # type: ignore[attr-defined]
            request.rights_waiting = partial(rights_waiting, actor)  # type: ignore[attr-defined]
            if rule == "desk" and actor.is_public:
                return redirect(leading_to("account_login", asked_page(request)))
            if rule == "desk" and not actor.second_factor:
                return redirect(leading_to("accounts:prove", asked_page(request)))
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
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
                # A tab that is opened anew asks for what was sent: people read why it is empty.
                response.content = render_to_string("404.html", request=request)
            _follow_the_key(request, held, actor)
            _know_the_browser(request, response)
            if response.status_code >= 500:  # noqa: PLR2004  (a server error keeps nothing)
                transaction.set_rollback(True)
            response["Cache-Control"] = "no-store"
            # Under no-referrer a browser sends "Origin: null" with a form, which the check against
            # forged forms must refuse. Other sites still learn nothing.
            response["Referrer-Policy"] = "same-origin"
            return response


def _bearer_of(request: HttpRequest, view: Callable[..., HttpResponse]) -> str:
    """Give the token of a program that calls the API; "" for everybody else."""
    if getattr(view, "__module__", "") != "ninja.operation":
        return ""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    known = kind.lower() == "bearer" and token.startswith(TOKEN_BEGINS)
    return token.strip() if known else ""


def _answer_program(
    request: HttpRequest, token: str, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer in one transaction as whoever the token stands for; an error keeps nothing."""
    with transaction.atomic():
        actor = bound_actor(token)
        request.actor = actor  # type: ignore[attr-defined]
        key = request.headers.get("Idempotency-Key")
        try:
            if key is None or request.method != "POST" or actor.is_public:
                response = answer()
            else:
                digest = _digest_of(request)
                response = answer_once(key, digest, answer, actor=actor, at=timezone.now())
        except KeyReused:
            told = "Idempotency-Key: it was used for another request within a day; take a new one."
            response = problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, told)
        except KeyUnreadable:
            told = "Idempotency-Key: send 1 to 255 visible ASCII characters without spaces."
            response = problem(request, HTTPStatus.BAD_REQUEST, told)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            transaction.set_rollback(True)
        return response


def _digest_of(request: HttpRequest) -> str:
    """Digest what a request asks: its address, and its body or its fields and files."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name} {file.name} {file.size}".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _follow_the_key(request: HttpRequest, token: str | None, actor: Actor) -> None:
    """Let the identity stay with a session that got another key, as a new passphrase gives it."""
    key = request.session.session_key
    entering = request.actor is not actor  # type: ignore[attr-defined]
    if token and key and key != token and not actor.is_public and not entering:
        renew_identity(token, key)


def _know_the_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Let a browser in which somebody has just proved both factors keep tries of its own."""
    username = getattr(request, "proved_as", "")
    if not username:
        return
    held = request.COOKIES.get(DEVICE_COOKIE, "")
    response.set_cookie(
        DEVICE_COOKIE,
        devices_with(settings.SESSION_BINDING_KEY, username, held),
        max_age=DEVICE_DAYS * 24 * 60 * 60,
        secure=True,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def _rule_of(view: Callable[..., HttpResponse]) -> str:
    """Give the view's face; one that has none runs as nobody, which sees no protected row."""
    usual = "account" if getattr(view, "__module__", "").startswith("allauth.") else "public"
    return str(getattr(view, "access_rule", usual))
