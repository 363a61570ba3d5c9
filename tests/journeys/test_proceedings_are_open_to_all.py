"""Pages of proceedings in front of axe, in both directions of writing, and narrow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.coercion.instruments.factories import (
    AT,
    ELEMENTS_MET,
    PLAN,
    REQUEST,
    SECRET,
    make_scene,
    stepped,
    to_measures,
)
from tests.core.vault.factories import PASSPHRASE
from tests.journeys.axe import at_work, faults, grave, press
from undaunted.coercion.instruments.actions import (
    assess_elements,
    file_paper,
    open_proceeding,
    publish_proceeding,
)
from undaunted.coercion.instruments.rules import Stage
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from uuid import UUID

    from playwright.sync_api import Browser

    from tests.coercion.instruments.factories import Scene

DESK = "/desk/coercion/proceedings/"


def test_pages_of_proceedings_shut_nobody_out(
    ledger: object,
    site: str,
    browser: Browser,
    owner_sql: Any,
) -> None:
    scene = make_scene(owner_sql)
    to_measures(scene)
    with acting_as(scene.ours.publisher) as actor:
        publish_proceeding(scene.proceeding, actor=actor, at=AT, key=scene.ours.second_key)
    one = f"{scene.proceeding.pk}/"
    page = at_work(browser, site, scene.ours.documenter)
    paths = [
        f"/ar{DESK}{_before_council(scene)}/vote/",
        f"{DESK}{one}",
        f"{DESK}{one}papers/request/",
        f"/ar{DESK}{one}step/adopted/",
        f"/ar{DESK}{one}injury/",
        f"{DESK}{one}injury/calculation/",
        f"{DESK}{one}injury/typed/",
    ]
    assert list(faults(page, site, paths)) == []
    page.goto(f"{site}/desk/vault/")
    page.fill("input[name=passphrase]", PASSPHRASE)
    press(page.locator("form:has(input[name=passphrase]) button"))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}{DESK}{one}papers/")
    press(page.get_by_role("button", name="Open", exact=True))
    assert page.get_by_text(SECRET).count() > 0
    assert list(grave(page)) == []
    for address in (f"{DESK}{one}papers/", f"{DESK}{one}", f"/coercion/proceedings/{one}"):
        page.goto(f"{site}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    assert list(grave(page)) == []


def _before_council(scene: Scene) -> UUID:
    """Bring another proceeding to where the Council votes."""
    with acting_as(scene.ours.documenter) as actor:
        plan = replace(PLAN, reference="zubrowka-glass")
        held = open_proceeding(scene.ours.id, plan, actor=actor, at=AT, team=scene.ours.team)
        file_paper(held, REQUEST, actor=actor, at=AT)
        assess_elements(held, ELEMENTS_MET, actor=actor, at=AT)
    other = replace(scene, proceeding=held)
    stepped(other, Stage.EXAMINATION, date(2026, 5, 4))
    stepped(other, Stage.DETERMINATION, date(2026, 8, 3))
    return held.pk
