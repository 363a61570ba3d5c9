"""Pages of the register of critical assets in front of axe, in both directions, and narrow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.coercion.screening.registers import bring_assets, bring_holdings
from tests.journeys.axe import at_work, faults, in_both, press
from tests.prisoners.registry.desk import make_desk
from undaunted.coercion.screening.actions import record_holding
from undaunted.coercion.screening.queries import alerts_for, unfiled_for
from undaunted.coercion.screening.rules import WHOLE, HoldingRow
from undaunted.core.accounts.actions import acting_as

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__: list[str] = []

HOME = "/desk/screening/"


def test_pages_of_critical_assets_shut_nobody_out(
    ledger: object, site: str, browser: Browser, owner_sql: Any
) -> None:
    desk = make_desk(owner_sql)
    bring_assets(desk)
    brought = bring_holdings(desk)
    row = HoldingRow(
        "FUND", "GRIDCO", "equity", WHOLE // 3, WHOLE // 2, source="Filing (invented)",
        valid_from=timezone.localdate() - timedelta(days=9),
    )  # fmt: skip
    with acting_as(desk.documenter) as actor:
        record_holding(desk.organisation, row, actor=actor, at=timezone.now())
        alert, deal = alerts_for(actor).get(), unfiled_for(actor).get()
    page = at_work(browser, site, desk.documenter)
    paths = [
        "assets/", f"assets/{alert.asset_id}/", "assets/new/", "assets/stakes/new/",
        "assets/files/new/", f"assets/files/{brought.pk}/", "assets/alerts/",
        f"assets/alerts/{alert.pk}/", "assets/unfiled/", f"assets/unfiled/{deal.pk}/",
        f"assets/exposure/?before={deal.day}", "exchange/",
    ]  # fmt: skip
    assert list(faults(page, site, in_both(HOME, *paths))) == []
    page.set_viewport_size({"width": 390, "height": 800})
    for path in paths:
        page.goto(f"{site}{HOME}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.goto(f"{site}{HOME}assets/alerts/{alert.pk}/")
    page.fill("textarea[name=reason]", "The parent is a state firm")
    press(page.get_by_role("button", name="Decide"))
    assert page.get_by_text("The parent is a state firm").count() == 1
