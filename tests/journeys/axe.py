"""A page in front of axe: its grave faults, and headings that jump."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.core.accounts.factories import signed_in_client
from tests.journeys.scene import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from undaunted.core.accounts.models import User

__all__ = ["LANGUAGES", "at_work", "faults", "grave", "in_both", "press"]

LANGUAGES = ("", "/ar")
"""One from left to right, one from right to left."""

LONG = os.environ.get("UNDAUNTED_DRILL") == "long"

AXE = Axe().axe_script
READ_ONCE = """(() => {
    const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
    colour.parseString = function (text) {
        const kept = known.get(text);
        if (kept) return Object.assign(this, kept);
        read.call(this, text);
        known.set(text, {r: this.r, g: this.g, b: this.b, alpha: this.alpha});
        return this;
    };
})()"""
"""A page writes some ten colours thousands of times: each is read once, and answers as before."""

RUN = """async () => {
    const asked = {resultTypes: ['violations'], selectors: false, preload: {assets: ['media']}};
    const found = await axe.run(asked);
    return found.violations.map(each => [each.id, each.impact, each.help,
        each.nodes.slice(0, 3).map(node => node.html.slice(0, 120))]);
}"""
"""All that axe asks by itself; what is told of it is brought here, and no way to each node.

Style sheets are loaded anew for one rule alone, which is none of those: axe asks for each that
another one brings in beside the page, and the product would answer that nothing is there.
"""

GRAVE = frozenset({"serious", "critical"})
ORDER = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5')]
    .filter(e => e.offsetParent !== null).map(e => Number(e.tagName[1]))"""

TAGS = """() => [...document.querySelectorAll('[aria-label], [title], [alt]')]
    .filter(e => ['aria-label', 'title', 'alt'].some(n => /<[a-z/]/i.test(e.getAttribute(n) ?? '')))
    .map(e => e.outerHTML.slice(0, 120))"""
"""Names for those who hear a page that hold markup, which ends them at its first quotation mark."""


def at_work(browser: Browser, site: str, who: User, *, script: bool = True) -> Page:
    """Give a browser with a session of somebody who was made without a way to sign in."""
    name = settings.SESSION_COOKIE_NAME
    cookie = signed_in_client(who).cookies[name].value
    context = browser.new_context(java_script_enabled=script)
    address = site.replace("http:", "https:")
    context.add_cookies([{"name": name, "value": cookie, "url": address, "secure": True}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def press(button: Locator) -> None:
    """Press a button that leads to a page, and wait until that page is there."""
    with button.page.expect_navigation():
        button.click()


def in_both(before: str, *addresses: str) -> list[str]:
    """Give addresses in both directions of writing: in turn, or in `make drill` each in both."""
    if LONG:
        return [f"{language}{before}{each}" for each in addresses for language in LANGUAGES]
    return [f"{LANGUAGES[n % 2]}{before}{each}" for n, each in enumerate(addresses, start=1)]


def faults(page: Page, site: str, addresses: list[str]) -> Iterator[str]:
    """Open pages one after another; gives what shuts somebody out of each."""
    for address in addresses:
        answer = page.goto(site + address)
        if answer is None or answer.status != (404 if "nothing" in address else 200):
            yield f"{address}: answers {answer and answer.status}"
            continue
        for fault in grave(page):
            yield f"{address}: {fault}"
        levels = page.evaluate(ORDER)
        jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        if levels.count(1) != 1 or jumps:
            yield f"{address}: headings {levels}"


def grave(page: Page) -> Iterator[str]:
    """Give the grave faults of the page that is open."""
    page.evaluate(f"{AXE};{READ_ONCE}")
    for name, impact, told, places in page.evaluate(RUN):
        if impact in GRAVE:
            yield f"{name} ({told}): {places}"
    for place in page.evaluate(TAGS):
        yield f"a name holds markup: {place}"
