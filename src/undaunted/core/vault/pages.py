"""The page on which somebody makes, opens and closes their own key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import face
from undaunted.core.vault.actions import close, make_key_pair, open_for_session
from undaunted.core.vault.queries import key_pair_for, opened_key
from undaunted.core.vault.rules import (
    VAULT_COOKIE,
    TooManyGuesses,
    TooManyUnlocks,
    VaultClosed,
    VaultError,
    WeakPassphrase,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

__all__ = ["lock", "vault"]


class PassphraseForm(forms.Form):
    """The passphrase of a key, asked for again on every opening and never kept."""

    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase of your key"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        max_length=1_024,
    )


class NewPassphraseForm(PassphraseForm):
    """The passphrase of a new key, twice."""

    again = forms.CharField(
        label=gettext_lazy("The same passphrase again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        max_length=1_024,
    )

    def clean_again(self) -> str:
        """Refuse two that differ: a slip here could never be mended."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("passphrase"):
            raise forms.ValidationError(_("The two passphrases differ."))
        return again


@face("desk")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def vault(request: HttpRequest) -> HttpResponse:
    """Show whether the actor's key is open here, and make or open it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    exists = key_pair_for(actor) is not None
    kind = PassphraseForm if exists else NewPassphraseForm
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cookie = _open(form, request, actor, exists=exists)
        if cookie:
            return _unlocked(cookie)
    shown = {"form": form, "exists": exists, "open": _is_open(request, actor)}
    return TemplateResponse(request, "vault/vault.html", shown)


@face("desk")
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Close the key in this session and forget the cookie."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    close(session=request.session, actor=actor, at=timezone.now())
    answer = HttpResponseRedirect(reverse("vault:vault"))
    answer.set_cookie(
        VAULT_COOKIE, "", max_age=0, secure=True, httponly=True, samesite="Strict", path="/"
    )
    return answer


def _open(form: PassphraseForm, request: HttpRequest, actor: Actor, *, exists: bool) -> str:
    passphrase, at = form.cleaned_data["passphrase"], timezone.now()
    try:
        if not exists:
            make_key_pair(passphrase, actor=actor, at=at)
        return open_for_session(passphrase, session=request.session, actor=actor, at=at)
    except VaultError as refusal:
        form.add_error("passphrase", _told(refusal))
        return ""


def _told(refusal: VaultError) -> str:
    if isinstance(refusal, WrongPassphrase):
        return _("This passphrase does not open your key.")
    if isinstance(refusal, WeakPassphrase):
        return _(
            "This passphrase is too short. Use at least 16 characters; several words are best."
        )
    if isinstance(refusal, TooManyGuesses):
        return _("Too many wrong tries. Wait a while, at most 15 minutes, and try again.")
    if isinstance(refusal, TooManyUnlocks):
        return _("Too many people open their keys at this moment. Try again in a minute.")
    return _("Your key cannot be opened. Tell whoever runs this instance before you go on.")


def _unlocked(cookie: str) -> HttpResponse:
    answer = HttpResponseRedirect(reverse("vault:vault"))
    answer.set_cookie(VAULT_COOKIE, cookie, secure=True, httponly=True, samesite="Strict", path="/")
    return answer


def _is_open(request: HttpRequest, actor: Actor) -> bool:
    cookie = request.COOKIES.get(VAULT_COOKIE, "")
    try:
        opened_key(actor, request.session, cookie, at=timezone.now())
    except VaultClosed:
        return False
    return True
