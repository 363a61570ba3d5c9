"""The way in and the factors, over the sign-in library's views; what changes is recorded."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django.conf import settings
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from undaunted.core.access.rules import face
from undaunted.core.accounts.actions import open_identity, record_factor_change
from undaunted.core.accounts.forms.returning import carried_page, leading_to, page_here
from undaunted.core.accounts.queries import bound_actor, factors_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor

    View = Callable[..., HttpResponse]

__all__ = [
    "activate_totp",
    "add_webauthn",
    "change_passphrase",
    "deactivate_totp",
    "enter_code",
    "generate_recovery_codes",
    "prove",
    "prove_again",
    "remove_webauthn",
    "sign_in",
    "sign_out",
    "view_recovery_codes",
]

_PRIMARY = frozenset({"totp", "webauthn"})
_ENTERING = "account_login"
"""Where the sign-in library keeps, in a session, who gave a passphrase and which page waits."""


def _recorded(view: View) -> View:
    """Record which factors a view added or removed, and let the session follow them."""

    @wraps(view)
    def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if request.method != "POST" or actor.is_public:
            return view(request, *args, **kwargs)
        before = _factors(actor)
        response = view(request, *args, **kwargs)
        after = _factors(actor)
        if before != after:
            added, removed = (kind for kind, _ in after - before), (k for k, _ in before - after)
            at = timezone.now()
            record_factor_change([*added], [*removed], actor=actor, at=at)
            _follow(request, actor, before, after)
        return response

    return face("account")(run)


class _Checked:
    """A form that carries on to pages of this site alone."""

    request: HttpRequest

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        shown: dict[str, object] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return shown if carried_page(self.request) else shown | {"redirect_field": ""}


class _SignIn(_Checked, account_views.LoginView):  # type: ignore[misc]
    pass


class _SignOut(_Checked, account_views.LogoutView):  # type: ignore[misc]
    pass


class _OnTheWay:
    """A step of making a factor that carries the page somebody asked for when they had none."""

    request: HttpRequest

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        shown: dict[str, object] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return shown | {"page": carried_page(self.request)}

    def get_success_url(self) -> str:
        """Show new recovery codes first, once; they lead on."""
        return leading_to(super().get_success_url(), carried_page(self.request))  # type: ignore[misc]


class _ActivateTOTP(_OnTheWay, totp_views.ActivateTOTPView):  # type: ignore[misc]
    pass


class _AddWebAuthn(_OnTheWay, webauthn_views.AddWebAuthnView):  # type: ignore[misc]
    pass


class _RecoveryCodes(_OnTheWay, recovery_views.ViewRecoveryCodesView):  # type: ignore[misc]
    pass


def _factors(actor: Actor) -> Counter[tuple[str, int]]:
    return Counter(factors_for(actor).values_list("type", "pk"))


def _follow(
    request: HttpRequest,
    actor: Actor,
    before: Counter[tuple[str, int]],
    after: Counter[tuple[str, int]],
) -> None:
    """Count the first factor, proved just now, for this session; and the last one's end too."""
    had, has = (any(kind in _PRIMARY for kind, _ in each) for each in (before, after))
    if had == has:
        return
    key = str(request.session.session_key)
    until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    open_identity(key, user=actor.person, second_factor=has, kind="web", until=until)
    bound_actor(key)


@face("account")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and passphrase; whoever gave them already is asked for what is missing."""
    entering, page = request.session.get(_ENTERING), carried_page(request)
    if entering and page:
        request.session[_ENTERING] = {**entering, "redirect_url": page}
    answer: HttpResponse = _SignIn.as_view()(request)
    return answer


sign_out = face("account")(_SignOut.as_view())
change_passphrase = face("account")(account_views.PasswordChangeView.as_view())
prove_again = face("account")(account_views.ReauthenticateView.as_view())
activate_totp = _recorded(_ActivateTOTP.as_view())
deactivate_totp = _recorded(totp_views.deactivate_totp)
generate_recovery_codes = _recorded(recovery_views.generate_recovery_codes)
view_recovery_codes = face("account")(_RecoveryCodes.as_view())
add_webauthn = _recorded(_AddWebAuthn.as_view())
remove_webauthn = _recorded(webauthn_views.remove_webauthn)


@face("account")
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor; begin anew where the passphrase was given too long ago."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_public:
        page = page_here((request.session.get(_ENTERING) or {}).get("redirect_url"))
        request.session.flush()
        return redirect(leading_to("account_login", page))
    answer: HttpResponse = factor_views.authenticate(request)
    return answer


@face("account")
def prove(request: HttpRequest) -> HttpResponse:
    """Tell somebody without a proved second factor what to do."""
    page = carried_page(request)
    if not request.user.is_authenticated:
        return redirect(leading_to("account_login", page))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    enrolled = factors_for(actor).filter(type__in=_PRIMARY).exists()
    steps = {
        "again": leading_to("account_login", page),
        "app": leading_to("mfa_activate_totp", page),
        "key": leading_to("mfa_add_webauthn", page),
    }
    return TemplateResponse(request, "accounts/prove.html", {"enrolled": enrolled} | steps)
