"""Pages of compacts and responses in front of axe, in both directions of writing, and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.coercion.response.factories import AT, MET, make_scene, to_deciding
from tests.core.vault.factories import PASSPHRASE
from tests.journeys.axe import at_work, faults, grave, press
from undaunted.coercion.response.actions import try_trigger
from undaunted.coercion.response.queries import episode_for
from undaunted.core.accounts.actions import acting_as
from undaunted.core.standards.rules import Finding, Value

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOME = "/desk/coercion/"


def test_pages_of_responses_shut_nobody_out(
    ledger: object,
    site: str,
    browser: Browser,
    owner_sql: Any,
) -> None:
    scene = to_deciding(make_scene(owner_sql))
    with acting_as(scene.third.documenter) as actor:
        held = episode_for(actor, "xfx-2026")
        assert held is not None
        found = {**MET, "aim": Finding(Value.NOT_MET, ("Nobody said so (invented).",))}
        try_trigger(held, found, actor=actor, at=AT)
    page = at_work(browser, site, scene.third.documenter)
    paths = [
        "", "compacts/five/", "compacts/five/kept/", "episodes/new/", "episodes/xfx-2026/",
        f"invocations/{scene.invocation.pk}/", f"pledges/{scene.pledges['own'].pk}/",
    ]  # fmt: skip
    assert list(faults(page, site, [f"{HOME}{path}" for path in paths])) == []
    assert list(faults(page, site, [f"/ar{HOME}{path}" for path in paths[2:4]])) == []
    page.goto(f"{site}/desk/vault/")
    page.fill("input[name=passphrase]", PASSPHRASE)
    press(page.locator("form:has(input[name=passphrase]) button"))
    page.goto(f"{site}{HOME}compacts/five/kept/")
    press(page.get_by_role("button", name="Open", exact=True))
    assert page.get_by_text("Nobody said so").count() == 1
    assert list(grave(page)) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{site}{HOME}episodes/new/")
    press(page.locator("button[value=measures]"))
    assert page.locator("#id_measures-2-text").count() == 1
    assert list(grave(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
