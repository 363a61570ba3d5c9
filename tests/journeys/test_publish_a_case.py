"""The first hour of the tutorial, with its files: from two lists to a published count and back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, expect

from tests.journeys.scene import agree, assess, count_held, propose, sign_in, stranger
from undaunted.prisoners.registry.tasks import compare_records, run_import

if TYPE_CHECKING:
    from tests.pages.desk_scene import Desk

NOT_RECOGNISED = re.compile(r"not recognised.*\n# column = \"held\"")
TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"


def test_the_first_hour_goes_as_the_tutorial_says(desk: Desk, site: str, browser: Browser) -> None:
    first, reader = sign_in(browser, site, desk.first), stranger(browser)
    assert count_held(reader, site) == 0
    _import(first, site, desk, "Roll of Ruritania", "roll-of-ruritania")
    _import(first, site, desk, "Second roll", "second-roll")
    _judge_the_same(first, site)
    case = _find(first, site)
    agree(first, case)
    assess(first, case)
    expect(first.locator("#assessments .card")).to_contain_text("under a")
    propose(first, case)
    second = sign_in(browser, site, desk.second)
    second.goto(f"{site}/desk/recognition/")
    second.click(".rows a:has-text('Velisk')")
    second.click("#recognition button[value=accepted]")
    expect(second.locator("#recognition")).to_contain_text("Recognised")
    second.goto(f"{site}/desk/publication/")
    second.click(".rows a:has-text('Velisk')")
    second.click("#publication button:has-text('Publish')")
    expect(second.locator("#publication")).to_contain_text("Published as XR-")
    _found_by_a_stranger(reader, site)
    assert count_held(reader, site) == 1
    first.goto(case)
    first.click("#consent tr:has-text('Public registry') button")
    expect(first.locator("#history")).to_contain_text("An agreement was revoked")
    assert count_held(reader, site) == 0


def _import(page: Page, site: str, desk: Desk, name: str, slug: str) -> None:
    """Make a list and bring its file in; the first file has a row that is no date."""
    page.goto(f"{site}/desk/lists/")
    page.click("text=New list")
    page.fill("[name=name]", name)
    page.fill("[name=slug]", slug)
    page.click(".work .closing button[type=submit]")
    page.click("text=Import a file")
    page.set_input_files("[name=file]", TUTORIAL / f"{slug}.csv")
    page.click(".work button[type=submit]")
    expect(page.locator("[name=toml]")).to_have_value(re.compile(f'id = "{slug}"'))
    if slug == "roll-of-ruritania":
        expect(page.locator("[name=toml]")).to_have_value(NOT_RECOGNISED)
    page.fill("[name=toml]", (TUTORIAL / "roll.toml").read_text("utf-8"))
    page.click("text=Show the preview")
    expect(page.locator("h1")).to_have_text("Preview of the import")
    if slug == "roll-of-ruritania":
        expect(page.locator("tbody")).to_contain_text("2020-31-02")
        expect(page.locator("tbody")).to_contain_text("Row rejected")
    page.click("text=Propose this import")
    batch = page.url.strip("/").rpartition("/")[2]
    page.click("text=Accept and write")
    expect(page.locator("progress")).to_be_visible()
    run_import(batch_id=batch, user_id=str(desk.first.pk))
    compare_records(holder=str(desk.organisation), user_id=str(desk.first.pk))
    # The page renews itself.
    expect(page.locator("text=Undo the whole import")).to_be_visible()


def _judge_the_same(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/matches/")
    page.click(".rows a:has-text('Velisk')")
    expect(page.locator("table.comparison")).to_contain_text("August 2021")
    page.click("button[value=same]")
    expect(page.locator(".work")).to_contain_text("One person")


def _find(page: Page, site: str) -> str:
    page.goto(f"{site}/desk/cases/?q=velisk")
    expect(page.locator(".rows > li")).to_have_count(1)
    page.click(".rows a")
    expect(page.locator(".page-head")).to_contain_text("2 records were judged")
    return page.url


def _found_by_a_stranger(page: Page, site: str) -> None:
    page.goto(f"{site}/registry/?q=velisk")
    page.click("main a[href*='/registry/XR-']")
    expect(page.locator("h1")).to_contain_text("Velisk")
    page.goto(f"{site}/data/")
    with page.expect_download() as waiting:
        page.click("a[href$='.csv'] >> nth=0")
    assert "XR" in Path(waiting.value.path()).read_text("utf-8-sig")
    assert page.context.cookies() == []
