"""Pages of accounts: the way in, and the administration of people and roles."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from allauth.account import views as allauth_views
from allauth.mfa.models import Authenticator
from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from undaunted.core.access.rules import Forbidden, Role, face
from undaunted.core.accounts.actions import enrol_person, give_role, withdraw_role
from undaunted.core.accounts.queries import members_for, organisations_for, user_named

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import Organisation

__all__ = [
    "change_passphrase",
    "members",
    "prove",
    "prove_again",
    "sign_in",
    "sign_out",
    "withdraw",
]

sign_in = face("account")(allauth_views.LoginView.as_view())
sign_out = face("account")(allauth_views.LogoutView.as_view())
change_passphrase = face("account")(allauth_views.PasswordChangeView.as_view())
prove_again = face("account")(allauth_views.ReauthenticateView.as_view())


class EnrolForm(forms.Form):
    """Whom to enrol, where, as what."""

    username = forms.CharField(label=_("User name"), max_length=64)
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.READER.value, _("Reader")),
            (Role.DOCUMENTER.value, _("Documenter")),
            (Role.REVIEWER.value, _("Reviewer")),
            (Role.PUBLISHER.value, _("Publisher")),
            (Role.STEWARD.value, _("Steward of lists")),
            (Role.ADMINISTRATOR.value, _("Administrator of accounts")),
        ],
    )

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        administered = actor.organisations_as(Role.ADMINISTRATOR)
        field = self.fields["organisation"]
        field.queryset = organisations_for(actor).filter(pk__in=administered)  # type: ignore[attr-defined]


@face("account")
def prove(request: HttpRequest) -> HttpResponse:
    """Tell somebody without a proved second factor what to do."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    enrolled = Authenticator.objects.filter(
        user_id=request.user.pk, type__in=["totp", "webauthn"]
    ).exists()
    return TemplateResponse(request, "accounts/prove.html", {"enrolled": enrolled})


@face("desk")
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Show people and roles, and enrol somebody with a passphrase that is shown once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.organisations_as(Role.ADMINISTRATOR):
        raise Http404
    form = EnrolForm(request.POST or None, actor=actor)
    passphrase = ""
    if request.method == "POST" and form.is_valid():
        passphrase = _enrol(form, actor=actor)
    shown = {
        "members": members_for(actor),
        "form": EnrolForm(actor=actor) if passphrase else form,
        "passphrase": passphrase,
        "enrolled": form.cleaned_data.get("username") if passphrase else "",
    }
    return TemplateResponse(request, "accounts/members.html", shown)


@face("desk")
@require_POST
def withdraw(request: HttpRequest, membership: int) -> HttpResponse:
    """Withdraw one role."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = members_for(actor).filter(pk=membership).first()
    if found is None:
        raise Http404
    withdraw_role(found, actor=actor, at=timezone.now())
    return redirect("accounts:members")


def _enrol(form: EnrolForm, *, actor: Actor) -> str:
    at = timezone.now()
    passphrase = secrets.token_urlsafe(18)
    username = form.cleaned_data["username"]
    known = user_named(username)
    try:
        user = known or enrol_person(username, passphrase, actor=actor, at=at)
        give_role(
            user,
            form.cleaned_data["organisation"],
            Role(form.cleaned_data["role"]),
            actor=actor,
            at=at,
        )
    except Forbidden as refusal:
        form.add_error(None, str(refusal))
        return ""
    return "" if known else passphrase
