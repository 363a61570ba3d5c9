"""What journeys share: the server, and signing in with both factors."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.accounts.models import User

__all__ = ["PASSPHRASE", "SECRET", "serving", "sign_in", "stranger"]

PASSPHRASE = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXP"


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
    page.set_default_timeout(20_000)
    page.goto(f"{site}/accounts/sign-in/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSPHRASE)
    page.click("main button[type=submit]")
    counters = list(yield_hotp_counters_from_time())
    page.fill("[name=code]", str(format_hotp_value(hotp_value(SECRET, counters[0]))))
    page.click("main button[type=submit]")
    page.goto(f"{site}/desk/")
    expect(page.locator("h1")).to_have_text("Desk")
    return page


def stranger(browser: Browser) -> Page:
    """Give a reader who is nobody, with script off."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(20_000)
    return page
