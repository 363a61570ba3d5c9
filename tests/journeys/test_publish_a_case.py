"""From somebody's list to a public case, in a real browser; the public part without script."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.core.accounts.factories import set_up_totp
from tests.pages.desk_scene import LIST, MAPPING, OTHER_LIST, Desk, open_desk
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.core.accounts.models import User

CHROMIUM = shutil.which("chromium")
PASSPHRASE = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.usefixtures("ledger"),
]


@pytest.fixture
def desk(
    owner_sql: Any, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Two people of one organisation who can sign in with both factors."""
    # The browser's driver keeps an event loop in this thread, where the worker's task runs too.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    settings.DOWNLOADS_FOLDER = tmp_path / "downloads"
    settings.CHART_CACHE = tmp_path / "charts"
    settings.ALLOWED_HOSTS = ["localhost"]
    made = open_desk(owner_sql)
    for user in (made.first, made.second):
        user.set_password(PASSPHRASE)
        owner_sql("UPDATE accounts_user SET password = %s WHERE id = %s", [user.password, user.pk])
        set_up_totp(user, SECRET)
    return made


@contextmanager
def _serving() -> Iterator[str]:
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        # Browsers keep secure cookies without encryption for this name only.
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(desk: Desk) -> Iterator[str]:
    """Serve the product to the browser."""
    assert desk
    with _serving() as address:
        yield address


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    """Open Chromium; it closes before the server does."""
    assert site
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def test_a_list_becomes_a_public_case(
    desk: Desk, site: str, browser: Browser, tmp_path: Path
) -> None:
    first = _sign_in(browser, site, desk.first)
    _import(first, site, desk, tmp_path / "Roll of XR.csv", LIST)
    _import(first, site, desk, tmp_path / "Second roll.csv", OTHER_LIST)
    _judge_the_same(first, site)
    case = _prepare(first, site)
    second = _sign_in(browser, site, desk.second)
    second.goto(case)
    second.click("#recognition button[value=accepted]")
    expect(second.locator("#recognition")).to_contain_text("Recognised")
    second.click("#publication button:has-text('Publish')")
    expect(second.locator("#publication")).to_contain_text("Published as")
    _found_by_a_stranger(browser, site)


def _sign_in(browser: Browser, site: str, user: User) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{site}/accounts/sign-in/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSPHRASE)
    page.click("main button[type=submit]")
    counters = list(yield_hotp_counters_from_time())
    page.fill(
        "[name=code]", str(format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2])))
    )
    page.click("main button[type=submit]")
    page.goto(f"{site}/desk/")
    expect(page.locator("h1")).to_have_text("Desk")
    return page


def _import(page: Page, site: str, desk: Desk, file: Path, rows: str) -> None:
    file.write_text(rows, "utf-8")
    name = file.stem
    page.goto(f"{site}/desk/lists/new/")
    page.fill("[name=name]", name)
    page.fill("[name=slug]", name.lower().replace(" ", "-"))
    page.click(".work button[type=submit]")
    page.click("text=Import a file")
    page.set_input_files("[name=file]", file)
    page.click(".work button[type=submit]")
    page.fill("[name=toml]", MAPPING)
    page.click("text=Show the preview")
    expect(page.locator("h1")).to_have_text("Preview of the import")
    page.click("text=Propose this import")
    batch = page.url.strip("/").rpartition("/")[2]
    page.click("text=Accept and write")
    expect(page.locator("progress")).to_be_visible()
    run_import(batch_id=batch, user_id=str(desk.first.pk))
    # The page renews itself.
    expect(page.locator("text=Undo the whole import")).to_be_visible()


def _judge_the_same(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/matches/")
    page.click(".rows a")
    expect(page.locator("table.comparison")).to_contain_text("Arna Velisk")
    page.click("button[value=same]")
    expect(page.locator(".work")).to_contain_text("One person")


def _prepare(page: Page, site: str) -> str:
    """Take consent, assess, propose recognition and publication; gives the address of the case."""
    page.goto(f"{site}/desk/cases/?q=velisk")
    page.click(".rows a")
    case = page.url
    page.click("text=Record consent")
    page.select_option("[name=level]", "name")
    for part in ("identity", "biography", "detention"):
        page.check(f"[name=field_groups][value={part}]")
    page.fill("[name=how]", "signed form")
    page.fill("[name=given_on]", str(timezone.now().date()))
    page.fill("[name=until]", str(timezone.now().date() + timedelta(days=365)))
    page.click(".work button[type=submit]")
    page.goto(f"{case}assess/cpj-census/")
    for box in page.locator("input[type=radio][value=met]").all():
        box.check()
    for reasons in page.locator(".work textarea").all():
        reasons.fill("Seen in both lists.")
    page.click(".work button[type=submit]")
    page.goto(f"{case}status/cpj-census/")
    page.select_option("[name=status]", "recognised")
    page.fill("[name=reason]", "Held for the work.")
    page.click(".work button[type=submit]")
    expect(page.locator("#recognition")).to_contain_text("somebody else decides")
    page.goto(f"{case}publication/")
    page.click(".work button[type=submit]")
    expect(page.locator("#publication")).to_contain_text("Proposed for publication")
    return case


def _found_by_a_stranger(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{site}/registry/?q=velisk")
    page.click("main a:has-text('Arna Velisk')")
    expect(page.locator("h1")).to_contain_text("Arna Velisk")
    page.goto(f"{site}/data/")
    with page.expect_download() as waiting:
        page.click("a[href$='.csv'] >> nth=0")
    with open(waiting.value.path(), encoding="utf-8-sig") as file:  # noqa: PTH123 - as it came
        assert "XR" in file.read()
    assert context.cookies() == []
