"""Opening, binding, renewing and closing the identity that the database believes."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import ask_discreetly
from undaunted.core.accounts.queries import bound_actor
from undaunted.core.accounts.rules import identity_digest, identity_mac

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User

__all__ = [
    "acting_as",
    "acting_with_token",
    "close_identity",
    "open_entering",
    "open_identity",
    "renew_identity",
]

_MINUTES_TO_ENTER = 10


def open_identity(
    token: str, *, user: User | UUID, second_factor: bool, kind: str, until: datetime
) -> None:
    """Let `token` stand for `user` until the given time.

    `kind` is entering, web, terminal, token or job. Raises a database error when the code is
    refused.
    """
    holder = user if isinstance(user, UUID) else user.pk
    until = until.replace(microsecond=0)
    digest = identity_digest(token)
    mac = identity_mac(
        settings.SESSION_BINDING_KEY,
        digest=digest,
        user=holder,
        second_factor=second_factor,
        kind=kind,
        until=until,
    )
    ask_discreetly(
        "SELECT identity_open(%s, %s, %s, %s, %s, %s)",
        [digest, holder, second_factor, kind, until, mac],
    )


def open_entering(token: str, *, user: User) -> None:
    """Let `token` reach the second factors of `user`, who gave the right passphrase; no more."""
    until = timezone.now() + timedelta(minutes=_MINUTES_TO_ENTER)
    open_identity(token, user=user, second_factor=False, kind="entering", until=until)


def renew_identity(token: str, following: str) -> None:
    """Let `following` stand for whomever `token` stands for; `token` stands for nobody then."""
    ask_discreetly("SELECT identity_move(%s, %s)", [token, following])


def close_identity(token: str) -> None:
    """End what `token` stands for, at once and for good."""
    ask_discreetly("SELECT identity_close(%s)", [token])


@contextmanager
def acting_with_token(token: str | None) -> Iterator[Actor]:
    """Run a transaction as whoever `token` stands for; the public where it stands for nobody."""
    with transaction.atomic():
        yield bound_actor(token)


@contextmanager
def acting_as(user: User | UUID, *, kind: str = "job", minutes: int = 60) -> Iterator[Actor]:
    """Run one transaction as `user`, for work that the user asked for and the worker carries out.

    Only a process that holds the binding key can do this. The identity ends with the block.
    """
    token = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(minutes=minutes)
    open_identity(token, user=user, second_factor=True, kind=kind, until=until)
    try:
        with acting_with_token(token) as actor:
            yield actor
    finally:
        close_identity(token)
