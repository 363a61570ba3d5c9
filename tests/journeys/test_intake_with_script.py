"""With script: saved and gone on with, a file over a line that breaks, work while many come.

Every request is read: neither what was typed, nor what is in the file, nor the receipt is in one.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.core.evidence import files_of_every_kind as files
from tests.core.vault.factories import Office, make_office
from tests.journeys.scene import PATIENCE, serving
from undaunted.core.evidence.writers import clean_copy
from undaunted.core.intake.actions import open_mailbox, read_attachment
from undaunted.core.intake.queries import attachments_for, queue_for
from undaunted.core.intake.rules import CALM, Gate, WhyOpened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import Settings

    from undaunted.core.evidence.rules import Cleaned

pytestmark = pytest.mark.usefixtures("ledger")

STORY = "They came at night, CANARY44."


@pytest.fixture
def office(
    owner_sql: Callable[..., object],
    settings: Settings,
    tmp_path: Path,
) -> Office:
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.DOCUMENTS_FOLDER = tmp_path
    return make_office(owner_sql)


@pytest.fixture
def site(office: Office) -> Iterator[str]:
    assert office
    with serving() as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Page:
    opened = browser.new_context().new_page()
    opened.set_default_timeout(PATIENCE)
    return opened


@pytest.fixture
def sent(page: Page) -> list[bytes]:
    """Everything that leaves the browser, with what text hides taken out of it."""
    heard: list[bytes] = []

    def hear(request: Request) -> None:
        body = request.post_data_buffer or b""
        heard.extend([request.url.encode(), json.dumps(request.headers).encode(), body])
        heard.extend(_unpacked(body))

    page.on("request", hear)
    return heard


def _unpacked(body: bytes) -> Iterator[bytes]:
    try:
        held = json.loads(body)
    except ValueError:
        return
    for box in [held, *held.get("mailboxes", [])]:
        for value in box.values():
            if isinstance(value, str):
                with suppress(binascii.Error):
                    yield base64.b64decode(value)


def _answers(office: Office) -> list[Any]:
    with office.caseworker.acting() as actor:
        return [
            letter.answers
            for mailbox in queue_for(actor)
            for letter in open_mailbox(
                mailbox,
                key=office.caseworker.key,
                actor=actor,
                at=timezone.now(),
                reason=WhyOpened.FIRST_LOOK,
            )
        ]


def _only_file(office: Office) -> Cleaned:
    with office.caseworker.acting() as actor:
        (mailbox,) = queue_for(actor)
        (held,) = attachments_for(actor, mailbox)
        original = read_attachment(
            held,
            mailbox,
            key=office.caseworker.key,
            actor=actor,
            at=timezone.now(),
            reason=WhyOpened.CASEWORK,
        )
    return clean_copy(original)


def _storm() -> Gate:
    made = Gate()
    for _ in range(4 * CALM):
        made.ask(None, "", at=time.time())
    return made


def _receipt(page: Page, place: str) -> str:
    groups = page.locator(f"[data-{place}] [data-receipt] code")
    expect(groups).to_have_count(8, timeout=PATIENCE)
    return " ".join(groups.all_inner_texts())


def _come_back(page: Page, site: str, receipt: str) -> None:
    page.goto(f"{site}/help/return/")
    page.fill("[name=receipt]", receipt)
    page.click("form button[type=submit]")


def test_somebody_saves_goes_on_and_hands_in(
    office: Office, site: str, page: Page, sent: list[bytes]
) -> None:
    page.goto(f"{site}/help/incident/")
    page.check("input[name=what_was_done][value=detention]")
    page.fill("[name=story]", STORY)
    page.click("button[name=save]")
    receipt = _receipt(page, "saved")
    _come_back(page, site, receipt)
    expect(page.locator("[name=story]")).to_have_value(STORY)
    expect(page.locator("input[name=what_was_done][value=detention]")).to_be_checked()
    page.check("input[name=danger][value=soon]")
    page.click("form button[type=submit]:not([name])")
    assert _receipt(page, "done") == receipt
    (answers,) = _answers(office)
    assert answers.given == {"story": STORY, "what_was_done": ["detention"]}
    _come_back(page, site, receipt)
    expect(page.locator("[data-done]")).to_contain_text("There is no answer yet.", timeout=PATIENCE)
    _look(page, "mailbox-with-files")
    everything = b"\n".join(sent)
    assert b"CANARY44" not in everything
    assert receipt.split()[0].encode() not in everything


def test_file_goes_on_where_the_line_broke(
    office: Office, site: str, page: Page, sent: list[bytes], tmp_path: Path
) -> None:
    page.goto(f"{site}/help/incident/")
    page.check("input[name=danger][value=no]")
    page.click("form button[type=submit]:not([name])")
    _come_back(page, site, _receipt(page, "done"))
    broken: list[str] = []

    def break_line(route: Route) -> None:
        if len(broken) < 2 and not route.request.url.endswith("/0/"):
            broken.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/help/sealed/file/*/*/", break_line)
    photo = tmp_path / "IMG_2231.jpg"
    photo.write_bytes(files.jpeg() + bytes(1_500_000))
    page.set_input_files("#file_here", photo)
    page.click("form[data-most] button")
    expect(page.locator("[data-sent]")).to_be_visible(timeout=PATIENCE)
    assert len(broken) == 2
    parts = [each for each in sent if b"/help/sealed/file/" in each]
    assert len(parts) > 4
    copy = _only_file(office)
    assert copy.content.startswith(b"\xff\xd8")
    assert files.CANARY.encode() not in b"\n".join(sent)


def test_whoever_hands_in_while_very_many_come_works_a_little_and_passes(
    office: Office, site: str, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.core.intake.actions.gate._GATE", _storm())
    statuses: list[int] = []
    page.on("response", lambda each: statuses.append(each.status))
    page.goto(f"{site}/help/incident/")
    page.check("input[name=danger][value=soon]")
    page.fill("[name=story]", STORY)
    page.click("form button[type=submit]:not([name])")
    _receipt(page, "done")
    assert 429 in statuses
    (answers,) = _answers(office)
    assert answers.given["story"] == STORY


def test_whoever_hands_in_without_script_while_very_many_come_waits_and_passes(
    office: Office, site: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undaunted.core.intake.actions.gate._GATE", _storm())
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/help/incident/")
    page.check("input[name=danger][value=soon]")
    page.fill("[name=story]", STORY)
    page.click("form button[type=submit]:not([name])")
    said = page.locator("[role=alert]").first
    expect(said).to_contain_text("your place is kept")
    expect(page.locator("[name=story]")).to_have_value(STORY)
    _look(page, "many-are-writing")
    seconds = int("".join(filter(str.isdigit, said.inner_text())))
    page.wait_for_timeout(1_000 * seconds + 500)
    page.click("form button[type=submit]:not([name])")
    expect(page.locator("[data-receipt] code")).to_have_count(8)


def _look(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look."""
    if folder := os.environ.get("UNDAUNTED_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
