"""From somebody's list to a public case, in a real browser; the public part without script."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.journeys.scene import sign_in, stranger
from tests.pages.desk_scene import LIST, MAPPING, OTHER_LIST, Desk
from undaunted.prisoners.registry.tasks import run_import

if TYPE_CHECKING:
    from pathlib import Path


def test_a_list_becomes_a_public_case(
    desk: Desk, site: str, browser: Browser, tmp_path: Path
) -> None:
    first = sign_in(browser, site, desk.first)
    _import(first, site, desk, tmp_path / "Roll of XR.csv", LIST)
    _import(first, site, desk, tmp_path / "Second roll.csv", OTHER_LIST)
    _judge_the_same(first, site)
    case = _prepare(first, site)
    second = sign_in(browser, site, desk.second)
    second.goto(case)
    second.click("#recognition button[value=accepted]")
    expect(second.locator("#recognition")).to_contain_text("Recognised")
    second.click("#publication button:has-text('Publish')")
    expect(second.locator("#publication")).to_contain_text("Published as")
    _found_by_a_stranger(browser, site)


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
    page.check("[name=purpose][value=registry]")
    page.check("[name=audience][value=public]")
    page.check("[name=level][value=name]")
    page.check("[name=basis][value=self]")
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
    page = stranger(browser)
    page.goto(f"{site}/registry/?q=velisk")
    page.click("main a:has-text('Arna Velisk')")
    expect(page.locator("h1")).to_contain_text("Arna Velisk")
    page.goto(f"{site}/data/")
    with page.expect_download() as waiting:
        page.click("a[href$='.csv'] >> nth=0")
    with open(waiting.value.path(), encoding="utf-8-sig") as file:  # noqa: PTH123 - as it came
        assert "XR" in file.read()
    assert page.context.cookies() == []
