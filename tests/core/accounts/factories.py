"""Organisations and people for tests, made as the owner would at installation."""

from __future__ import annotations

import itertools
import secrets
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from undaunted.core.accounts.actions import acting_with_token, open_identity
from undaunted.core.accounts.models import User
from undaunted.core.accounts.models.sessions import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from undaunted.core.access.rules import Actor, Role

__all__ = ["in_person", "make_organisation", "make_user", "set_up_totp", "signed_in_client"]

_numbers = itertools.count(1)


def make_organisation(
    owner_sql: Callable[..., object], name: str = "", country: str = "XS"
) -> UUID:
    """Insert an organisation."""
    made = uuid4()
    owner_sql(
        "INSERT INTO accounts_organisation (id, name, country, government, demonstration)"
        " VALUES (%s, %s, %s, false, false)",
        [made, name or f"Organisation {next(_numbers)}", country],
    )
    return made


def make_user(
    owner_sql: Callable[..., object], roles: dict[UUID, list[Role]] | None = None
) -> User:
    """Insert a person with roles; the passphrase hash is unusable."""
    user = User(username=f"person-{next(_numbers)}-{uuid4().hex[:6]}")
    user.set_unusable_password()
    owner_sql(
        "INSERT INTO accounts_user (id, username, password, language, is_active, demonstration)"
        " VALUES (%s, %s, %s, 'en', true, false)",
        [user.pk, user.username, user.password],
    )
    for organisation, given in (roles or {}).items():
        for role in given:
            owner_sql(
                "INSERT INTO accounts_membership (user_id, organisation_id, role, since)"
                " VALUES (%s, %s, %s, now())",
                [user.pk, organisation, str(role)],
            )
    return user


def signed_in_client(user: User) -> Client:
    """Give a test client whose session stands for `user`, both factors proved."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    until = timezone.now() + timedelta(hours=1)
    open_identity(session.session_key, user=user, second_factor=True, kind="web", until=until)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@contextmanager
def in_person(user: User, *, second_factor: bool = True, kind: str = "web") -> Iterator[Actor]:
    """Run one transaction as `user`, signed in at a browser."""
    token = secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(hours=1)
    open_identity(token, user=user, second_factor=second_factor, kind=kind, until=until)
    with acting_with_token(token) as actor:
        yield actor


def set_up_totp(user: User, secret: str) -> None:
    """Give `user` an authenticator app that holds `secret`."""
    with in_person(user):
        TOTP.activate(user, secret)
