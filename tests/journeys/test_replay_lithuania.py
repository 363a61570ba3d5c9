"""The walk of docs/tutorial/replay-lithuania.md: replay, change two partners, save the brief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.journeys.axe import faults
from tests.journeys.scene import PATIENCE, sign_in
from undaunted.coercion.response.readers.fronts import shipped_front
from undaunted.coercion.response.writers import pages_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.pages.desk_scene import Desk

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "replay-lithuania.md"
HOME = "/coercion/response/"


def test_new_user_replays_lithuania_and_takes_the_brief_home(
    desk: Desk, site: str, browser: Browser
) -> None:
    front = shipped_front("lithuania-2021")
    assert front is not None
    told = TUTORIAL.read_text(encoding="utf-8")
    page = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    ).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{site}/coercion/")
    page.click(".card >> text=Collective response")
    assert page.url.endswith(HOME)
    assert HOME in told
    page.click("text=Lithuania, 2021")
    assert page.locator("figure svg a").count() == len(front.points)
    page.locator("figure svg a").nth(front.bend - 1).locator("circle").nth(1).click()
    assert page.url.endswith(f"{HOME}lithuania-2021/{front.bend}/")
    assert f"Response {front.bend}" in told
    page.select_option("select[name=USA]", "out")
    page.select_option("select[name=JPN]", "10")
    page.click("text=Work it out")
    assert page.locator("text=Changed by hand").count() == 1
    with page.expect_download() as waited:
        page.click("text=Deterrence brief (PDF)")
    made = Path(waited.value.path()).read_bytes()
    assert waited.value.suggested_filename == f"lithuania-2021-{front.bend}-changed.pdf"
    assert pages_of(made) == 2


def test_pages_of_the_designer_shut_nobody_out(desk: Desk, site: str, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    known = [f"{HOME}lithuania-2021/", f"/ar{HOME}lithuania-2021/12/?USA=out"]
    assert list(faults(page, site, known)) == []
    worker = sign_in(browser, site, desk.first)
    worker.set_default_timeout(PATIENCE)
    assert list(faults(worker, site, ["/desk/coercion/designer/"])) == []
