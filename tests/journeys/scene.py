"""What journeys share: the server, and signing in with both factors."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.accounts.models import User

__all__ = [
    "CHROMIUM",
    "PASSPHRASE",
    "PATIENCE",
    "SECRET",
    "agree",
    "assess",
    "chromium",
    "count_held",
    "propose",
    "serving",
    "sign_in",
    "stranger",
]

CHROMIUM = shutil.which("chromium")
PATIENCE = 60_000
"""Milliseconds that a browser waits for a page: on a busy machine the first one takes long."""

PASSPHRASE = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open Chromium, for many tests: to start it and its driver costs seconds."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The driver keeps an event loop in this thread, where the worker's task runs too.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@contextmanager
def serving() -> Iterator[str]:
    """Serve the product from a thread; gives the address."""
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


def sign_in(browser: Browser, site: str, user: User) -> Page:
    """Sign somebody in by hand, in a browser of their own."""
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
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


def stranger(browser: Browser) -> Page:
    """Give a reader who is nobody, with script off."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(PATIENCE)
    return page


def agree(page: Page, case: str) -> None:
    """Record that the person agreed to be shown by name, for three purposes."""
    page.goto(f"{case}consent/new/")
    for name, value in (("purpose", "registry"), ("audience", "public"), ("level", "name")):
        page.check(f"[name={name}][value={value}]")
    for purpose in ("statistics", "research_data"):
        page.check(f"[name=purpose][value={purpose}]")
    for part in ("identity", "biography", "detention"):
        page.check(f"[name=field_groups][value={part}]")
    page.check("[name=basis][value=self]")
    page.fill("[name=how]", "letter through the lawyer")
    today = timezone.now().date()
    page.fill("[name=given_on]", str(today))
    page.fill("[name=until]", str(today + timedelta(days=365)))
    page.click(".work .closing button[type=submit]")
    expect(page.locator("#consent tbody tr")).to_have_count(3)


def assess(page: Page, case: str) -> None:
    """Find that the case comes within the definition of the Council of Europe."""
    page.goto(f"{case}assess/pace-1900/")
    boxes = page.locator(".criterion")
    for title, value in (("Deprived of personal liberty", "met"), ("Fundamental guarantee", "met")):
        box = boxes.filter(has_text=title)
        box.locator(f"input[value={value}]").check()
        box.locator("textarea").fill("The verdict says so.")
    terror = boxes.filter(has_text="held for terrorist crimes")
    terror.locator("input[value=not_met]").check()
    terror.locator("textarea").fill("No violence is alleged.")
    page.click(".work .closing button[type=submit]")
    expect(page.locator("#assessments .card")).to_contain_text("Meets")


def propose(page: Page, case: str) -> None:
    """Propose recognition and publication."""
    page.goto(f"{case}status/pace-1900/")
    page.select_option("[name=status]", "recognised")
    page.fill("[name=reason]", "Held for what was printed.")
    page.click(".work .closing button[type=submit]")
    expect(page.locator("#recognition")).to_contain_text("somebody else decides")
    page.goto(f"{case}publication/")
    page.click(".work .closing button[type=submit]")
    expect(page.locator("#publication")).to_contain_text("Proposed for publication")


def count_held(page: Page, site: str) -> int:
    """Count the people of Ruritania held today, as anybody can."""
    day = timezone.now().date()
    asked = f"country=XR&standard=pace-1900&as_of={day}"
    answer = page.request.get(f"{site}/api/v1/registry/count?{asked}")
    return int(json.loads(answer.text())["persons"])
