"""Somebody guesses or replays codes, or guesses at the terminal and at the key of a vault."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.attacks.guessing import (
    CODE,
    DESK,
    FREE,
    PASSPHRASE,
    SECRET,
    SIGN_IN,
    enter,
    guess,
    open_the_door,
    person,
)
from tests.core.accounts.codes import code_of
from tests.core.accounts.factories import in_person
from tests.core.vault.factories import PASSPHRASE as RIGHT
from tests.core.vault.factories import make_office
from undaunted.core.access.rules import TooManyTries
from undaunted.core.accounts.actions import SignInRefused, sign_in_at_terminal
from undaunted.core.vault.actions import open_at_terminal
from undaunted.core.vault.rules import TooManyGuesses, WrongPassphrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.accounts.models import User

__all__ = ["person"]

pytestmark = pytest.mark.usefixtures("ledger")


def test_strangers_at_the_second_factor_keep_the_known_browser_out_neither(person: User) -> None:
    own, thief = Client(), Client()
    assert enter(own, person)
    own.post("/accounts/sign-out/")
    thief.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    for number in range(FREE):
        thief.post(CODE, {"code": f"00000{number}"})
    slowed = thief.post(CODE, {"code": code_of(SECRET)})
    assert "Too many wrong tries" in slowed.content.decode()
    assert thief.get(DESK).status_code == 302
    assert enter(own, person, 1)


def test_guesses_at_recovery_codes_count_with_those_at_the_app(person: User) -> None:
    client = Client()
    client.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    for number in range(FREE):
        client.post(CODE, {"code": f"1234567{number}"})
    assert "Too many wrong tries" in client.post(CODE, {"code": "12345678"}).content.decode()


def test_a_code_works_once_in_whichever_process(person: User) -> None:
    """The library remembers used codes in the memory of one process; the database for all."""
    now = code_of(SECRET)
    before = code_of(SECRET, -1)
    first = Client()
    first.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    assert first.post(CODE, {"code": now}).status_code == 302
    cache.clear()
    again = Client()
    again.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    for old in (now, before):
        assert again.post(CODE, {"code": old}).status_code == 200
    assert again.get(DESK).status_code == 302
    with pytest.raises(SignInRefused), sign_in_at_terminal(person.username, PASSPHRASE, now):
        pass


def test_a_code_caught_on_the_way_is_spent_by_one_of_two(person: User) -> None:
    clients = [Client(), Client()]
    for each in clients:
        each.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    code, said = code_of(SECRET), []
    ready = threading.Barrier(2)

    def send(client: Client) -> None:
        try:
            ready.wait()
            said.append(client.post(CODE, {"code": code}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(each,)) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [200, 302]


def test_nobody_spends_codes_of_others_or_of_the_future(person: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT factor_spend(1, 1)")
        assert cursor.fetchone() == (False,)
    with in_person(person), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM mfa_authenticator")
        (factor,) = cursor.fetchone()
        cursor.execute("SELECT factor_spend(%s, 99999999999)", [factor])
        assert cursor.fetchone() == (False,)


def test_the_terminal_is_slowed_apart_from_browsers(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    for _ in range(FREE + 1):
        guess(person.username)
    with sign_in_at_terminal(person.username, PASSPHRASE, code_of(SECRET)):
        pass
    for name in (person.username, "nobody-of-that-name"):
        for _ in range(FREE):
            with pytest.raises(SignInRefused), sign_in_at_terminal(name, "wrong", "000000"):
                pass
        with pytest.raises(TooManyTries), sign_in_at_terminal(name, PASSPHRASE, "000000"):
            pass
    open_the_door(owner_sql)
    with sign_in_at_terminal(person.username, PASSPHRASE, code_of(SECRET, 1)):
        pass


def test_guesses_at_the_key_of_a_vault_are_slowed(owner_sql: Callable[..., Any]) -> None:
    office = make_office(owner_sql)
    with office.caseworker.acting() as actor:
        for _ in range(FREE):
            with pytest.raises(WrongPassphrase):
                open_at_terminal("wrong but long enough", actor=actor, at=timezone.now())
        with pytest.raises(TooManyGuesses):
            open_at_terminal(RIGHT, actor=actor, at=timezone.now())
        open_the_door(owner_sql)
        assert open_at_terminal(RIGHT, actor=actor, at=timezone.now())
    rows = owner_sql("SELECT count(*) FROM accounts_tries WHERE bucket <> 'noted' AND wrong > 0")
    assert rows == [(0,)], "whoever opened the own key has nothing to wait for"


def test_the_change_of_a_passphrase_is_no_place_toguess(person: User) -> None:
    client = Client()
    assert enter(client, person)
    fresh = "an entirely different passphrase"
    sent = {"oldpassword": "wrong", "password1": fresh, "password2": fresh}
    for _ in range(FREE):
        client.post("/accounts/passphrase/", sent)
    sent["oldpassword"] = PASSPHRASE
    page = client.post("/accounts/passphrase/", sent)
    assert page.status_code == 200
    assert "Too many wrong tries" in page.content.decode()
