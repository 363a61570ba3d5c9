"""The pages for somebody who lost their passphrase: what is lost, what is not, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from undaunted.core.access.rules import face
from undaunted.core.vault.actions import give_up_key_pair, open_for_session, recover_key_pair
from undaunted.core.vault.forms import GiveUpForm, SharesForm
from undaunted.core.vault.pages.sessions import actor_of, refused, with_cookie
from undaunted.core.vault.queries import key_pair_for, recovery_of, shares_for, standings_for
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

__all__ = ["give_up", "lost"]


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Say what is lost and what is not, and take the shares of a quorum where there is one."""
    actor = actor_of(request)
    if key_pair_for(actor) is None:
        return redirect("vault:vault")
    recovery = recovery_of(actor)
    form = SharesForm(request.POST or None, needed=recovery.threshold) if recovery else None
    if form is not None and request.method == "POST" and form.is_valid():
        cookie = _recover(form, request, actor)
        if cookie:
            messages.success(request, _("Your key is back, under your new passphrase."))
            return with_cookie("vault:vault", cookie)
    in_force = [each for each in shares_for(actor) if not each.pending]
    shown = {
        "form": form,
        "recovery": recovery,
        "shares": in_force if recovery and recovery.retired_at is None else [],
        "standings": standings_for(actor),
    }
    return TemplateResponse(request, "vault/lost.html", shown)


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def give_up(request: HttpRequest) -> HttpResponse:
    """Begin again with a new key, after the old one is lost for good."""
    actor = actor_of(request)
    if key_pair_for(actor) is None:
        return redirect("vault:vault")
    form = GiveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words, at = form.cleaned_data["passphrase"], timezone.now()
        try:
            give_up_key_pair(words, actor=actor, at=at)
            cookie = open_for_session(words, session=request.session, actor=actor, at=at)
        except VaultError as refusal:
            form.add_error(*refused(refusal, "passphrase"))
        else:
            told = _("You have a new key. Ask a colleague of each team to take you in again.")
            messages.success(request, told)
            return with_cookie("vault:vault", cookie)
    shown = {"form": form, "standings": standings_for(actor)}
    return TemplateResponse(request, "vault/give_up.html", shown)


def _recover(form: SharesForm, request: HttpRequest, actor: Actor) -> str:
    words, at = form.cleaned_data["passphrase"], timezone.now()
    try:
        recover_key_pair(form.shares(), words, actor=actor, at=at)
        return open_for_session(words, session=request.session, actor=actor, at=at)
    except VaultError as refusal:
        form.add_error(*refused(refusal, "share1"))
        return ""
