"""Security keys and recovery codes in a real browser, with Chromium's virtual authenticator."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.core.accounts.factories import make_organisation, make_user
from tests.journeys.scene import PASSPHRASE, PATIENCE, serving
from undaunted.core.access.rules import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django import Settings

    from undaunted.core.accounts.models import User

SHOTS = os.environ.get("UNDAUNTED_SCREENSHOTS", "")
"""A folder for pictures of every page passed, for whoever wants to look."""

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def person(owner_sql: Any, settings: Settings) -> User:
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = make_user(owner_sql, {make_organisation(owner_sql): [Role.READER]})
    user.set_password(PASSPHRASE)
    owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
    return user


@pytest.fixture
def site(person: User) -> Iterator[str]:
    assert person
    with serving() as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Page:
    opened = browser.new_context().new_page()
    opened.set_default_timeout(PATIENCE)
    return opened


def _with_key(page: Page) -> Any:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": False,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devtools


def _sign_in(page: Page, site: str, person: User) -> None:
    page.goto(f"{site}/accounts/sign-in/")
    _look(page, "sign-in")
    _give_passphrase(page, person)


def _give_passphrase(page: Page, person: User) -> None:
    page.fill("[name=login]", person.username)
    page.fill("[name=password]", PASSPHRASE)
    page.click("main button[type=submit]")


def _look(page: Page, name: str) -> None:
    if not SHOTS:
        return
    for language in ("", "/ar"):
        if language and page.url.count("/", 8):
            other = page.context.new_page()
            root, _, rest = page.url.partition("://")
            host, _, path = rest.partition("/")
            other.goto(f"{root}://{host}{language}/{path}")
            other.screenshot(path=str(Path(SHOTS) / f"{name}-ar.png"), full_page=True)
            other.close()
        else:
            page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)
    page.reload()  # each load of a page asks the key another question


def _add_key(page: Page, site: str) -> list[str]:
    page.goto(f"{site}/accounts/second-factor/webauthn/add/")
    _look(page, "add-key")
    page.fill("[name=name]", "Key on the ring")
    page.wait_for_selector("#security-key-button[data-ready=true]")
    page.click("#security-key-button")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / "recovery-codes.png"), full_page=True)
    return page.locator(".recovery-codes code").all_inner_texts()


def test_a_security_key_opens_the_desk(page: Page, site: str, person: User) -> None:
    _with_key(page)
    _sign_in(page, site, person)
    page.goto(f"{site}/desk/")
    expect(page.locator("h1")).to_have_text("The second factor is missing")
    _look(page, "missing")
    assert len(_add_key(page, site)) == 10
    page.goto(f"{site}/accounts/second-factor/")
    expect(page.locator("h1")).to_have_text("Security")
    _look(page, "security")
    page.goto(f"{site}/desk/accounts/sessions/")
    _look(page, "sessions")
    page.click("text=Sign out everywhere")
    _sign_in(page, site, person)
    expect(page.locator("h1")).to_have_text("Second factor")
    _look(page, "second-factor")
    page.wait_for_selector("#security-key-button[data-ready=true]")
    page.click("#security-key-button")
    page.wait_for_url(f"{site}/desk/")
    expect(page.locator("h1")).to_have_text("Desk")
    page.goto(f"{site}/desk/accounts/tokens/")
    _look(page, "tokens")


def test_another_key_does_not_open(page: Page, site: str, person: User) -> None:
    devtools = _with_key(page)
    _sign_in(page, site, person)
    codes = _add_key(page, site)
    devtools.send("WebAuthn.disable")
    _with_key(page)
    page.goto(f"{site}/desk/accounts/sessions/")
    page.click("text=Sign out everywhere")
    _sign_in(page, site, person)
    page.wait_for_selector("#security-key-button[data-ready=true]")
    page.click("#security-key-button")
    expect(page.locator("#security-key-problem")).to_be_visible()
    page.goto(f"{site}/desk/")
    expect(page.locator("h1")).to_have_text("Second factor")
    page.fill("[name=code]", codes[0])
    page.click("main form:has([name=code]) button[type=submit]")
    page.wait_for_url(f"{site}/desk/")
    expect(page.locator("h1")).to_have_text("Desk")


def test_the_page_that_was_asked_for_opens_once_the_key_is_made_and_whenever_it_is_used(
    page: Page, site: str, person: User
) -> None:
    asked = f"{site}/desk/accounts/tokens/"
    _with_key(page)
    page.goto(asked)
    _give_passphrase(page, person)
    expect(page.locator("h1")).to_have_text("The second factor is missing")
    page.click("text=Set up a security key")
    page.fill("[name=name]", "Key on the ring")
    page.wait_for_selector("#security-key-button[data-ready=true]")
    page.click("#security-key-button")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    page.click("main a.button:has-text('Go on')")
    page.wait_for_url(asked)
    expect(page.locator("h1")).to_have_text("Tokens for programs")
    page.click("text=Sign out")
    page.wait_for_url(f"{site}/")
    page.goto(asked)
    _give_passphrase(page, person)
    page.wait_for_selector("#security-key-button[data-ready=true]")
    page.click("#security-key-button")
    page.wait_for_url(asked)
    expect(page.locator("h1")).to_have_text("Tokens for programs")
