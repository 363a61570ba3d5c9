"""The way in: passphrase, second factor, identity in the database; and the way out."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client

from tests.core.accounts.factories import make_organisation, make_user, set_up_totp
from tests.remembering import GENUINE
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import (
    SignInRefused,
    acting_with_token,
    sign_in_at_terminal,
)
from undaunted.core.accounts.forms.hashing import BoundedArgon2Hasher
from undaunted.core.accounts.models import SessionStore
from undaunted.core.accounts.queries import actor_at_terminal

pytestmark = pytest.mark.usefixtures("ledger")

PASSPHRASE = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP"


def _code() -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2])))


@pytest.fixture
def person(owner_sql: Any) -> Any:
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER, Role.ADMINISTRATOR]})
    user.set_password(PASSPHRASE)
    owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
    return user


@pytest.fixture
def enrolled(person: Any) -> Any:
    set_up_totp(person, SECRET)
    return person


def _sign_in(client: Client, person: Any, passphrase: str = PASSPHRASE) -> Any:
    return client.post("/accounts/sign-in/", {"login": person.username, "password": passphrase})


def _full(client: Client, person: Any) -> None:
    _sign_in(client, person)
    answer = client.post("/accounts/second-factor/authenticate/", {"code": _code()})
    assert answer.status_code == 302, answer.content


def test_the_page_asks_for_name_and_passphrase() -> None:
    page = Client().get("/accounts/sign-in/").content.decode()
    assert 'name="login"' in page
    assert 'name="password"' in page
    assert "style=" not in page


def test_a_guess_costs_two_passes_over_a_hundred_mebibytes() -> None:
    """Every other test in this process hashes at the least cost (`tests/remembering.py`)."""
    assert GENUINE == {"time_cost": 2, "memory_cost": 100 * 1024, "parallelism": 8}
    costly = Argon2PasswordHasher().encode(PASSPHRASE, "of-these-tests")
    assert BoundedArgon2Hasher().verify(PASSPHRASE, costly)
    assert BoundedArgon2Hasher().must_update(costly), "what is light here is light by other factors"


def test_a_passphrase_alone_opens_no_desk(person: Any) -> None:
    client = Client()
    assert _sign_in(client, person).status_code == 302
    answer = client.get("/desk/accounts/members/")
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/accounts/prove/?next=/desk/accounts/members/"
    assert "Set up an authenticator app" in client.get(answer["Location"]).content.decode()


def test_both_factors_open_the_desk(enrolled: Any) -> None:
    client = Client()
    _full(client, enrolled)
    answer = client.get("/desk/accounts/members/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"


def test_signing_out_ends_the_identity_for_the_old_cookie(enrolled: Any) -> None:
    client = Client()
    _full(client, enrolled)
    old = client.cookies["__Host-session"].value
    client.post("/accounts/sign-out/")
    with acting_with_token(old) as actor:
        assert actor.is_public
    stolen = Client()
    stolen.cookies["__Host-session"] = old
    assert stolen.get("/desk/accounts/members/").status_code == 302


def test_the_session_key_changes_at_sign_in(enrolled: Any) -> None:
    client = Client()
    client.get("/accounts/sign-in/")
    _sign_in(client, enrolled)
    before = client.cookies["__Host-session"].value
    client.post("/accounts/second-factor/authenticate/", {"code": _code()})
    assert client.cookies["__Host-session"].value != before


def test_a_stored_session_does_not_hold_the_cookie(enrolled: Any, owner_sql: Any) -> None:
    client = Client()
    _full(client, enrolled)
    cookie = client.cookies["__Host-session"].value
    held = str(owner_sql("SELECT * FROM accounts_websession"))
    held += str(owner_sql("SELECT * FROM accounts_identity"))
    assert cookie not in held
    assert cookie.encode().hex() not in held


def test_a_wrong_passphrase_or_code_is_refused(enrolled: Any) -> None:
    client = Client()
    assert _sign_in(client, enrolled, "wrong").status_code == 200
    _sign_in(client, enrolled)
    answer = client.post("/accounts/second-factor/authenticate/", {"code": "000000"})
    assert answer.status_code == 200
    assert client.get("/desk/accounts/members/").status_code == 302


def test_a_code_works_once(enrolled: Any) -> None:
    first, second = Client(), Client()
    _sign_in(first, enrolled)
    _sign_in(second, enrolled)
    code = _code()
    assert first.post("/accounts/second-factor/authenticate/", {"code": code}).status_code == 302
    assert second.post("/accounts/second-factor/authenticate/", {"code": code}).status_code == 200


def test_the_secret_is_not_stored_in_clear(enrolled: Any, owner_sql: Any) -> None:
    assert SECRET not in str(owner_sql("SELECT data FROM mfa_authenticator"))


def test_a_post_without_token_is_refused(enrolled: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert _sign_in(client, enrolled).status_code == 403


def test_the_terminal_needs_both_factors(enrolled: Any) -> None:
    with pytest.raises(SignInRefused), sign_in_at_terminal(enrolled.username, PASSPHRASE, "000000"):
        pass
    with pytest.raises(SignInRefused), sign_in_at_terminal(enrolled.username, "wrong", _code()):
        pass
    with pytest.raises(SignInRefused), sign_in_at_terminal("nobody", PASSPHRASE, _code()):
        pass
    with sign_in_at_terminal(enrolled.username, PASSPHRASE, _code()):
        from django.db import transaction  # noqa: PLC0415

        with transaction.atomic():
            assert actor_at_terminal().id == enrolled.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_actor()")
        assert cursor.fetchone() == (None,)


def test_a_session_is_looked_up_in_words_that_stand_and_not_after_its_day(
    owner_sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = SessionStore()
    held["language"] = "fa"
    held.save()
    written: list[object] = []
    write = SQLCompiler.as_sql

    def as_sql(self: SQLCompiler, *given: Any, **named: Any) -> Any:
        written.append(self.query.model)
        return write(self, *given, **named)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    assert SessionStore(held.session_key).load() == {"language": "fa"}
    owner_sql("UPDATE accounts_websession SET expire_date = now() - interval '1 second'")
    assert SessionStore(held.session_key).load() == {}
    assert written == []
