"""Strangers and importers write markup into everything they control; no page runs or renders it.

A real browser with script on visits each page. Two nets are tested apart: the text is escaped (no
element of ours appears), and nothing runs (no dialog, no changed title) even where it would not be.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from tests.attacks.installation import receipts_in
from tests.core.accounts.factories import signed_in_client
from tests.core.vault.factories import PASSPHRASE, make_office
from tests.journeys.scene import CHROMIUM, PATIENCE, chromium, serving
from tests.pages.desk_scene import MAPPING, open_desk
from tests.prisoners.registry.published_factory import Case, Source, publish
from undaunted.core.intake.rules import draw_receipt
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client
    from playwright.sync_api import Browser, BrowserContext

    from undaunted.core.accounts.models import User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.usefixtures("ledger"),
]

MARK = "owned7f"
SHORT = f"\"'><i id={MARK}></i><img src=x onerror=alert(1)>"
LONG = (
    f"{SHORT}</title></textarea></script><script>alert(2)</script><svg/onload=alert(3)>"
    "<a href=javascript:alert(4)>x</a>{{7*7}}{% csrf_token %}<base href=//evil.invalid/>"
)


@pytest.fixture(scope="module")
def _chromium() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def browser(_chromium: Browser, settings: Any, tmp_path: Path) -> Iterator[Browser]:
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    settings.CHART_CACHE = tmp_path / "charts"
    yield _chromium
    for context in _chromium.contexts:
        context.close()
    for alias in connections:
        connections[alias].close()


class Watcher:
    """Visits pages and notes what a page should never do."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.dialogs: list[str] = []
        self.asked: list[str] = []
        self.page.on("dialog", self._note)
        self.page.on("request", lambda each: self.asked.append(each.url))

    def _note(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def visit(self, path: str) -> str:
        """Open a page and check it; gives its text."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status < 400, path
        return self.check(path)

    def check(self, path: str = "") -> str:
        """Check the page that is open."""
        page = self.page
        page.wait_for_load_state("networkidle")
        assert page.locator(f"#{MARK}").count() == 0, f"{path}: markup of a stranger is rendered"
        assert page.locator("[onerror], [onload], base").count() == 0, path
        assert page.locator("a[href^='javascript' i]").count() == 0, path
        assert self.dialogs == [], path
        foreign = [each for each in self.asked if not each.startswith((self.site, "data:"))]
        assert foreign == [], path
        text = page.inner_text("body")
        return text + " ".join(
            page.eval_on_selector_all("input, textarea", "all => all.map(each => each.value)")
        )


@contextmanager
def _watching(browser: Browser, user: User | None = None) -> Iterator[Watcher]:
    with serving() as site:
        context = browser.new_context()
        if user is not None:
            name = django_settings.SESSION_COOKIE_NAME
            key = signed_in_client(user).cookies[name].value
            cookie: Any = {"name": name, "value": key, "secure": True}
            cookie["url"] = site.replace("http:", "https:")
            context.add_cookies([cookie | {"httpOnly": True, "sameSite": "Strict"}])
        yield Watcher(context, site)
        context.close()


def test_the_browser_would_run_it(browser: Browser) -> None:
    """Without this, a payload that no browser runs would pass everywhere."""
    page = browser.new_page()
    seen: list[str] = []

    def note(dialog: Any) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.set_content(f"<title>{LONG}</title><body>{LONG}")
    page.wait_for_load_state("networkidle")
    assert page.locator(f"#{MARK}").count() == 1
    assert {"1", "3"} <= set(seen)


def test_public_pages_show_names_and_sources_as_text(
    browser: Browser, owner_sql: Callable[..., Any]
) -> None:
    source = Source(title=LONG, publisher=SHORT, url="javascript:alert(5)//https://x.invalid")
    case = Case("XR-00071", name=LONG, other_names=((SHORT, "Latn", "en"),), sources=(source,))
    publish(owner_sql, case)
    with _watching(browser) as watcher:
        assert "onerror=alert(1)" in watcher.visit("/registry/XR-00071/")
        assert "onerror=alert(1)" in watcher.visit("/registry/?country=XR")
        for path in ("/", "/countries/", "/countries/XR/", "/data/"):
            watcher.visit(path)


def test_what_is_searched_for_comes_back_as_text(
    browser: Browser, owner_sql: Callable[..., Any]
) -> None:
    publish(owner_sql, Case("XR-00072"))
    with _watching(browser) as watcher:
        watcher.page.goto(f"{watcher.site}/registry/")
        watcher.page.fill("main input[name=q]", LONG[:90])
        watcher.page.keyboard.press("Enter")
        watcher.page.wait_for_url("**q=**")
        assert "onerror=alert(1)" in watcher.check("/registry/?q=")


def test_doors_give_back_what_was_typed_as_text(
    browser: Browser, owner_sql: Callable[..., Any]
) -> None:
    make_office(owner_sql)
    with _watching(browser) as watcher:
        page = watcher.page
        for door in ("help", "incident", "targeted"):
            page.goto(f"{watcher.site}/help/{door}/")
            # As a browser without script: the form goes to the server and comes back with a slip.
            page.evaluate(
                "text => { const form = document.querySelector('main form');"
                " for (const each of form.elements) {"
                " if (each.type === 'text' || each.type === 'textarea') each.value = text }"
                " HTMLFormElement.prototype.submit.call(form) }",
                LONG,
            )
            page.wait_for_selector(".error")
            assert "onerror=alert(1)" in watcher.check(door)


def _opened_at_the_desk(desk: Client, address: str) -> str:
    return desk.post(address, {"reason": "first_look"}).content.decode()


def test_team_and_reporter_read_each_others_markup_as_text(
    browser: Browser, owner_sql: Callable[..., Any], client: Client
) -> None:
    office = make_office(owner_sql)
    owner_sql("UPDATE accounts_organisation SET name = %s", [SHORT])
    given = {"danger": "now", "story": LONG, "safe_contact": LONG, "origin_state": SHORT}
    (receipt,) = receipts_in(client.post("/help/incident/", given).content.decode())
    client.post("/help/return/write/", {"receipt": receipt, "message": LONG})
    desk = signed_in_client(office.caseworker.user)
    address = re.search(r"/desk/intake/[0-9a-f-]{36}/", desk.get("/desk/intake/").content.decode())
    assert address is not None
    with _watching(browser) as watcher:
        desk.post("/desk/vault/", {"passphrase": PASSPHRASE})
        shown = _opened_at_the_desk(desk, address[0])
        desk.post(f"{address[0]}answer/", {"text": LONG})
        _serve_as_is(watcher, shown)
        assert "onerror=alert(1)" in watcher.check("a letter at the desk")
        page = watcher.page
        page.goto(f"{watcher.site}/help/return/")
        page.evaluate(
            "receipt => { const form = document.querySelector('main form');"
            " form.elements.receipt.value = receipt;"
            " HTMLFormElement.prototype.submit.call(form) }",
            receipt,
        )
        page.wait_for_selector(".letter, article")
        assert "onerror=alert(1)" in watcher.check("an answer")


def _serve_as_is(watcher: Watcher, html: str) -> None:
    """Show a page that was fetched already, without a policy: escaping alone must hold."""
    watcher.page.route(
        "**/shown-as-is", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    watcher.page.goto(f"{watcher.site}/shown-as-is")


def test_unknown_receipt_and_message_come_back_as_text(
    browser: Browser, owner_sql: Callable[..., Any], client: Client
) -> None:
    make_office(owner_sql)
    slip = client.post("/help/return/write/", {"receipt": LONG, "message": LONG})
    lost = client.post("/help/return/write/", {"receipt": str(draw_receipt()), "message": LONG})
    checked = client.post("/help/check/", {"receipt": LONG})
    with _watching(browser) as watcher:
        for answer in (slip, lost, checked):
            _serve_as_is(watcher, answer.content.decode())
            watcher.check("a slip")


def test_importers_write_markup_into_titles_columns_and_cells(
    browser: Browser, owner_sql: Callable[..., Any]
) -> None:
    scene = open_desk(owner_sql)
    desk = scene.client(scene.first)
    made = desk.post(
        "/desk/lists/new/",
        {"name": LONG[:200], "slug": "roll", "holder": str(scene.organisation)},
    )
    assert made.status_code == 302, made.content
    source = str(made["Location"]).rstrip("/").rpartition("/")[2]
    quoted = LONG.replace('"', '""')
    rows = f'id,name,born,held,country,"{quoted}"\n1,"{quoted}",1980,2021-08-09,XR,x\n'
    rows += f'"{quoted}",Arna Velisk,"{quoted}",2021-08-09,"{quoted}",x\n'
    file = SimpleUploadedFile(f"{SHORT.replace('/', '')}.csv", rows.encode())
    desk.post("/desk/imports/new/", {"source_list": source, "file": file})
    shown = [desk.get("/desk/imports/new/mapping/").content.decode()]
    shown += [desk.post("/desk/imports/new/mapping/", {"toml": LONG}).content.decode()]
    desk.post("/desk/imports/new/mapping/", {"toml": MAPPING})
    shown += [desk.get("/desk/imports/new/preview/").content.decode()]
    place = str(desk.post("/desk/imports/new/preview/")["Location"])
    desk.post(f"{place}settle/", {"answer": "accept"})
    run_import(batch_id=place.strip("/").rpartition("/")[2], user_id=str(scene.first.pk))
    with _watching(browser, scene.first) as watcher:
        for page in shown:
            assert MARK in page
            _serve_as_is(watcher, page)
            watcher.check("a step of an import")
        seen = [watcher.visit(path) for path in ("/desk/lists/", "/desk/imports/", place)]
        assert all("onerror=alert(1)" in each for each in seen)
        assert "onerror=alert(1)" in watcher.visit("/desk/cases/")
        for path in ("/desk/", "/desk/matches/", f"/desk/lists/{source}/"):
            watcher.visit(path)
