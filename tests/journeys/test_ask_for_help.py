"""Somebody without an account hands in and comes back, in a real browser, with script and without.

With script, the test reads every request: neither what was typed nor the receipt is in one.
"""

from __future__ import annotations

import base64
import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.core.vault.factories import Office, make_office
from tests.journeys.scene import PATIENCE, serving
from undaunted.core.intake.actions import answer_mailbox, open_mailbox
from undaunted.core.intake.queries import queue_for
from undaunted.core.intake.rules import WhyOpened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import Settings

STORY = "They came at night, CANARY99."

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Callable[..., object], settings: Settings) -> Office:
    settings.ALLOWED_HOSTS = ["localhost"]
    return make_office(owner_sql)


@pytest.fixture
def site(office: Office) -> Iterator[str]:
    assert office
    with serving() as address:
        yield address


def _page(browser: Browser, *, script: bool) -> Page:
    page = browser.new_context(java_script_enabled=script).new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _hand_in(page: Page, site: str) -> str:
    page.goto(f"{site}/help/incident/")
    page.check("input[name=danger][value=soon]")
    page.check("input[name=what_was_done][value=detention]")
    page.fill("[name=story]", STORY)
    page.check("input[name=harmless]")
    page.click("form button[type=submit]")
    groups = page.locator("[data-receipt] code")
    expect(groups).to_have_count(8, timeout=PATIENCE)
    expect(page.locator("[data-harmless-receipt] code")).to_have_count(8)
    return " ".join(groups.all_inner_texts())


def _team_answers(office: Office) -> list[Any]:
    with office.caseworker.acting() as actor:
        shown = []
        for mailbox in queue_for(actor):
            letters = open_mailbox(
                mailbox,
                key=office.caseworker.key,
                actor=actor,
                at=timezone.now(),
                reason=WhyOpened.FIRST_LOOK,
            )
            shown += [each.answers for each in letters if each.answers and not each.answers.decoy]
            answer_mailbox(mailbox, "We are here, ANSWER99.", actor=actor, at=timezone.now())
    return shown


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_somebody_hands_in_and_comes_back(
    office: Office, site: str, browser: Browser, *, script: bool
) -> None:
    page = _page(browser, script=script)
    sent: list[str] = []
    page.on("request", lambda each: sent.append(f"{each.url} {each.post_data or ''}"))
    receipt = _hand_in(page, site)
    _look(page, f"handed-in-{script}")
    (answers,) = _team_answers(office)
    assert answers.given["story"] == STORY
    assert answers.given["what_was_done"] == ["detention"]
    page.goto(f"{site}/help/return/")
    page.fill("[name=receipt]", receipt)
    page.click("form button[type=submit]")
    expect(page.locator("body")).to_contain_text("We are here, ANSWER99.")
    expect(page.locator("body")).to_contain_text("a first look")
    _look(page, f"mailbox-{script}")
    page.fill("[name=message]:visible", "More, CANARY98.")
    page.click("form:has([name=message]):visible button[type=submit]")
    expect(page.locator(".done:visible")).to_contain_text("sealed and handed in")
    _team_reads(office, "More, CANARY98.")
    everything = " ".join(sent) + " ".join(_decoded(each) for each in sent)
    seen = {word for word in ("CANARY99", "CANARY98", receipt.split()[0]) if word in everything}
    assert seen == (set() if script else {"CANARY99", "CANARY98", receipt.split()[0]})


def _team_reads(office: Office, text: str) -> None:
    with office.steward.acting() as actor:
        found = [
            letter.text
            for mailbox in queue_for(actor)
            for letter in open_mailbox(
                mailbox,
                key=office.steward.key,
                actor=actor,
                at=timezone.now(),
                reason=WhyOpened.CASEWORK,
            )
        ]
    assert text in found


def _decoded(request: str) -> str:
    """Give what a request's envelopes say when they are taken out of their text form."""
    _, _, body = request.partition(" ")
    try:
        held = json.loads(body)
    except ValueError:
        return ""
    texts = [
        value
        for box in [held, *held.get("mailboxes", [])]
        for value in box.values()
        if isinstance(value, str)
    ]
    return " ".join(_taken_out(each) for each in texts)


def _taken_out(text: str) -> str:
    """Give the bytes of a text in base64, of either alphabet; what cannot be base64 as it is."""
    plain = re.sub(r"[^A-Za-z0-9+/]", "", text.replace("-", "+").replace("_", "/"))
    if len(plain) % 4 == 1:
        return text
    return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("latin-1")


def _look(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look."""
    if folder := os.environ.get("UNDAUNTED_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
