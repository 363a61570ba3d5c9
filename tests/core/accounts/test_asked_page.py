"""Whoever asked for a page of the desk signed out comes to it through every step of signing in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client
from django.utils.translation import override

from tests.core.accounts.codes import code_of
from tests.core.accounts.factories import make_organisation, make_user, set_up_totp
from undaunted.core.access.rules import Role
from undaunted.core.accounts.forms.returning import in_this_language, page_here
from undaunted.core.accounts.rules import identity_digest

pytestmark = pytest.mark.usefixtures("ledger")

PASSPHRASE = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP"
SIGN_IN, SECOND = "/accounts/sign-in/", "/accounts/second-factor/"
PAGE = "/desk/dossiers/00000000-0000-4000-8000-000000000000/?day=2026-01-02&of=%D0%BC"


@pytest.fixture
def person(owner_sql: Any) -> Any:
    return _with_roles(owner_sql, Role.READER)


@pytest.fixture
def enrolled(person: Any) -> Any:
    set_up_totp(person, SECRET)
    return person


def _with_roles(owner_sql: Any, *roles: Role) -> Any:
    user = make_user(owner_sql, {make_organisation(owner_sql): [*roles]} if roles else {})
    user.set_password(PASSPHRASE)
    owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
    return user


def _fields(html: str) -> dict[str, str]:
    """Give the hidden fields of a page as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">', html)
    return {name: value.replace("&amp;", "&") for name, value in found if name == "next"}


def _asked(client: Client, page: str = PAGE) -> str:
    """Ask for a page of the desk; give where the visitor is sent."""
    answer = client.get(page)
    assert answer.status_code == 302
    return str(answer["Location"])


def _passphrase(client: Client, person: Any, address: str) -> Any:
    """Give the passphrase as the form at `address` would send it."""
    sent = {"login": person.username, "password": PASSPHRASE}
    fields = _fields(client.get(address).content.decode())
    return client.post(urlsplit(address).path, sent | fields)


def _code(client: Client, prefix: str = "") -> Any:
    return client.post(f"{prefix}{SECOND}authenticate/", {"code": code_of(SECRET)})


def _switched(client: Client, address: str, language: str) -> str:
    """Follow the link to another language on a page."""
    html = client.get(address).content.decode()
    found = re.search(rf'<a href="([^"]*)" lang="{language}"', html)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize("page", [PAGE, "/desk/", "/ar" + PAGE])
def test_the_page_that_was_asked_for_opens_after_both_factors(enrolled: Any, page: str) -> None:
    client = Client()
    door = _asked(client, page)
    assert parse_qs(urlsplit(door).query) == {"next": [page]}
    second = _passphrase(client, enrolled, door)["Location"]
    assert second.endswith(f"{SECOND}authenticate/")
    assert _code(client, second.partition(SECOND)[0])["Location"] == page


@pytest.mark.parametrize(("before", "after"), [("", "/ar"), ("/ar", ""), ("/fr", "/zh-hans")])
def test_the_page_opens_in_the_language_chosen_at_the_door(
    enrolled: Any, before: str, after: str
) -> None:
    client = Client()
    language = after[1:] or "en"
    door = _switched(client, _asked(client, before + PAGE), language)
    _passphrase(client, enrolled, door)
    assert _code(client, after)["Location"] == after + PAGE


@pytest.mark.parametrize(("before", "after"), [("", "/ar"), ("/ar", ""), ("/fr", "/zh-hans")])
def test_the_page_opens_in_the_language_chosen_at_the_second_factor(
    enrolled: Any, before: str, after: str
) -> None:
    client = Client()
    second = _passphrase(client, enrolled, _asked(client, before + PAGE))["Location"]
    assert _switched(client, second, after[1:] or "en") == f"{after}{SECOND}authenticate/"
    assert _code(client, after)["Location"] == after + PAGE


def test_the_page_opens_in_the_language_chosen_while_a_first_factor_is_made(person: Any) -> None:
    client = Client()
    _passphrase(client, person, _asked(client))
    step = _switched(client, f"{SECOND}totp/activate/?next={quote(PAGE)}", "ar")
    assert _fields(client.get(step).content.decode()) == {"next": "/ar" + PAGE}


def test_a_wrong_passphrase_and_a_wrong_code_lose_no_page(enrolled: Any) -> None:
    client = Client()
    fields = _fields(client.get(_asked(client)).content.decode())
    sent = {"login": enrolled.username, "password": "wrong"}
    refused = client.post(SIGN_IN, sent | fields).content.decode()
    sent["password"] = PASSPHRASE
    client.post(SIGN_IN, sent | _fields(refused))
    client.post(f"{SECOND}authenticate/", {"code": "000000"})
    assert _code(client)["Location"] == PAGE


def test_the_page_asked_for_last_opens_where_two_were_asked_for(enrolled: Any) -> None:
    client = Client()
    _passphrase(client, enrolled, _asked(client, "/desk/accounts/sessions/"))
    steps = client.get(_asked(client), follow=True).redirect_chain
    assert steps[-1][0] == f"{SECOND}authenticate/"
    assert _code(client)["Location"] == PAGE


def test_whoever_waits_too_long_for_the_code_begins_anew_with_the_page(
    enrolled: Any, owner_sql: Any
) -> None:
    client = Client()
    _passphrase(client, enrolled, _asked(client))
    digest = identity_digest(client.cookies["__Host-session"].value)
    owner_sql(
        "UPDATE accounts_identity SET opened_at = opened_at - interval '11 minutes',"
        " expires_at = expires_at - interval '11 minutes' WHERE digest = %s",
        [digest],
    )
    door = _code(client)["Location"]
    assert parse_qs(urlsplit(door).query) == {"next": [PAGE]}
    _passphrase(client, enrolled, door)
    assert _code(client)["Location"] == PAGE


def test_an_hour_without_use_asks_to_sign_in_and_comes_back(enrolled: Any, owner_sql: Any) -> None:
    client = Client()
    _passphrase(client, enrolled, SIGN_IN)
    _code(client)
    owner_sql("UPDATE accounts_identity SET seen_at = seen_at - interval '61 minutes'")
    door = _asked(client)
    assert client.get(door).status_code == 200, "no circle between the door and the page"
    owner_sql("DELETE FROM mfa_authenticator")
    assert _passphrase(client, enrolled, door)["Location"] == PAGE


def test_the_page_is_kept_while_a_first_factor_is_made(person: Any) -> None:
    client = Client()
    assert _passphrase(client, person, _asked(client))["Location"] == PAGE
    door = _asked(client)
    assert urlsplit(door).path == "/desk/accounts/prove/"
    ways = re.findall(r'<a class="button[^"]*" href="([^"]*)"', client.get(door).content.decode())
    assert [urlsplit(each).path for each in ways] == [
        f"{SECOND}totp/activate/",
        f"{SECOND}webauthn/add/",
    ]
    key, app = (client.get(each.replace("&amp;", "&")).content.decode() for each in ways[::-1])
    assert _fields(key) == _fields(app) == {"next": PAGE}
    secret = re.search(r"<dd><code>([A-Z2-7]+)</code>", app)
    assert secret
    sent = {"code": code_of(secret[1])} | _fields(app)
    codes = client.post(f"{SECOND}totp/activate/", sent, follow=True).content.decode()
    assert "Shown once" in codes
    assert f'<a class="button" href="{PAGE.replace("&", "&amp;")}">' in codes
    assert client.get(PAGE).status_code == 404, "the desk is open; nobody has such a dossier"


def test_the_page_is_kept_where_the_passphrase_is_asked_for_again(person: Any) -> None:
    client = Client()
    _passphrase(client, person, SIGN_IN)
    session = client.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    step = f"{SECOND}totp/activate/?next={quote(PAGE)}"
    again = client.get(step)["Location"]
    assert urlsplit(again).path == "/accounts/again/"
    sent = {"password": PASSPHRASE} | _fields(client.get(again).content.decode())
    assert client.post("/accounts/again/", sent)["Location"] == step
    assert _fields(client.get(step).content.decode()) == {"next": PAGE}


def test_whoever_signed_in_before_the_factor_was_made_elsewhere_is_led_back(person: Any) -> None:
    client = Client()
    _passphrase(client, person, SIGN_IN)
    set_up_totp(person, SECRET)
    page = client.get(_asked(client)).content.decode()
    left = client.post("/accounts/sign-out/", _fields(page))
    assert parse_qs(urlsplit(left["Location"]).query) == {"next": [PAGE]}
    _passphrase(client, person, left["Location"])
    assert _code(client)["Location"] == PAGE


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_desk_opens_where_no_page_was_asked_for(enrolled: Any, prefix: str) -> None:
    client = Client()
    client.post(prefix + SIGN_IN, {"login": enrolled.username, "password": PASSPHRASE})
    answer = client.post(f"{prefix}{SECOND}authenticate/", {"code": code_of(SECRET)})
    assert answer["Location"] == f"{prefix}/desk/"
    assert client.get(prefix + SIGN_IN)["Location"] == f"{prefix}/desk/"
    assert client.get(answer["Location"]).status_code == 200


def test_whoever_has_no_role_lands_on_the_front_page(owner_sql: Any) -> None:
    nobody = _with_roles(owner_sql)
    assert _passphrase(Client(), nobody, SIGN_IN)["Location"] == "/"
    set_up_totp(nobody, SECRET)
    client = Client()
    _passphrase(client, nobody, SIGN_IN)
    assert _code(client)["Location"] == "/"


def test_an_administrator_of_accounts_alone_lands_at_the_desk(owner_sql: Any) -> None:
    alone = _with_roles(owner_sql, Role.ADMINISTRATOR)
    set_up_totp(alone, SECRET)
    client = Client()
    _passphrase(client, alone, SIGN_IN)
    assert client.get(_code(client)["Location"]).status_code == 200


def test_a_step_that_was_sent_signed_out_is_not_asked_for_again() -> None:
    answer = Client().post("/desk/accounts/sessions/end/")
    assert answer["Location"] == SIGN_IN


def test_a_tab_that_asks_for_what_was_sent_says_so_and_leads_on(enrolled: Any) -> None:
    client, sent = Client(), "/desk/accounts/panic/"
    assert _passphrase(client, enrolled, _asked(client, sent)).status_code == 302
    assert _code(client)["Location"] == sent
    answer = client.get(sent)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert '<a href="/' in page
    assert "There is nothing here for you to see" in page


def test_an_address_too_long_to_carry_is_left_out() -> None:
    assert _asked(Client(), "/desk/?q=" + "x" * 5000) == SIGN_IN
    assert Client().get(SIGN_IN, {"next": "/desk/?q=" + "x" * 5000}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "",
        "desk/",
        "?next=x",
        "https://evil.invalid/desk/",
        "http:evil.invalid",
        "http:///evil.invalid",
        "//evil.invalid",
        "///evil.invalid",
        "/\\evil.invalid",
        "\\\\evil.invalid",
        "/\t/evil.invalid",
        "/\n/evil.invalid",
        " //evil.invalid",
        "/ /evil.invalid",
        "\x00//evil.invalid",
        "javascript:alert(1)",
        "data:text/html,x",
        "/desk/\r\nSet-Cookie: x=y",
        "/desk/é",
        "https://testserver/desk/",
        "//testserver/desk/",
        "/accounts/sign-out/",
        "/ar/accounts/sign-out/?x",
        "/accounts/sign-out",
        "/accounts/sign%2Dout/",
    ],
)
def test_no_other_site_and_no_sign_out_is_a_page_to_come_back_to(address: str) -> None:
    assert page_here(address) == ""


@pytest.mark.parametrize("address", ["/", PAGE, "/ar/desk/", "/desk/?of=https://a.invalid//b"])
def test_a_page_of_this_site_is_one(address: str) -> None:
    assert page_here(address) == address


@pytest.mark.parametrize("address", ["/nothing/of/that/name", "/ar", "/api/v1/", "/fr/desk/"])
def test_a_page_that_is_in_one_language_keeps_its_address(address: str) -> None:
    with override("fr"):
        assert in_this_language(address) == address
        assert in_this_language("/ar/desk/?y=/ar/#a") == "/fr/desk/?y=/ar/#a"
