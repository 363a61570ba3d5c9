"""The pages on which somebody makes, opens, closes, renews and replaces their own key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import face
from undaunted.core.vault.actions import (
    change_passphrase,
    close,
    make_key_pair,
    open_at_terminal,
    open_for_session,
    rotate_key_pair,
)
from undaunted.core.vault.forms import NewPassphraseForm, OldAndNewForm, PassphraseForm
from undaunted.core.vault.pages.sessions import (
    FORGOTTEN,
    actor_of,
    open_key_of,
    refused,
    told,
    with_cookie,
)
from undaunted.core.vault.queries import key_pair_for, own_share
from undaunted.core.vault.rules import NotYourShare, VaultError, fingerprint_of

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

__all__ = ["lock", "passphrase", "rotate", "vault"]


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def vault(request: HttpRequest) -> HttpResponse:
    """Show whether the actor's key is open here, and make or open it."""
    actor = actor_of(request)
    pair = key_pair_for(actor)
    kind = NewPassphraseForm if pair is None else PassphraseForm
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cookie = _open(form, request, actor, exists=pair is not None)
        if cookie:
            return with_cookie("vault:vault", cookie)
    shown = {
        "form": form,
        "exists": pair is not None,
        "pair": pair,
        "fingerprint": fingerprint_of(pair.recipient) if pair else "",
        "open": open_key_of(request) is not None,
        "share_waits": _share_waits(actor),
    }
    return TemplateResponse(request, "vault/vault.html", shown)


@face("desk")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Close the key in this session and forget the cookie."""
    close(session=request.session, actor=actor_of(request), at=timezone.now())
    return with_cookie("vault:vault", FORGOTTEN)


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Put the actor's key under another passphrase."""
    actor = actor_of(request)
    form = OldAndNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["passphrase"]
        try:
            change_passphrase(old, new, actor=actor, at=timezone.now())
        except VaultError as refusal:
            form.add_error(*refused(refusal, "old"))
        else:
            messages.success(request, _("Your key has another passphrase now."))
            return redirect("vault:vault")
    return TemplateResponse(request, "vault/passphrase.html", {"form": form})


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def rotate(request: HttpRequest) -> HttpResponse:
    """Replace the actor's key pair, and seal every record of their teams to the new one."""
    actor = actor_of(request)
    form = OldAndNewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cookie = _rotate(form, request, actor)
        if cookie:
            messages.success(request, _("Your key pair has been replaced."))
            return with_cookie("vault:vault", cookie)
    return TemplateResponse(request, "vault/rotate.html", {"form": form})


def _open(form: Form, request: HttpRequest, actor: Actor, *, exists: bool) -> str:
    words, at = form.cleaned_data["passphrase"], timezone.now()
    try:
        if not exists:
            make_key_pair(words, actor=actor, at=at)
        return open_for_session(words, session=request.session, actor=actor, at=at)
    except VaultError as refusal:
        form.add_error("passphrase", told(refusal))
        return ""


def _rotate(form: Form, request: HttpRequest, actor: Actor) -> str:
    old, new, at = form.cleaned_data["old"], form.cleaned_data["passphrase"], timezone.now()
    try:
        key = open_at_terminal(old, actor=actor, at=at)
        rotate_key_pair(new, key=key, actor=actor, at=at)
        return open_for_session(new, session=request.session, actor=actor, at=at)
    except VaultError as refusal:
        form.add_error(*refused(refusal, "old"))
        return ""


def _share_waits(actor: Actor) -> bool:
    try:
        return bool(own_share(actor))
    except NotYourShare:
        return False
