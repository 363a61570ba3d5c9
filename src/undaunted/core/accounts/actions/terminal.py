"""Signing in at the terminal: passphrase and second factor, for one command."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import AccessError
from undaunted.core.accounts.actions.identities import (
    close_identity,
    open_entering,
    open_identity,
)
from undaunted.core.accounts.queries import bound_actor, user_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.accounts.models import User

__all__ = ["SignInRefused", "sign_in_at_terminal"]


class SignInRefused(AccessError):
    """User name, passphrase or second factor is wrong; which one is not told."""


@contextmanager
def sign_in_at_terminal(username: str, passphrase: str, code: str) -> Iterator[None]:
    """Open an identity for an hour and let the commands inside act under it.

    Raises `SignInRefused`. Unknown names cost the same work as known ones.
    """
    user = _proved(username, passphrase)
    token = secrets.token_urlsafe(32)
    open_entering(token, user=user)
    with transaction.atomic():
        bound_actor(token)
        proved = _second_factor(user, code)
    if not proved:
        close_identity(token)
        raise SignInRefused("user name, passphrase or code is wrong")
    until = timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)
        close_identity(token)


def _proved(username: str, passphrase: str) -> User:
    user = user_named(username)
    if user is None:
        make_password(passphrase)
    elif check_password(passphrase, user.password) and user.has_usable_password():
        return user
    raise SignInRefused("user name, passphrase or code is wrong")


def _second_factor(user: User, code: str) -> bool:
    for found in Authenticator.objects.filter(user_id=user.pk):
        if found.type == Authenticator.Type.TOTP and TOTP(found).validate_code(code):
            return True
        if found.type == Authenticator.Type.RECOVERY_CODES and RecoveryCodes(found).validate_code(
            code
        ):
            return True
    return False
