"""How allauth signs people in here: user names only, identity opened in the database."""

from __future__ import annotations

import base64
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from undaunted.core.access.rules import TooManyTries
from undaunted.core.accounts.actions import (
    close_identity,
    open_entering,
    open_identity,
    prove_passphrase,
    record_passphrase_change,
)
from undaunted.core.accounts.forms.returning import in_this_language, page_here
from undaunted.core.accounts.queries import bound_actor
from undaunted.core.accounts.rules import DEVICE_COOKIE, TooManyAtOnce, device_named

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User

__all__ = ["AccountAdapter", "MFAAdapter", "PassphraseBackend", "device_of", "slowed"]


def device_of(request: HttpRequest, username: str) -> str:
    """Give the id of a browser in which this person signed in before; "" for any other."""
    cookie = request.COOKIES.get(DEVICE_COOKIE, "")
    return device_named(settings.SESSION_BINDING_KEY, username, cookie)


def slowed(refusal: TooManyTries | TooManyAtOnce) -> ValidationError:
    """Say in a form why nothing was judged, in the same words for every name."""
    if isinstance(refusal, TooManyAtOnce):
        return ValidationError(_("Too many people sign in at this moment. Try again in a minute."))
    return ValidationError(
        _("Too many wrong tries. Wait a while, at most 15 minutes, and try again.")
    )


class PassphraseBackend(AuthenticationBackend):  # type: ignore[misc]
    """Compares a passphrase with the hash of exactly one named person, and slows guesses."""

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """Give the person. Raises `ValidationError` where guesses are slowed."""
        username, passphrase = credentials.get("username"), credentials.get("password")
        if not username or not passphrase:
            return None
        try:
            return prove_passphrase(username, passphrase, device=device_of(request, username))
        except (TooManyTries, TooManyAtOnce) as refusal:
            raise slowed(refusal) from refusal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open registration, no e-mail; a sign-in opens an identity, a sign-out closes it."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody signs up: an administrator of accounts enrols people."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: object) -> HttpResponse | None:
        """After the right passphrase: let a fresh session reach the second factors, no more."""
        request.session.cycle_key()
        key = str(request.session.session_key)
        open_entering(key, user=user)
        bound_actor(key)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the identity for the fresh session key; the one that entered ends."""
        entered = request.session.session_key
        methods = request.session.get("account_authentication_methods", [])
        second = any(m.get("method") == "mfa" for m in methods)
        super().login(request, user)
        if entered:
            close_identity(entered)
        until = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        key = str(request.session.session_key)
        open_identity(key, user=user, second_factor=second, kind="web", until=until)
        request.actor = bound_actor(key)  # type: ignore[attr-defined]
        request.proved_as = user.username if second else ""  # type: ignore[attr-defined]

    def is_safe_url(self, url: str | None) -> bool:
        """Lead to pages of this site alone; the library would also trust other hosts of ours."""
        return bool(page_here(url))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead whoever asked for no page to the desk; to the front page whoever has no role."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return resolve_url(settings.LOGIN_REDIRECT_URL if actor.roles else "briefings:home")

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **told: object
    ) -> HttpResponse:
        """Open the page that was asked for in the language of the last step."""
        page = in_this_language(redirect_url) if redirect_url else None
        answer: HttpResponse = super().post_login(request, user, redirect_url=page, **told)
        return answer

    def logout(self, request: HttpRequest) -> None:
        """Close the identity before the session is flushed."""
        if request.session.session_key:
            close_identity(request.session.session_key)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """Change the own passphrase, which ends the other sessions and is recorded."""
        user.set_password(password)
        user.save(update_fields=["password"])
        actor: Actor = self.request.actor
        record_passphrase_change(actor=actor, at=timezone.now())

    def is_reauthentication_required(self, *, app: str) -> bool:  # noqa: ARG002 - for all apps
        """Ask for a proof again unless one was given in the last minutes, at sign-in or since."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0)
        return bool(time.time() - newest >= REAUTHENTICATION_TIMEOUT)

    def get_client_ip(self, _request: HttpRequest) -> str:
        """Give no address: many honest people stand behind one (promise S12)."""
        return "0.0.0.0"  # noqa: S104  (a placeholder, nothing listens)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second-factor secrets are stored encrypted under a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for storage."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Give a stored secret back."""
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"undaunted second factor")
    return Fernet(base64.urlsafe_b64encode(key.derive(settings.SECRET_KEY.encode())))
