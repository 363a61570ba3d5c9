"""A browser's own rules engine finds nothing wrong with any component, in either direction."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

import undaunted.site
from tests.site.conftest import Render
from tests.site.samples import context

CHROMIUM = shutil.which("chromium")
STATIC = Path(undaunted.site.__file__).parent / "static"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        yield opened
        opened.close()


@pytest.mark.parametrize(
    "view",
    [("en", "light", 1280), ("en", "dark", 390), ("ar", "light", 1280), ("ar", "dark", 390)],
)
def test_style_guide_has_no_accessibility_violation(
    view: tuple[str, str, int], browser: Browser, render: Render, tmp_path: Path
) -> None:
    language, scheme, width = view
    page_text = render("site/styleguide.html", context(language), language=language)
    file = tmp_path / "guide.html"
    file.write_text(page_text.replace("/static/", f"{STATIC.as_uri()}/"), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
    assert wide <= width
