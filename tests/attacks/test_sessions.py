"""Sessions that somebody plants, keeps, forges or finds in a browser after its owner has left."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.attacks.installation import TOKEN, code_now
from tests.core.accounts.codes import code_of
from tests.core.accounts.factories import (
    make_organisation,
    make_user,
    set_up_totp,
    signed_in_client,
)
from tests.core.vault.factories import PASSPHRASE, make_office
from tests.journeys.scene import CHROMIUM, chromium, serving
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_with_token
from undaunted.core.accounts.rules import identity_digest
from undaunted.site.middleware import HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.core.accounts.models import User

pytestmark = pytest.mark.usefixtures("ledger")

SECRET = "JBSWY3DPEHPK3PXP"
SIGN_IN, PROVE = "/accounts/sign-in/", "/accounts/second-factor/authenticate/"
DESK = "/desk/accounts/members/"
COOKIE = "__Host-session"
LONGER = "an entirely different passphrase"


@pytest.fixture
def person(owner_sql: Callable[..., Any]) -> User:
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER, Role.ADMINISTRATOR]})
    user.set_password(PASSPHRASE)
    owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
    set_up_totp(user, SECRET)
    return user


def _sign_in(client: Client, person: User) -> list[Any]:
    one = client.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    two = client.post(PROVE, {"code": code_now(SECRET)})
    assert client.get(DESK).status_code == 200
    return [one, two]


def test_a_planted_session_is_never_the_one_that_is_signed_in(person: User) -> None:
    planted = "x" * 32
    victim, attacker = Client(), Client()
    victim.cookies[COOKIE] = planted
    attacker.cookies[COOKIE] = planted
    _sign_in(victim, person)
    assert victim.cookies[COOKIE].value != planted
    assert attacker.get(DESK).status_code == 302


def test_a_session_the_attacker_began_is_not_carried_through_the_sign_in(person: User) -> None:
    """The attacker gets a real session first, with a passphrase of somebody, and plants that."""
    attacker, victim = Client(), Client()
    attacker.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    began = attacker.cookies[COOKIE].value
    victim.cookies[COOKIE] = began
    _sign_in(victim, person)
    assert victim.cookies[COOKIE].value != began
    assert attacker.get(DESK).status_code == 302


def test_a_session_kept_by_somebody_is_worth_nothing_after_sign_out(person: User) -> None:
    client, thief = Client(), Client()
    _sign_in(client, person)
    for name, morsel in client.cookies.items():
        thief.cookies[name] = morsel.value
    assert thief.get(DESK).status_code == 200
    client.post("/accounts/sign-out/")
    assert thief.get(DESK).status_code == 302
    assert thief.get("/desk/").status_code == 302
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize("token", ["", "x" * 64, "of another"])
def test_nobody_is_signed_in_by_a_form_of_another_site(person: User, token: str) -> None:
    """Login CSRF: the victim would work in the attacker's account without noticing."""
    victim = Client(enforce_csrf_checks=True)
    own = TOKEN.search(victim.get(SIGN_IN).content.decode())
    found = TOKEN.search(Client().get(SIGN_IN).content.decode())
    assert own is not None
    assert found is not None
    sent = {"login": person.username, "password": PASSPHRASE}
    sent["csrfmiddlewaretoken"] = found[1] if token == "of another" else token
    assert victim.post(SIGN_IN, sent).status_code == 403
    headers = {"Origin": "https://evil.invalid"}
    sent["csrfmiddlewaretoken"] = own[1]
    assert victim.post(SIGN_IN, sent, headers=headers).status_code == 403
    assert victim.post(SIGN_IN, sent).status_code == 302


ELSEWHERE = (
    "https://evil.invalid/",
    "http:evil.invalid",
    "//evil.invalid/",
    "///evil.invalid/",
    "/\\evil.invalid",
    "\\\\evil.invalid",
    "/\t/evil.invalid",
    "\t//evil.invalid",
    "/\r\n/evil.invalid",
    "javascript:evil",
    "data:text/html,evil",
    "https://testserver@evil.invalid/",
    "//testserver/evil",
)
"""Addresses by which browsers, or readers of addresses, come to another site than they seem to."""


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_door_after_sign_in_leads_nowhere_else(
    person: User, owner_sql: Callable[..., Any], target: str
) -> None:
    client = Client()
    asked = f"?next={quote(target, safe='')}"
    sent = {"login": person.username, "password": PASSPHRASE, "next": target}
    answers = [client.get(SIGN_IN + asked)]
    answers += [client.post(SIGN_IN + asked, sent | {"password": "wrong"})]
    answers += [client.post(SIGN_IN + asked, sent), client.get(SIGN_IN + asked)]
    answers += [client.post(PROVE + asked, {"code": code_now(SECRET), "next": target})]
    assert answers[-1]["Location"] == "/desk/"
    answers += [client.get(SIGN_IN + asked), client.get(f"/desk/accounts/prove/{asked}")]
    owner_sql("DELETE FROM mfa_authenticator")
    answers += [client.get(f"/desk/accounts/prove/{asked}")]
    for step in ("totp/activate/", "webauthn/add/", "recovery-codes/"):
        answers += [client.get(f"/accounts/second-factor/{step}{asked}")]
    answers += [client.post("/accounts/sign-out/" + asked, {"next": target})]
    for answer in answers:
        assert "evil" not in answer.get("Location", "")
        page, _, _ = answer.content.decode().partition('<div id="languages">')
        assert "evil" not in page, "but for the same address in other languages"


def test_an_absent_page_and_a_forbidden_one_lead_alike(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    """Neither the door, signed out, nor where it leads, signed in, tells which of them is there."""
    other = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    told = []
    for step, whose in enumerate((other.pk, uuid4())):
        page = f"/desk/accounts/people/{whose}/"
        client = Client()
        door = client.get(page)
        form = client.get(door["Location"]).content.decode()
        assert f'name="next" value="{page}"' in form
        sent = {"login": person.username, "password": PASSPHRASE, "next": page}
        answers = [door, client.post(SIGN_IN, sent)]
        answers += [client.post(PROVE, {"code": code_of(SECRET, step)}), client.get(page)]
        assert answers[2]["Location"] == page
        told.append(
            [f"{a.status_code} {a.get('Location')}".replace(str(whose), "") for a in answers]
        )
    assert told[0] == told[1]
    assert told[0][-1] == "404 None"


def test_every_cookie_has_its_flags_by_value(person: User, owner_sql: Callable[..., Any]) -> None:
    client = Client()
    answers = [client.get(SIGN_IN), *_sign_in(client, person)]
    office = make_office(owner_sql)
    desk = signed_in_client(office.caseworker.user)
    answers.append(desk.post("/desk/vault/", {"passphrase": PASSPHRASE}))
    answers.append(client.post("/i18n/setlang/", {"language": "fr", "next": "/"}))
    seen = set()
    for answer in answers:
        for line in answer.cookies.output(header="").splitlines():
            (morsel,) = SimpleCookie(line.strip()).values()
            seen.add(morsel.key)
            assert morsel.key.startswith("__Host-"), line
            assert (morsel["path"], morsel["domain"]) == ("/", ""), line
            assert morsel["secure"], line
            assert morsel["httponly"], line
            assert morsel["samesite"] == "Strict", line
    assert {"__Host-session", "__Host-csrf", "__Host-vault", "__Host-language"} <= seen


def _addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Give every address that needs no value."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _addresses(each.url_patterns, path)
        elif isinstance(each, URLPattern) and "<" not in path and "(" not in path:
            yield "/" + path.replace("$", "").replace("^", "")


def test_every_address_answers_with_the_headers_by_value(person: User) -> None:
    signed_in = Client(raise_request_exception=False)
    _sign_in(signed_in, person)
    addresses = sorted({*_addresses(), "/absent/", "/static/absent.css", "/api/v1/absent"})
    assert len(addresses) > 40
    for client in (Client(raise_request_exception=False), signed_in):
        for address in addresses:
            if "sign-out" in address:
                continue
            answer = client.get(address)
            for name, value in HEADERS.items():
                assert answer.headers[name] == value, address
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, address
            assert "unsafe" not in policy, address
            assert "Referrer-Policy" in answer.headers, address
            if address.startswith("/desk") or answer.cookies:
                assert answer.headers["Cache-Control"] == "no-store", address


def _moved(owner_sql: Callable[..., Any], client: Client, **columns: str) -> None:
    """Move times of the identity behind a client's cookie."""
    digest = identity_digest(client.cookies[COOKIE].value)
    for column, by in columns.items():
        owner_sql(
            f"UPDATE accounts_identity SET {column} = {column} - %s::interval WHERE digest = %s",
            [by, digest],
        )


def test_a_session_that_nobody_used_for_an_hour_is_over(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    client = Client()
    _sign_in(client, person)
    _moved(owner_sql, client, seen_at="59 minutes")
    assert client.get(DESK).status_code == 200
    _moved(owner_sql, client, seen_at="61 minutes")
    assert client.get(DESK).status_code == 302
    assert client.get(DESK).status_code == 302, "a try does not wake it"
    with acting_with_token(client.cookies[COOKIE].value) as actor:
        assert actor.is_public


def test_use_keeps_a_session_alive_and_is_noted_apart(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    client = Client()
    _sign_in(client, person)
    key = client.cookies[COOKIE].value
    digest = identity_digest(key)
    for _ in range(3):
        _moved(owner_sql, client, seen_at="40 minutes")
        assert client.get(DESK).status_code == 200
    seen = "SELECT clock_timestamp() - seen_at < interval '1 minute' FROM accounts_identity"
    assert owner_sql(f"{seen} WHERE digest = %s", [digest]) == [(True,)]
    _moved(owner_sql, client, seen_at="40 minutes")
    with pytest.raises(RuntimeError), acting_with_token(key):
        raise RuntimeError
    assert owner_sql(f"{seen} WHERE digest = %s", [digest]) == [(True,)]


def test_no_use_keeps_a_session_longer_than_twelve_hours(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    client = Client()
    _sign_in(client, person)
    digest = identity_digest(client.cookies[COOKIE].value)
    lasts = owner_sql(
        "SELECT expires_at - opened_at FROM accounts_identity WHERE digest = %s", [digest]
    )[0][0]
    assert timedelta(hours=11, minutes=59) < lasts <= timedelta(hours=12)
    client.get(DESK)
    _moved(owner_sql, client, expires_at="11 hours 59 minutes", opened_at="11 hours 59 minutes")
    assert client.get(DESK).status_code == 200
    _moved(owner_sql, client, expires_at="2 minutes")
    assert client.get(DESK).status_code == 302


def test_a_session_moved_to_another_key_opens_nothing(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    """Binding: the row of a session is sealed with its cookie, and its identity hangs on it."""
    owner, thief = Client(), Client()
    _sign_in(owner, person)
    assert thief.get(SIGN_IN).status_code == 200
    thief.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    keys = [each.cookies[COOKIE].value for each in (owner, thief)]
    stored = [hashlib.sha256(b"web-session:" + key.encode()).hexdigest()[:40] for key in keys]
    owner_sql(
        "UPDATE accounts_websession SET session_data ="
        " (SELECT session_data FROM accounts_websession WHERE session_key = %s)"
        " WHERE session_key = %s",
        stored,
    )
    assert thief.get(DESK).status_code == 302
    with acting_with_token(keys[1]) as actor:
        assert not actor.second_factor
    assert owner.get(DESK).status_code == 200


def test_a_session_key_changes_with_every_step_that_raises_it(person: User) -> None:
    client = Client()
    client.get(SIGN_IN)
    seen = []
    for address, sent in (
        (SIGN_IN, {"login": person.username, "password": PASSPHRASE}),
        (PROVE, {"code": code_now(SECRET)}),
        (
            "/accounts/passphrase/",
            {"oldpassword": PASSPHRASE, "password1": LONGER, "password2": LONGER},
        ),
    ):
        assert client.post(address, sent).status_code == 302, address
        seen.append(client.cookies[COOKIE].value)
    assert len(set(seen)) == len(seen)
    for old in seen[:-1]:
        with acting_with_token(old) as actor:
            assert actor.is_public
    assert client.get(DESK).status_code == 200


def test_the_list_shows_every_place_and_ending_all_ends_them(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    here, there, half = Client(), signed_in_client(person), Client()
    _sign_in(here, person)
    half.post(SIGN_IN, {"login": person.username, "password": PASSPHRASE})
    page = here.get("/desk/accounts/sessions/").content.decode()
    open_now = owner_sql(
        "SELECT count(*) FROM accounts_identity WHERE closed_at IS NULL AND kind = 'web'"
    )[0][0]
    assert open_now >= 2
    assert page.count("/end/") == open_now, "every other place, and all of them"
    assert "this one" in page
    for word in ("127.0.0.1", "Mozilla", "User-Agent"):
        assert word not in page
    assert here.post("/desk/accounts/sessions/end/").status_code == 302
    for each in (here, there):
        assert each.get(DESK).status_code == 302
    assert half.post(PROVE, {"code": code_of(SECRET, 1)})["Location"].endswith(SIGN_IN)
    assert half.get(DESK).status_code == 302, "whoever was on the way in is out too"


def test_ending_all_does_not_wait_for_a_long_request(
    person: User, owner_sql: Callable[..., Any]
) -> None:
    """A request that runs for hours holds no lock on its session."""
    client = Client()
    _sign_in(client, person)
    key = client.cookies[COOKIE].value
    _moved(owner_sql, client, seen_at="5 minutes")
    with acting_with_token(key):
        owner_sql("SET lock_timeout = '2s'")
        owner_sql(
            "UPDATE accounts_identity SET closed_at = now() WHERE digest = %s",
            [identity_digest(key)],
        )
    assert client.get(DESK).status_code == 302


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_back_button_shows_nothing_after_sign_out(person: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    client = signed_in_client(person)
    key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    with serving() as site, chromium() as browser:
        context = browser.new_context()
        cookie: Any = {"name": COOKIE, "value": key, "secure": True, "httpOnly": True}
        cookie |= {"sameSite": "Strict", "url": site.replace("http:", "https:")}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(site + DESK)
        assert person.username in page.content()
        page.goto(f"{site}/accounts/sign-out/")
        page.click("main button[type=submit]")
        for _ in range(3):
            page.go_back()
            assert person.username not in page.content()
            assert urlsplit(page.url).path != DESK
