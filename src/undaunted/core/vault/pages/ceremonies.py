"""The ceremony of recovery: begun, taken share by share, checked, rehearsed, broken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Verb, face
from undaunted.core.vault.actions import (
    abandon_ceremony,
    begin_ceremony,
    check_share,
    rehearse_recovery,
    show_share,
    take_share,
)
from undaunted.core.vault.forms import CeremonyForm, SharesForm, WordsForm
from undaunted.core.vault.pages.sessions import actor_of, ask_for_key, open_key_of, told
from undaunted.core.vault.queries import own_share, recovery_for, shares_for
from undaunted.core.vault.rules import NotYourShare, VaultError, differing_words
from undaunted.site.components.clauses import commas_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["abandon", "begin", "ceremony", "check", "rehearse", "share", "take"]


@face("desk")
@require_safe
def ceremony(request: HttpRequest) -> HttpResponse:
    """Show which ceremony is in force or under way, and what can be done with it."""
    actor = actor_of(request)
    shares = shares_for(actor)
    shown = {
        "recovery": recovery_for(actor),
        "in_force": [each for each in shares if not each.pending],
        "under_way": [each for each in shares if each.pending],
        "own_waits": any(each.own and each.pending and not each.taken_at for each in shares),
        "own_taken": any(each.own and not each.pending for each in shares),
        "may_hold": actor.can(Verb.HOLD_CEREMONY),
    }
    return TemplateResponse(request, "vault/ceremony.html", shown)


@face("desk")
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Name the holders, one organisation each, and seal a share to every one of them."""
    actor = actor_of(request)
    if not actor.can(Verb.HOLD_CEREMONY):
        raise Http404
    form = CeremonyForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        threshold = form.cleaned_data["threshold"]
        try:
            begin_ceremony(form.holders, threshold, actor=actor, at=timezone.now())
        except VaultError:
            form.add_error(None, _why_not_begun(actor))
        else:
            messages.success(request, _("The shares wait for their holders. Tell each of them."))
            return redirect("vault:ceremony")
    return TemplateResponse(request, "vault/begin.html", {"form": form})


@face("desk")
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Show the holder their own share; the words are in this answer only."""
    actor = actor_of(request)
    key = open_key_of(request)
    if key is None:
        return ask_for_key(request)
    words: list[str] = []
    if request.method == "POST":
        words = _shown(key, actor).split()
    else:
        _waiting(actor)
    return TemplateResponse(request, "vault/share.html", {"words": words, "form": WordsForm()})


@face("desk")
@sensitive_post_parameters()
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Compare what the holder typed back; the share is destroyed here when it is right."""
    actor = actor_of(request)
    key = open_key_of(request)
    if key is None:
        return ask_for_key(request)
    _waiting(actor)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            last = take_share(form.cleaned_data["words"], actor=actor, at=timezone.now())
        except VaultError:
            form.add_error("words", _slip(key, form.cleaned_data["words"], actor))
        else:
            messages.success(request, _taken(last=last))
            return redirect("vault:ceremony")
    return TemplateResponse(request, "vault/share.html", {"words": [], "form": form, "typed": True})


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Let a holder see whether their sheet can still be read, alone, at their own desk."""
    actor = actor_of(request)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_share(form.cleaned_data["words"], actor=actor, at=timezone.now())
        except VaultError as refusal:
            form.add_error("words", told(refusal))
        else:
            messages.success(request, _("Your sheet is right. Put it back in its safe."))
            return redirect("vault:ceremony")
    return TemplateResponse(request, "vault/check.html", {"form": form})


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def rehearse(request: HttpRequest) -> HttpResponse:
    """Put a quorum's shares together to see that they would work; nothing is changed."""
    actor = actor_of(request)
    recovery = recovery_for(actor)
    if recovery is None:
        return redirect("vault:ceremony")
    form = SharesForm(request.POST or None, needed=recovery.threshold, rehearsal=True)
    if request.method == "POST" and form.is_valid():
        try:
            rehearse_recovery(form.shares(), actor=actor, at=timezone.now())
        except VaultError as refusal:
            form.add_error("share1", told(refusal))
        else:
            messages.success(request, _("These shares would bring a lost key back."))
            return redirect("vault:ceremony")
    return TemplateResponse(request, "vault/rehearse.html", {"form": form, "recovery": recovery})


@face("desk")
@require_POST
def abandon(request: HttpRequest) -> HttpResponse:
    """Break off the ceremony under way."""
    try:
        abandon_ceremony(actor=actor_of(request), at=timezone.now())
    except VaultError:
        messages.error(request, _("No ceremony is under way."))
    else:
        messages.success(request, _("The ceremony is broken off, and its shares are destroyed."))
    return redirect("vault:ceremony")


def _waiting(actor: Actor) -> None:
    try:
        own_share(actor)
    except NotYourShare:
        raise Http404 from None


def _shown(key: OpenKey, actor: Actor) -> str:
    _waiting(actor)
    return show_share(key=key, actor=actor, at=timezone.now())


def _slip(key: OpenKey, typed: str, actor: Actor) -> str:
    wrong = differing_words(show_share(key=key, actor=actor, at=timezone.now()), typed)
    numbers = commas_text(map(str, wrong[:8]))
    return ngettext(
        "Word %(numbers)s is not the word of your share. Look at it again and mend your sheet.",
        "Words %(numbers)s are not those of your share. Look at them again and mend your sheet.",
        len(wrong),
    ) % {"numbers": numbers}


def _taken(*, last: bool) -> str:
    if last:
        return _("Every holder has their share. The ceremony is in force from now on.")
    return _("Your share is on your sheet and nowhere else. The others are still to take theirs.")


def _why_not_begun(actor: Actor) -> str:
    if any(each.pending for each in shares_for(actor)):
        return _("A ceremony is under way. End it, or break it off first.")
    return _("Name different people of different organisations.")
