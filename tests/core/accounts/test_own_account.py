"""One's own account: factors, recovery codes, passphrase, sessions, tokens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

from tests.core.accounts.factories import (
    make_organisation,
    make_user,
    set_up_totp,
    signed_in_client,
)
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_with_token

pytestmark = pytest.mark.usefixtures("ledger")

PASSPHRASE = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP"
SECOND = "/accounts/second-factor/"


@pytest.fixture
def person(owner_sql: Any) -> Any:
    cache.clear()
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    user.set_password(PASSPHRASE)
    owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
    return user


def _code(secret: str = SECRET) -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def _enter(person: Any, code: str = "", passphrase: str = PASSPHRASE) -> Client:
    client = Client()
    client.post("/accounts/sign-in/", {"login": person.username, "password": passphrase})
    if code:
        client.post(f"{SECOND}authenticate/", {"code": code})
    return client


def _opens(client: Client) -> bool:
    return client.get("/desk/accounts/sessions/").status_code == 200


def _set_up(client: Client) -> list[str]:
    page = client.get(f"{SECOND}totp/activate/").content.decode()
    found = re.search(r"<dd><code>([A-Z2-7]+)</code>", page)
    assert found
    answer = client.post(f"{SECOND}totp/activate/", {"code": _code(found[1])}, follow=True)
    shown = answer.content.decode()
    assert "Shown once" in shown
    return re.findall(r"<li><code>(\d+)</code>", shown)


def test_the_first_factor_opens_the_desk_and_shows_recovery_codes(
    person: Any, owner_sql: Any
) -> None:
    client = _enter(person)
    assert not _opens(client)
    codes = _set_up(client)
    assert len(codes) == 10
    assert _opens(client)
    verbs = owner_sql("SELECT verb FROM audit_entry WHERE actor = %s", [person.pk])
    assert verbs == [("factor.changed",)]
    again = client.get(f"{SECOND}recovery-codes/").content.decode()
    assert not any(code in again for code in codes)
    assert client.get(f"{SECOND}recovery-codes/download/").status_code in {403, 404}


def test_a_recovery_code_opens_once(person: Any) -> None:
    codes = _set_up(_enter(person))
    assert _opens(_enter(person, codes[3]))
    assert not _opens(_enter(person, codes[3]))
    assert _opens(_enter(person, codes[4]))


def test_new_recovery_codes_end_the_old_ones(person: Any) -> None:
    client = _enter(person)
    codes = _set_up(client)
    answer = client.post(f"{SECOND}recovery-codes/generate/", follow=True).content.decode()
    fresh = re.findall(r"<li><code>(\d+)</code>", answer)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert not _opens(_enter(person, codes[0]))
    assert _opens(_enter(person, fresh[0]))


def test_whoever_removes_the_last_factor_is_out(person: Any) -> None:
    client = _enter(person)
    _set_up(client)
    assert client.post(f"{SECOND}totp/deactivate/").status_code == 302
    assert not _opens(client)


def test_a_factor_is_changed_only_soon_after_proof(person: Any) -> None:
    set_up_totp(person, SECRET)
    answer = signed_in_client(person).get(f"{SECOND}totp/deactivate/")
    assert answer.status_code == 302
    assert "/again/" in answer["Location"] or "/reauthenticate/" in answer["Location"]


def test_another_passphrase_keeps_this_session_and_ends_the_others(
    person: Any, owner_sql: Any
) -> None:
    set_up_totp(person, SECRET)
    elsewhere = signed_in_client(person)
    client = _enter(person, _code())
    assert _opens(elsewhere)
    assert _opens(client)
    before = client.cookies["__Host-session"].value
    fresh = "an entirely different passphrase"
    answer = client.post(
        "/accounts/passphrase/",
        {"oldpassword": PASSPHRASE, "password1": fresh, "password2": fresh},
    )
    assert answer.status_code == 302, answer.content.decode()
    assert client.cookies["__Host-session"].value != before
    assert _opens(client)
    assert not _opens(elsewhere)
    with acting_with_token(before) as actor:
        assert actor.is_public
    assert ("passphrase.changed",) in owner_sql("SELECT verb FROM audit_entry")


def test_a_weak_or_wrong_passphrase_changes_nothing(person: Any, owner_sql: Any) -> None:
    client = _enter(person)
    before = owner_sql("SELECT password FROM accounts_user")
    for old, new in ((PASSPHRASE, "short"), ("wrong", "an entirely different passphrase")):
        sent = {"oldpassword": old, "password1": new, "password2": new}
        assert client.post("/accounts/passphrase/", sent).status_code == 200
    assert owner_sql("SELECT password FROM accounts_user") == before


def test_sessions_are_listed_and_ended(person: Any) -> None:
    set_up_totp(person, SECRET)
    here, there = signed_in_client(person), signed_in_client(person)
    page = here.get("/desk/accounts/sessions/").content.decode()
    ends = re.findall(r'action="(/desk/accounts/sessions/[0-9a-f-]+/end/)"', page)
    for address in ends:
        assert here.post(address).status_code == 302
    assert _opens(here)
    assert not _opens(there)
    assert here.post(ends[0]).status_code == 404


def test_signing_out_everywhere_ends_this_one_too(person: Any) -> None:
    set_up_totp(person, SECRET)
    here, there = signed_in_client(person), signed_in_client(person)
    assert here.post("/desk/accounts/sessions/end/").status_code == 302
    assert not _opens(here)
    assert not _opens(there)


def test_a_token_is_shown_once_and_withdrawn(person: Any, owner_sql: Any) -> None:
    set_up_totp(person, SECRET)
    client = signed_in_client(person)
    page = client.post(
        "/desk/accounts/tokens/",
        {"label": "nightly count", "scopes": ["registry:read"], "days": 30},
    ).content.decode()
    found = re.search(r"<code>(undaunted_[\w-]+)</code>", page)
    assert found
    secret = found[1]
    assert secret not in str(owner_sql("SELECT * FROM accounts_apitoken"))
    with acting_with_token(secret) as actor:
        assert actor.id == person.pk
    page = client.get("/desk/accounts/tokens/").content.decode()
    assert secret not in page
    address = re.search(r'action="(/desk/accounts/tokens/\d+/withdraw/)"', page)
    assert address
    assert client.post(address[1]).status_code == 302
    with acting_with_token(secret) as actor:
        assert actor.is_public


@pytest.mark.parametrize(
    "sent",
    [
        {"label": "", "scopes": ["registry:read"], "days": 30},
        {"label": "x", "scopes": [], "days": 30},
        {"label": "x", "scopes": ["everything"], "days": 30},
        {"label": "x", "scopes": ["registry:read"], "days": 0},
        {"label": "x", "scopes": ["registry:read"], "days": 4000},
    ],
)
def test_a_token_without_limits_is_refused(
    person: Any, owner_sql: Any, sent: dict[str, Any]
) -> None:
    set_up_totp(person, SECRET)
    page = signed_in_client(person).post("/desk/accounts/tokens/", sent)
    assert page.status_code == 200
    assert "undaunted_" not in re.sub(r"[\w/.-]*\.(?:css|js)", "", page.content.decode())
    assert owner_sql("SELECT count(*) FROM accounts_apitoken") == [(0,)]


def test_an_administrator_closes_over_the_pages(owner_sql: Any) -> None:
    ours = make_organisation(owner_sql)
    clerk = make_user(owner_sql, {ours: [Role.ADMINISTRATOR]})
    colleague = make_user(owner_sql, {ours: [Role.READER]})
    stranger = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    client = signed_in_client(clerk)
    page = f"/desk/accounts/people/{colleague.pk}/"
    assert colleague.username in client.get(page).content.decode()
    assert client.post(f"{page}close/").status_code == 302
    assert client.get(page).status_code == 404
    other = f"/desk/accounts/people/{stranger.pk}/"
    assert client.get(other).status_code == 404
    assert client.post(f"{other}renew/").status_code == 404
    assert client.post(f"{other}close/").status_code == 404
