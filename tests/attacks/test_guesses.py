"""Somebody guesses passphrases: each name is slowed, and its owner is let in."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.attacks.guessing import (
    FREE,
    PASSPHRASE,
    SIGN_IN,
    enter,
    guess,
    open_the_door,
    person,
)
from tests.core.accounts.factories import in_person, make_organisation, make_user
from undaunted.core.access.actions import ask_apart, forgive_try, take_try
from undaunted.core.access.rules import Door, Role, TooManyTries, tries_bucket
from undaunted.core.accounts.forms import hashing
from undaunted.core.accounts.rules import (
    DEVICE_COOKIE,
    DEVICES_KEPT,
    TooManyAtOnce,
    device_named,
    devices_with,
)
from undaunted.core.audit.queries import verify_chain

if TYPE_CHECKING:
    from collections.abc import Callable

    from undaunted.core.accounts.models import User

__all__ = ["person"]

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often Argon2 runs, without saying over what."""
    ran: list[str] = []
    for name in ("encode", "verify"):
        before = getattr(Argon2PasswordHasher, name)

        def counted(self: Any, *told: Any, _before: Any = before, _name: str = name) -> Any:
            ran.append(_name)
            return _before(self, *told)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return ran


def _waits(owner_sql: Callable[..., Any], door: Door, name: str) -> float:
    bucket = tries_bucket(settings.SESSION_BINDING_KEY, door, name)
    found = owner_sql(
        "SELECT extract(epoch FROM next_at - seen_at) FROM accounts_tries WHERE bucket = %s",
        [bucket],
    )
    return float(found[0][0])


def test_after_five_wrong_tries_even_the_right_passphrase_waits(
    person: User, derivations: list[str]
) -> None:
    assert [guess(person.username) for _ in range(FREE)] == ["wrong"] * FREE
    assert len(derivations) == FREE
    assert guess(person.username) == "slowed"
    assert guess(person.username, PASSPHRASE) == "slowed"
    assert len(derivations) == FREE, "what is slowed costs no derivation"


def test_waits_double_and_stay_below_a_quarter_of_an_hour(owner_sql: Callable[..., Any]) -> None:
    waits = []
    for _ in range(FREE + 12):
        take_try(Door.PASSPHRASE, "anybody")
        waits.append(_waits(owner_sql, Door.PASSPHRASE, "anybody"))
        open_the_door(owner_sql)
    assert waits[: FREE - 1] == [0] * (FREE - 1)
    assert waits[FREE - 1 : FREE + 8] == [2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert set(waits[FREE + 8 :]) == {900}


def test_a_refused_try_makes_nobody_wait_longer(owner_sql: Callable[..., Any]) -> None:
    for _ in range(FREE):
        take_try(Door.PASSPHRASE, "anybody")
    before = owner_sql("SELECT wrong, next_at FROM accounts_tries WHERE bucket <> 'noted'")
    for _ in range(20):
        with pytest.raises(TooManyTries) as told:
            take_try(Door.PASSPHRASE, "anybody")
        assert 0 < told.value.wait <= 2
    assert owner_sql("SELECT wrong, next_at FROM accounts_tries WHERE bucket <> 'noted'") == before


def test_tries_that_arrive_together_see_each_other(person: User) -> None:
    said: list[str] = []
    ready = threading.Barrier(16)

    def guess() -> None:
        try:
            ready.wait()
            take_try(Door.PASSPHRASE, person.username)
            said.append("judged")
        except TooManyTries:
            said.append("slowed")
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(said) == ["judged"] * FREE + ["slowed"] * 11


def test_a_try_counts_even_when_its_request_fails() -> None:
    for _ in range(FREE):
        with transaction.atomic():
            take_try(Door.PASSPHRASE, "anybody")
            transaction.set_rollback(True)
    with pytest.raises(TooManyTries):
        take_try(Door.PASSPHRASE, "anybody")


def test_a_name_that_does_not_exist_answers_works_and_waits_alike(
    person: User, derivations: list[str], owner_sql: Callable[..., Any]
) -> None:
    told, work = {}, {}
    for name in (person.username, "nobody-of-that-name"):
        pages = []
        derivations.clear()
        for _ in range(FREE + 2):
            page = Client().post(SIGN_IN, {"login": name, "password": "wrong"})
            body = page.content.decode().replace(name, "NAME")
            pages.append((page.status_code, re.sub(r'value="[\w-]{64}"', "", body)))
        told[name], work[name] = pages, len(derivations)
    assert told[person.username] == told["nobody-of-that-name"]
    assert set(work.values()) == {FREE}
    rows = owner_sql("SELECT wrong FROM accounts_tries WHERE bucket <> 'noted'")
    assert rows == [(FREE,), (FREE,)]


def test_nothing_that_is_kept_says_who_was_guessed(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    for name in (person.username, "nobody-of-that-name"):
        for _ in range(FREE + 1):
            guess(name)
    kept = str(owner_sql("SELECT * FROM accounts_tries"))
    kept += str(owner_sql("SELECT * FROM audit_entry")) + str(
        owner_sql("SELECT * FROM audit_detail")
    )
    for secret in (person.username, str(person.pk), "nobody", "127.0.0.1"):
        assert secret not in kept
    entries = owner_sql(
        "SELECT actor, subject_kind, subject_id FROM audit_entry WHERE verb = 'guesses.slowed'"
    )
    assert entries == [(None, "instance", "")], "once a minute, whoever was guessed"


def test_the_chain_with_its_note_of_guesses_is_whole(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    for _ in range(FREE):
        guess(person.username)
    steward = make_user(owner_sql, {make_organisation(owner_sql): [Role.STEWARD]})
    with in_person(steward):
        report = verify_chain()
    assert not report.problems
    assert report.entries > 0


def test_the_owner_enters_from_a_known_browser_while_strangersguess(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    own = Client()
    assert enter(own, person)
    own.post("/accounts/sign-out/")
    assert own.cookies[DEVICE_COOKIE].value
    for _ in range(FREE + 3):
        guess(person.username)
        open_the_door(owner_sql)
    guess(person.username)
    assert guess(person.username, PASSPHRASE) == "slowed"
    assert enter(own, person, 1)
    assert guess(person.username, PASSPHRASE) == "slowed", "that the owner came in frees no guess"


def test_a_known_browser_has_no_free_guesses(person: User) -> None:
    own = Client()
    assert enter(own, person)
    own.post("/accounts/sign-out/")
    assert [guess(person.username, client=own) for _ in range(FREE)] == ["wrong"] * FREE
    assert guess(person.username, PASSPHRASE, client=own) == "slowed"


def test_a_cookie_of_one_person_or_a_forged_one_knows_nobody_else(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    other = make_user(owner_sql, {})
    own = Client()
    assert enter(own, person)
    cookie = own.cookies[DEVICE_COOKIE].value
    key = settings.SESSION_BINDING_KEY
    assert device_named(key, person.username, cookie)
    assert device_named(key, other.username, cookie) == ""
    device = cookie.partition(".")[0]
    for forged in ("", "~", ".", f"{device}.", f"{device}.é", f"other.{cookie.partition('.')[2]}"):
        assert device_named(key, person.username, forged) == ""
    assert person.username not in cookie
    assert devices_with(key, person.username, cookie) == cookie
    for number in range(DEVICES_KEPT):
        cookie = devices_with(key, f"person-{number}", cookie)
    assert cookie.count("~") == DEVICES_KEPT - 1
    assert device_named(key, person.username, cookie) == ""


def test_only_both_factors_make_a_browser_known(person: User) -> None:
    client = Client()
    client.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    assert DEVICE_COOKIE not in client.cookies


def test_wrong_tries_are_forgotten_in_time(owner_sql: Callable[..., Any]) -> None:
    for name, tries in (("few", FREE - 1), ("many", FREE + 2)):
        for _ in range(tries):
            take_try(Door.PASSPHRASE, name)
            open_the_door(owner_sql)
    owner_sql("UPDATE accounts_tries SET seen_at = seen_at - interval '2 hours'")
    take_try(Door.PASSPHRASE, "few")
    take_try(Door.PASSPHRASE, "few")
    take_try(Door.PASSPHRASE, "many")
    with pytest.raises(TooManyTries):
        take_try(Door.PASSPHRASE, "many")
    owner_sql("UPDATE accounts_tries SET seen_at = seen_at - interval '2 days'")
    take_try(Door.PASSPHRASE, "somebody else")
    assert owner_sql("SELECT count(*) FROM accounts_tries") == [(1,)]


def test_a_right_try_that_strangers_share_takes_back_itself_only(
    owner_sql: Callable[..., Any],
) -> None:
    for _ in range(3):
        take_try(Door.PASSPHRASE, "anybody")
    forgive_try(Door.PASSPHRASE, "anybody", everything=False)
    assert owner_sql("SELECT wrong FROM accounts_tries") == [(2,)]
    forgive_try(Door.PASSPHRASE, "anybody", everything=True)
    assert owner_sql("SELECT count(*) FROM accounts_tries") == [(0,)]


def test_the_tables_of_tries_and_codes_are_closed_to_the_desk() -> None:
    for table in ("accounts_tries", "accounts_spentstep"):
        for statement in ("SELECT * FROM {}", "DELETE FROM {}", "UPDATE {} SET ctid = ctid"):
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement.format(table))
    with pytest.raises(DatabaseError):
        ask_apart("SELECT tries_take(%s)", ["noted"])


def test_passphrases_are_judged_two_at_a_time_and_no_longer_than_a_moment(
    person: User, monkeypatch: pytest.MonkeyPatch, owner_sql: Callable[..., Any]
) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0.01)
    held = [hashing.SLOTS.acquire(blocking=False) for _ in range(hashing.AT_ONCE)]
    try:
        assert all(held)
        page = Client().post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
        assert "Too many people sign in" in page.content.decode()
        with pytest.raises(TooManyAtOnce):
            hashing.BoundedArgon2Hasher().encode("x", "saltsalt")
    finally:
        for _ in held:
            hashing.SLOTS.release()
    assert owner_sql("SELECT wrong FROM accounts_tries") == [(0,)], "it was not judged"
    assert guess(person.username, PASSPHRASE) == "in"
