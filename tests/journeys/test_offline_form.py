"""The offline form works from a file with the network off; the team opens what it saved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.core.vault.factories import Office, make_office
from tests.journeys.scene import PATIENCE
from undaunted.core.access.rules import PUBLIC
from undaunted.core.intake.actions import open_mailbox, take_handed
from undaunted.core.intake.forms.kit import kit_document
from undaunted.core.intake.queries import mailbox_by_receipt, queue_for
from undaunted.core.intake.rules import WhyOpened, read_receipt
from undaunted.core.vault.queries import team_keys
from undaunted.core.vault.rules import INTAKE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("ledger")


@pytest.fixture
def office(owner_sql: Callable[..., object]) -> Office:
    return make_office(owner_sql)


@pytest.fixture
def site(office: Office) -> str:
    """Take the place of the server: this form needs none."""
    assert office
    return "file:"


def test_form_is_filled_offline_and_its_file_is_brought_in(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    keys = team_keys(PUBLIC, office.team, door=INTAKE)
    form = tmp_path / "form.html"
    form.write_bytes(kit_document(office.team, keys, "The House", language="en"))
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.on("console", lambda each: said.append(each.text))
    page.goto(form.as_uri())
    page.check("input[name=which][value=incident]")
    page.check("form[data-door=incident] input[name=danger][value=now]")
    page.fill("form[data-door=incident] [name=story]", "By hand, CANARY22.")
    page.check("form[data-door=incident] input[name=harmless]")
    with page.expect_download() as saved:
        page.click("form[data-door=incident] button")
    groups = page.locator("[data-done] [data-receipt] code")
    expect(groups).to_have_count(8)
    receipt = read_receipt(" ".join(groups.all_inner_texts()))
    brought = tmp_path / "handed-in.json"
    saved.value.save_as(brought)
    content = brought.read_bytes()
    assert b"CANARY22" not in content
    assert receipt.groups[0].encode() not in content
    assert [each for each in asked if not each.startswith(("file:", "blob:"))] == []
    assert said == [], "the policy of the form was broken"
    assert len(json.loads(json.loads(content)["sent"])["mailboxes"]) == 2
    assert take_handed(content, at=timezone.now()) == 2
    assert mailbox_by_receipt(PUBLIC, receipt) is not None
    assert "By hand, CANARY22." in _stories(office)


def _stories(office: Office) -> list[Any]:
    with office.caseworker.acting() as actor:
        return [
            letter.answers.given.get("story")
            for mailbox in queue_for(actor)
            for letter in open_mailbox(
                mailbox,
                key=office.caseworker.key,
                actor=actor,
                at=timezone.now(),
                reason=WhyOpened.FIRST_LOOK,
            )
            if letter.answers
        ]
