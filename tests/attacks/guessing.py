"""What guessers and the guessed do: shared by the attacks on passphrases, codes and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.core.accounts.codes import code_of
from tests.core.accounts.factories import make_organisation, make_user, set_up_totp
from undaunted.core.access.rules import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.accounts.models import User

__all__ = [
    "CODE",
    "DESK",
    "FREE",
    "PASSPHRASE",
    "SECRET",
    "SIGN_IN",
    "enter",
    "guess",
    "open_the_door",
    "person",
]

PASSPHRASE = "correct horse battery staple"
WRONG = "wrong"
SECRET = "JBSWY3DPEHPK3PXP"
SIGN_IN, CODE = "/accounts/sign-in/", "/accounts/second-factor/authenticate/"
DESK = "/desk/accounts/sessions/"
FREE = 5
"""So many tries are judged before the first has to wait."""


@pytest.fixture
def person(owner_sql: Callable[..., Any]) -> User:
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    user.set_password(PASSPHRASE)
    owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
    set_up_totp(user, SECRET)
    return user


def guess(name: str, passphrase: str = WRONG, client: Client | None = None) -> str:
    answer = (client or Client()).post(SIGN_IN, {"login": name, "password": passphrase})
    if answer.status_code == 302:
        return "in"
    return "slowed" if "Too many wrong tries" in answer.content.decode() else "wrong"


def enter(client: Client, person: User, step: int = 0) -> bool:
    client.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    client.post(CODE, {"code": code_of(SECRET, step)})
    return client.get(DESK).status_code == 200


def open_the_door(owner_sql: Callable[..., Any]) -> None:
    """Let the time pass that a try has to wait for."""
    owner_sql("UPDATE accounts_tries SET next_at = now() - interval '1 second'")
