"""Signing in at the terminal: passphrase and second factor, for one command."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import forgive_try, take_try, terminal_token
from undaunted.core.access.rules import AccessError, Door
from undaunted.core.accounts.actions.identities import (
    close_identity,
    open_entering,
    open_identity,
)
from undaunted.core.accounts.actions.proving import matching_factor, matching_person
from undaunted.core.accounts.queries import bound_actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.accounts.models import User

__all__ = ["SignInRefused", "sign_in_at_terminal"]

_WRONG = (
    "user name, passphrase or code is wrong; each code is taken once, so wait for the next one"
    " where this one served before"
)
"""One sentence for all, so that nobody learns which of them was right."""


class SignInRefused(AccessError):
    """User name, passphrase or second factor is wrong; which one is not told."""


@contextmanager
def sign_in_at_terminal(username: str, passphrase: str, code: str) -> Iterator[None]:
    """Open an identity for an hour and let the commands inside act under it.

    Raises `SignInRefused`, and `TooManyTries` where wrong ones went before. Unknown names cost the
    same work as known ones and are slowed alike. Tries at the terminal count apart from those in
    browsers: strangers there keep nobody out here.
    """
    take_try(Door.TERMINAL, username)
    user = _proved(username, passphrase)
    token = secrets.token_urlsafe(32)
    open_entering(token, user=user)
    with transaction.atomic():
        bound_actor(token)
        proved = matching_factor(user, code) is not None
    if not proved:
        close_identity(token)
        raise SignInRefused(_WRONG)
    forgive_try(Door.TERMINAL, username, everything=True)
    until = timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=True, kind="terminal", until=until)
    held = terminal_token.set(token)
    try:
        yield
    finally:
        terminal_token.reset(held)
        close_identity(token)


def _proved(username: str, passphrase: str) -> User:
    user = matching_person(username, passphrase)
    if user is None:
        raise SignInRefused(_WRONG)
    return user
