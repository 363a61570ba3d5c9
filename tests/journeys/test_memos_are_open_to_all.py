"""Pages of memos in front of axe, in both directions of writing, with a memo looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.journeys.axe import at_work, faults, grave, press
from tests.prisoners.memo.factories import built, open_office, said
from undaunted.prisoners.memo.rules import TextKind

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_pages_of_memos_shut_nobody_out(
    ledger: object,
    site: str,
    browser: Browser,
    owner_sql: Any,
) -> None:
    office = open_office(owner_sql)
    memo = built(office)
    said(office.desk, TextKind.RED_LINE, "No goods for people.")
    page = at_work(browser, site, office.desk.documenter)
    page.goto(f"{site}/desk/memos/new/")
    page.select_option("#id_country", "XR")
    page.fill("#id_counterpart", "Minister of Foreign Affairs")
    page.fill("#id_meets_on", "2026-12-02")
    press(page.get_by_role("button", name="Look at it"))
    assert page.get_by_text("TLP:AMBER").count() == 1
    assert list(grave(page)) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for language in ("", "/ar"):
        desk = [f"{language}/desk/memos/{each}" for each in ("", "new/", "texts/", f"{memo.pk}/")]
        assert list(faults(page, site, desk)) == []
